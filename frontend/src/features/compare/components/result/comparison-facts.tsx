import { useTranslation } from "react-i18next";
import { kindWord } from "@/features/compare/model/words";
import type { Ignored, Notice } from "@/lib/backend/client";

/** What could not be read, by side, in the backend's words. */
export function NoticeList({ notices }: { notices: readonly Notice[] }) {
  const { t } = useTranslation();
  return (
    <div className="flex flex-col gap-3">
      <p className="text-muted-foreground text-xs">{t("compare.notice.hint")}</p>
      {(["source", "target"] as const).map((side) => {
        const of = notices.filter((notice) => notice.side === side);
        return (
          of.length > 0 && (
            <section key={side}>
              <h3 className="font-medium text-xs">{t(`side.${side}`)}</h3>
              <ul className="mt-1 flex flex-col gap-1.5">
                {of.map(({ kind, name, reason }) => (
                  <li key={`${kind}${name}${reason}`} className="select-text break-words">
                    {name !== "" && (
                      <span className="font-medium">
                        {kindWord(t, kind)} {name}:{" "}
                      </span>
                    )}
                    <span className="text-muted-foreground">{reason}</span>
                  </li>
                ))}
              </ul>
            </section>
          )
        );
      })}
    </div>
  );
}

/** What was left out of the comparison, and how often it does differ. */
export function IgnoredList({ ignored }: { ignored: readonly Ignored[] }) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <ul className="flex flex-col gap-1">
      {ignored.map(({ what, differences }) => (
        <li key={what} className="flex justify-between gap-6">
          <span>{t(`compare.ignore.${what}` as "compare.ignore.comments", { defaultValue: what })}</span>
          <span className="shrink-0 text-muted-foreground tabular-nums">
            {differences === 0
              ? t("compare.ignored.none")
              : t("compare.ignored.some", { count: differences, formatted: number.format(differences) })}
          </span>
        </li>
      ))}
    </ul>
  );
}
