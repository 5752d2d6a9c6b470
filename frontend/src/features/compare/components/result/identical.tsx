import { CircleCheck } from "lucide-react";
import type { ReactNode } from "react";
import { Trans, useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";
import { IgnoredList, NoticeList } from "@/features/compare/components/result/comparison-facts";
import type { Comparison } from "@/lib/backend/client";

/** Nothing differs: what that was said of, and what was left out. */
export function Identical({
  comparison,
  onShow,
  onAgain,
}: {
  comparison: Comparison;
  /** Shows what is identical; nothing when there is nothing. */
  onShow?: () => void;
  onAgain: () => void;
}) {
  const { t, i18n } = useTranslation();
  const { source, target, counts, ignored, notices, options } = comparison;
  const number = new Intl.NumberFormat(i18n.language);
  const limits = [
    options.include.length > 0 && t("compare.identical.include", { globs: options.include.join(", ") }),
    options.exclude.length > 0 && t("compare.identical.exclude", { globs: options.exclude.join(", ") }),
    options.sourceSchemas.length + options.targetSchemas.length > 0 &&
      t("compare.identical.schemas", {
        source: options.sourceSchemas.join(", ") || t("compare.identical.allSchemas"),
        target: options.targetSchemas.join(", ") || t("compare.identical.allSchemas"),
      }),
  ].filter((limit) => limit !== false);
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto flex max-w-xl flex-col gap-6 px-8 py-12">
        <div className="flex flex-col items-center gap-2 text-center">
          <span className="mb-1 inline-flex size-12 items-center justify-center rounded-full bg-success/12 text-success">
            <CircleCheck aria-hidden className="size-6" />
          </span>
          <h2 className="font-semibold text-lg">{t("compare.identical.title")}</h2>
          <p className="text-balance text-muted-foreground">
            <Trans
              i18nKey="compare.identical.text"
              count={counts.identical}
              values={{
                source: source.name,
                target: target.name,
                formatted: number.format(counts.identical),
                tables: number.format(source.tables),
              }}
              components={{ b: <span className="font-medium text-foreground" /> }}
            />
          </p>
          <div className="mt-2 flex gap-2">
            {onShow && (
              <Button variant="outline" onClick={onShow}>
                {t("compare.identical.show")}
              </Button>
            )}
            <Button variant="outline" onClick={onAgain}>
              {t("compare.header.again")}
            </Button>
          </div>
        </div>
        {limits.length > 0 && (
          <Box title={t("compare.identical.limits")}>
            <ul className="flex flex-col gap-1 text-muted-foreground">
              {limits.map((limit) => (
                <li key={limit} className="break-words">
                  {limit}
                </li>
              ))}
            </ul>
          </Box>
        )}
        {ignored.length > 0 && (
          <Box title={t("compare.identical.ignored")}>
            <IgnoredList ignored={ignored} />
          </Box>
        )}
        {notices.length > 0 && (
          <Box title={t("compare.identical.notices")}>
            <NoticeList notices={notices} />
          </Box>
        )}
      </div>
    </div>
  );
}

function Box({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="rounded-lg border bg-card p-4">
      <h3 className="mb-2 font-medium text-xs">{title}</h3>
      {children}
    </section>
  );
}
