import { useTranslation } from "react-i18next";
import { cn } from "@/lib/utils";

const tones = {
  development: "bg-environment-development/12 text-environment-development",
  staging: "bg-environment-staging/14 text-environment-staging",
  production: "bg-environment-production/12 text-environment-production",
} as const;

/** Says in a word and a colour how careful one has to be; nothing where nobody said. */
export function EnvironmentBadge({ environment }: { environment: string }) {
  const { t } = useTranslation();
  if (!(environment in tones)) {
    return null;
  }
  const known = environment as keyof typeof tones;
  return (
    <span
      className={cn(
        "inline-flex h-4.5 shrink-0 items-center rounded-[4px] px-1.5 font-medium text-2xs",
        tones[known],
      )}
    >
      {t(`environment.${known}`)}
    </span>
  );
}

/** Which kind of database it is. */
export function EngineName({ engine }: { engine: string }) {
  const { t } = useTranslation();
  return (
    <span className="shrink-0 text-muted-foreground text-xs">
      {t(`engine.${engine}` as "engine.postgres", { defaultValue: engine })}
    </span>
  );
}
