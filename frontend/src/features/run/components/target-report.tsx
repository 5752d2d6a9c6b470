import { useTranslation } from "react-i18next";
import { ResidualList } from "@/features/run/components/residual-list";
import { StateIcon } from "@/features/run/components/statement-state";
import type { TargetState } from "@/features/run/outcome";
import type { Run } from "@/features/run/store";
import { type StatementState, tally } from "@/features/run/timeline";

/** In the order in which a person asks. */
const told = ["failed", "done", "unknown", "rolled_back", "not_run"] as const satisfies StatementState[];

/** What the target is like after an early end, and what became of the statements. */
export function TargetReport({ run, state }: { run: Run; state: TargetState }) {
  const { t } = useTranslation();
  const counts = tally(run.timeline.states);
  const { execution } = run;
  const unknown = execution?.stateFailure?.message;
  const cancelled = execution?.failure?.code === "cancelled";
  return (
    <>
      {unknown ? (
        <p className="break-words">
          {t("run.state.unknown")} <span className="select-text font-mono text-xs">{unknown}</span>
        </p>
      ) : (
        <p>
          {state === "partly" || state === "all"
            ? t(`run.state.${state}`, { count: counts.done })
            : t(`run.state.${state}`)}
        </p>
      )}
      {execution && (
        <ul className="mt-1 flex flex-col">
          {told
            .filter((word) => counts[word] > 0)
            .map((word) => (
              <li key={word} className="flex items-center gap-1.5 text-muted-foreground text-xs">
                <StateIcon state={word} />
                {t(`run.tally.${word === "failed" && cancelled ? "interrupted" : word}`, {
                  count: counts[word],
                })}
              </li>
            ))}
        </ul>
      )}
      {execution && execution.residual.length > 0 && (
        <div className="mt-2 flex flex-col gap-1.5">
          <p>{t("run.state.remaining", { count: execution.residual.length })}</p>
          <ResidualList residual={execution.residual} />
        </div>
      )}
    </>
  );
}
