import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Progress } from "@/components/ui/progress";
import { atomicity } from "@/features/plan/model";
import { formatDuration } from "@/features/run/format";
import type { Run } from "@/features/run/store";

/** How far a running execution is, since when, and what cancelling would do. */
export function RunProgress({ run }: { run: Run }) {
  const { t } = useTranslation();
  const { timeline, plan, comparison } = run;
  const total = plan.statements;
  const note =
    timeline.phase === null
      ? t("run.phaseNote.connect")
      : timeline.phase === "execute"
        ? t("run.phaseNote.execute", { number: timeline.current + 1, total })
        : t(`run.phaseNote.${timeline.phase}`);
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-baseline gap-3 text-xs">
        <p role="status" className="min-w-0 flex-1 truncate">
          {note}
        </p>
        <span className="text-muted-foreground tabular-nums">
          {t("run.progress.count", { done: timeline.done, total })}
        </span>
        <Elapsed since={run.began} />
      </div>
      <Progress value={timeline.done} max={total} aria-label={t("run.progress.label")} />
      <p className="text-muted-foreground text-xs">
        {t(`run.cancel.${atomicity(plan)}`, { flavor: comparison.target.flavor })}
      </p>
    </div>
  );
}

function Elapsed({ since }: { since: number }) {
  const { t } = useTranslation();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 200);
    return () => clearInterval(timer);
  }, []);
  return (
    <span className="text-muted-foreground tabular-nums">
      {t("run.progress.elapsed", {
        time: formatDuration(t, Math.max(0, Math.floor((now - since) / 100) * 100)),
      })}
    </span>
  );
}
