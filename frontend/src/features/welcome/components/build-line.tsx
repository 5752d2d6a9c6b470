import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { buildQuery } from "@/features/welcome/api/build-query";
import { buildFacts } from "@/features/welcome/model";

/** Which build this is, for a bug report. */
export function BuildLine() {
  const { t } = useTranslation();
  const { data, isError } = useQuery(buildQuery);
  return (
    <p className="min-h-4 select-text text-muted-foreground text-xs tabular-nums">
      {data && t("build.version", { facts: buildFacts(data).join(" · ") })}
      {isError && t("build.unknown")}
    </p>
  );
}
