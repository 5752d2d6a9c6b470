import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Side } from "@/app/navigation";
import { Button } from "@/components/ui/button";
import { Progress as ProgressBar } from "@/components/ui/progress";
import { cancelComparison } from "@/features/compare/actions";
import type { Progress, Run } from "@/features/compare/store";
import type { Connection } from "@/lib/backend/client";

/** What a running comparison is doing on both sides, and the way out of it. */
export function ProgressPanel({ run, connections }: { run: Run; connections: readonly Connection[] }) {
  const { t } = useTranslation();
  const nameOf = (id: string) => connections.find((connection) => connection.id === id)?.name ?? "";
  return (
    <section
      aria-label={t("compare.progress.title")}
      className="flex flex-col gap-3 rounded-lg border bg-card p-4"
    >
      <div className="flex items-center gap-3">
        <h2 className="font-medium" aria-live="polite">
          {t(run.cancelling ? "compare.progress.cancelling" : "compare.progress.title")}
        </h2>
        <Elapsed since={run.began} />
        <Button
          variant="outline"
          size="sm"
          className="ml-auto"
          disabled={run.cancelling}
          onClick={cancelComparison}
        >
          {t("action.cancel")}
        </Button>
      </div>
      <div className="grid grid-cols-2 gap-6">
        <SideProgress side="source" name={nameOf(run.sourceId)} progress={run.source} />
        <SideProgress side="target" name={nameOf(run.targetId)} progress={run.target} />
      </div>
    </section>
  );
}

/** A phase in words; one that this does not know by its own name. */
export function usePhaseWord() {
  const { t } = useTranslation();
  return (progress: Progress | undefined) =>
    progress
      ? t(`compare.phase.${progress.phase.replaceAll(" ", "_")}` as "compare.phase.tables", {
          defaultValue: progress.phase,
        })
      : t("compare.phase.connecting");
}

function SideProgress({ side, name, progress }: { side: Side; name: string; progress?: Progress }) {
  const { t, i18n } = useTranslation();
  const phaseWord = usePhaseWord();
  const known = progress !== undefined && progress.total > 0;
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <div className="flex min-w-0 items-baseline gap-2">
        <span className="shrink-0 text-muted-foreground text-xs">{t(`side.${side}`)}</span>
        <span className="truncate font-medium">{name}</span>
      </div>
      <ProgressBar
        aria-label={`${t(`side.${side}`)} ${name}`}
        value={known ? progress.done : null}
        max={known ? progress.total : 100}
      />
      <div className="flex min-w-0 justify-between gap-3 text-muted-foreground text-xs">
        <span className="truncate">{phaseWord(progress)}</span>
        {known && (
          <span className="shrink-0 tabular-nums">
            {t("compare.progress.of", {
              done: number.format(progress.done),
              total: number.format(progress.total),
            })}
          </span>
        )}
      </div>
    </div>
  );
}

/** How long it has been running, told every second. */
export function Elapsed({ since }: { since: number }) {
  const { t, i18n } = useTranslation();
  const [now, setNow] = useState(since);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.floor((now - since) / 1000));
  const minutes = Math.floor(seconds / 60);
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <span className="text-muted-foreground text-xs tabular-nums">
      {minutes > 0
        ? t("compare.progress.minutes", { minutes: number.format(minutes), seconds: seconds % 60 })
        : t("compare.progress.seconds", { seconds: number.format(seconds) })}
    </span>
  );
}
