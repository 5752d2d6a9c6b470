import { CircleAlert, CircleCheck, CircleSlash, TriangleAlert } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Spinner } from "@/components/ui/spinner";
import { toast } from "@/components/ui/toast";
import { EnvironmentBadge } from "@/features/connections/components/environment-mark";
import { OutcomePanel } from "@/features/run/components/outcome-panel";
import { PhaseStepper } from "@/features/run/components/phase-stepper";
import { RunActions } from "@/features/run/components/run-actions";
import { RunProgress } from "@/features/run/components/run-progress";
import { TimelineList } from "@/features/run/components/timeline-list";
import { failureOf, type Result, resultOf, toneOf } from "@/features/run/outcome";
import { type Run, useRun } from "@/features/run/store";
import type { Comparison, Execution, Plan } from "@/lib/backend/client";
import { useShortcuts } from "@/lib/shortcuts/use-shortcuts";
import { cn } from "@/lib/utils";

const looks = {
  success: { Icon: CircleCheck, tone: "text-success", line: "border-success/35 bg-success/8" },
  warning: { Icon: TriangleAlert, tone: "text-warning", line: "border-warning/35 bg-warning/8" },
  destructive: {
    Icon: CircleAlert,
    tone: "text-destructive",
    line: "border-destructive/30 bg-destructive/5",
  },
  neutral: { Icon: CircleSlash, tone: "text-muted-foreground", line: "bg-muted/50" },
} as const;

/**
 * The execution that was started for the plan: how far it is, then how it ended. onDone is told when it has ended and
 * the target is no longer as it was.
 */
export function ExecuteStage({
  plan,
  onDone,
  onCompareAgain,
  onBack,
}: {
  plan: Plan;
  comparison: Comparison;
  onDone: (execution: Execution) => void;
  onCompareAgain: () => void;
  onBack: () => void;
}) {
  const { t } = useTranslation();
  const run = useRun();
  const mine = run?.plan.id === plan.id ? run : null;
  const running = mine?.ended === null;
  useTellWhenDone(mine, onDone);
  useStayWhile(running);
  useShortcuts([
    {
      id: "execute.back",
      label: t("run.actions.back"),
      group: "execute",
      keys: "esc",
      run: () =>
        running ? toast({ title: t("run.leave.title"), description: t("run.leave.text") }) : onBack(),
    },
    {
      id: "execute.again",
      label: t("run.actions.compareAgain"),
      group: "execute",
      keys: "mod+enter",
      run: onCompareAgain,
      enabled: !running,
    },
  ]);
  if (!mine) {
    return (
      <EmptyState
        title={t("run.title.refused")}
        actions={<Button onClick={onBack}>{t("run.actions.back")}</Button>}
      />
    );
  }
  const result = resultOf(mine);
  return (
    <section aria-labelledby="run-title" className="flex h-full min-h-0 flex-col">
      <header className="flex shrink-0 items-center gap-3 border-b px-4 py-2.5">
        <Title run={mine} result={result} />
        <RunActions run={mine} result={result} onCompareAgain={onCompareAgain} onBack={onBack} />
      </header>
      <div className="flex max-h-[55%] shrink-0 flex-col gap-3 overflow-y-auto border-b px-4 py-3">
        <PhaseStepper phase={mine.timeline.phase} result={result} />
        {result === null ? (
          <RunProgress run={mine} />
        ) : (
          <div
            role={result === "verified" ? "status" : "alert"}
            className={cn("rounded-lg border px-4 py-3", looks[toneOf(result, failureOf(mine))].line)}
          >
            <OutcomePanel run={mine} result={result} />
          </div>
        )}
      </div>
      <TimelineList key={mine.id} plan={plan} timeline={mine.timeline} running={running} />
    </section>
  );
}

function Title({ run, result }: { run: Run; result: Result | null }) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  const { target } = run.comparison;
  useEffect(() => {
    // The button that had the focus is gone when it has ended; what is new begins here.
    if (result !== null) {
      heading.current?.focus();
    }
  }, [result]);
  const failure = failureOf(run);
  const look = result === null ? null : looks[toneOf(result, failure)];
  const cancelled = failure?.code === "cancelled" && result !== "unverified";
  return (
    <div className="flex min-w-0 flex-1 items-center gap-3">
      {look ? (
        <look.Icon aria-hidden className={cn("size-6 shrink-0", look.tone)} />
      ) : (
        <Spinner className="size-6 text-primary" />
      )}
      <div className="min-w-0">
        <h1
          ref={heading}
          id="run-title"
          tabIndex={-1}
          className="truncate font-semibold text-base leading-6 outline-none"
        >
          {result === null
            ? t(run.cancelling ? "run.title.cancelling" : "run.title.running", { name: target.name })
            : t(`run.title.${cancelled ? "cancelled" : result}`)}
        </h1>
        <p className="flex items-center gap-2 text-muted-foreground text-xs">
          <span className="truncate">
            {target.name} · {target.address}
          </span>
          {target.production && <EnvironmentBadge environment="production" />}
        </p>
      </div>
    </div>
  );
}

function useTellWhenDone(run: Run | null, onDone: (execution: Execution) => void) {
  const tell = useRef(onDone);
  tell.current = onDone;
  const execution = run?.execution;
  useEffect(() => {
    if (execution && !execution.unchanged) {
      tell.current(execution);
    }
  }, [execution]);
}

/** The page is not closed or loaded anew while something runs. */
function useStayWhile(running: boolean) {
  useEffect(() => {
    if (!running) {
      return;
    }
    const stay = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", stay);
    return () => window.removeEventListener("beforeunload", stay);
  }, [running]);
}
