import { ClipboardCopy, RefreshCw, RotateCcw, Square } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";
import { copyLog } from "@/features/run/log";
import { failureOf, mayTryAgain, type Result, targetState } from "@/features/run/outcome";
import { cancelExecution, type Run, tryAgain } from "@/features/run/store";
import { tally } from "@/features/run/timeline";

/** What can be done while it runs, and once it has ended. */
export function RunActions({
  run,
  result,
  onCompareAgain,
  onBack,
}: {
  run: Run;
  result: Result | null;
  onCompareAgain: () => void;
  onBack: () => void;
}) {
  const { t, i18n } = useTranslation();
  if (result === null) {
    return (
      <Button variant="outline" disabled={run.cancelling} onClick={cancelExecution}>
        <Square aria-hidden />
        {run.cancelling ? t("run.title.cancelling") : t("run.cancel.action")}
      </Button>
    );
  }
  const state = targetState(run.execution, tally(run.timeline.states));
  const again =
    result !== "verified" && result !== "residual" && mayTryAgain(failureOf(run)?.code ?? "", state);
  return (
    <div className="flex shrink-0 items-center gap-2">
      <Button variant="ghost" onClick={() => void copyLog(t, run, i18n.language)}>
        <ClipboardCopy aria-hidden />
        {t("run.actions.copyLog")}
      </Button>
      <Button variant="outline" onClick={onBack}>
        {t("run.actions.back")}
      </Button>
      {again && (
        <Button variant="outline" onClick={tryAgain}>
          <RotateCcw aria-hidden />
          {t("run.actions.tryAgain")}
        </Button>
      )}
      <Button onClick={onCompareAgain}>
        <RefreshCw aria-hidden />
        {t("run.actions.compareAgain")}
      </Button>
    </div>
  );
}
