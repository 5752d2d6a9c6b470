import { OctagonAlert } from "lucide-react";
import { Trans, useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { countTickable } from "@/features/compare/model/ticks";
import type { Result } from "@/features/compare/store";
import { keyLabels } from "@/lib/shortcuts/keys";

/** How much is ticked, and the way on. */
export function BottomBar({
  result,
  canReview,
  onReview,
}: {
  result: Result;
  canReview: boolean;
  onReview: () => void;
}) {
  const { t, i18n } = useTranslation();
  const { rows, ticks } = result;
  const total = countTickable(rows);
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <footer className="flex h-12 shrink-0 items-center gap-4 border-t bg-card px-4">
      <p aria-live="polite" className="flex min-w-0 items-center gap-4">
        <span className="truncate">
          <Trans
            i18nKey="compare.bar.ticked"
            values={{ ticked: number.format(ticks.count), total: number.format(total.count) }}
            components={{ b: <span className="font-semibold tabular-nums" /> }}
          />
        </span>
        {ticks.destructive > 0 ? (
          <span className="flex shrink-0 items-center gap-1.5 font-medium text-destructive">
            <OctagonAlert aria-hidden className="size-4" />
            {t("compare.bar.destructive", {
              count: ticks.destructive,
              formatted: number.format(ticks.destructive),
            })}
          </span>
        ) : (
          total.destructive > 0 && (
            <span className="truncate text-muted-foreground text-xs">
              {t("compare.bar.noneDestructive", {
                count: total.destructive,
                formatted: number.format(total.destructive),
              })}
            </span>
          )
        )}
      </p>
      <div className="ml-auto flex shrink-0 items-center gap-2.5">
        <span aria-hidden className="flex gap-1">
          {keyLabels("mod+enter").map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
        </span>
        <Button disabled={!canReview} onClick={onReview}>
          {t("compare.bar.review")}
        </Button>
      </div>
    </footer>
  );
}
