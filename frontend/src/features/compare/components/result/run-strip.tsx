import { RefreshCw, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";
import { Progress as ProgressBar } from "@/components/ui/progress";
import { Spinner } from "@/components/ui/spinner";
import { cancelComparison } from "@/features/compare/actions";
import { Elapsed, usePhaseWord } from "@/features/compare/components/progress-panel";
import type { Progress, Run } from "@/features/compare/store";

/** Over a result that is still shown while a new one is made. */
export function RunStrip({ run }: { run: Run }) {
  const { t } = useTranslation();
  return (
    <section
      aria-label={t("compare.progress.title")}
      className="flex shrink-0 items-center gap-4 border-b bg-info/8 px-4 py-2"
    >
      <Spinner className="text-info" />
      <div className="shrink-0">
        <p className="font-medium" aria-live="polite">
          {t(run.cancelling ? "compare.progress.cancelling" : "compare.progress.title")}
        </p>
        <p className="text-muted-foreground text-xs">{t("compare.stale.running")}</p>
      </div>
      <div className="grid min-w-0 flex-1 grid-cols-2 gap-4">
        <Side label={t("side.source")} progress={run.source} />
        <Side label={t("side.target")} progress={run.target} />
      </div>
      <Elapsed since={run.began} />
      <Button variant="outline" size="sm" disabled={run.cancelling} onClick={cancelComparison}>
        {t("action.cancel")}
      </Button>
    </section>
  );
}

function Side({ label, progress }: { label: string; progress?: Progress }) {
  const phaseWord = usePhaseWord();
  const known = progress !== undefined && progress.total > 0;
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <span className="truncate text-muted-foreground text-xs">
        {label} · {phaseWord(progress)}
      </span>
      <ProgressBar
        aria-label={label}
        value={known ? progress.done : null}
        max={known ? progress.total : 100}
      />
    </div>
  );
}

/** Over a result that no longer is what the target looks like. */
export function StaleStrip({ onAgain }: { onAgain: () => void }) {
  const { t } = useTranslation();
  return (
    <section className="flex shrink-0 items-center gap-3 border-b bg-warning/10 px-4 py-2">
      <TriangleAlert aria-hidden className="size-4 shrink-0 text-warning" />
      <p className="min-w-0 flex-1">{t("compare.stale.changed")}</p>
      <Button variant="outline" size="sm" onClick={onAgain}>
        <RefreshCw aria-hidden />
        {t("compare.header.again")}
      </Button>
    </section>
  );
}
