import { useTranslation } from "react-i18next";

/** Which kind of database it is. */
export function EngineName({ engine }: { engine: string }) {
  const { t } = useTranslation();
  return (
    <span className="shrink-0 text-muted-foreground text-xs">
      {t(`engine.${engine}` as "engine.postgres", { defaultValue: engine })}
    </span>
  );
}
