import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { CopyButton } from "@/components/copy-button";
import { Dialog, DialogBody, DialogContent, DialogTitle } from "@/components/ui/dialog";
import { buildQuery } from "@/features/settings/api/build-query";
import { buildFacts } from "@/features/settings/model";
import { closeDialog, useWindowDialog } from "@/features/settings/store";
import iconUrl from "../../../../../build/icon.svg";

export function AboutDialog() {
  const { t } = useTranslation();
  const open = useWindowDialog() === "about";
  return (
    <Dialog open={open} onOpenChange={(next) => next || closeDialog()}>
      <DialogContent aria-describedby={undefined} className="max-w-md">
        <DialogBody className="flex flex-col items-center gap-3 py-7 text-center">
          <img src={iconUrl} alt="" className="size-16" />
          <DialogTitle>{t("app.name")}</DialogTitle>
          <Build />
          <p className="text-balance text-muted-foreground">{t("about.text")}</p>
          <p className="text-balance text-muted-foreground text-xs">{t("about.licences")}</p>
        </DialogBody>
      </DialogContent>
    </Dialog>
  );
}

/** Which build this is, to be copied into a report of a fault. */
function Build() {
  const { t } = useTranslation();
  const { data, isError } = useQuery(buildQuery);
  const facts = data && t("build.version", { facts: buildFacts(data).join(" · ") });
  return (
    <div className="flex min-h-7 max-w-full items-center gap-1">
      <p className="select-text break-words text-muted-foreground text-xs tabular-nums">
        {isError ? t("build.unknown") : facts}
      </p>
      {facts && <CopyButton text={facts} />}
    </div>
  );
}
