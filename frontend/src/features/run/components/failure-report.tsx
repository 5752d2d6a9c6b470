import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { SqlCode } from "@/components/sql-code";
import { fullName } from "@/features/plan/model";
import { useStatements } from "@/features/plan/store";
import { ResidualList } from "@/features/run/components/residual-list";
import { StateIcon } from "@/features/run/components/statement-state";
import { adviceFor, type Result, type TargetState, targetState } from "@/features/run/outcome";
import type { Run } from "@/features/run/store";
import { type StatementState, tally } from "@/features/run/timeline";
import type { Failure } from "@/lib/backend/failure";

/** In the order in which a person asks. */
const told: StatementState[] = ["failed", "done", "unknown", "rolled_back", "not_run"];

/** An early end: why, which statement, what the target is like now, and what to do next. */
export function FailureReport({
  run,
  result,
  failure,
}: {
  run: Run;
  result: Result;
  failure: Failure | null;
}) {
  const { t } = useTranslation();
  const counts = tally(run.timeline.states);
  const state = targetState(run.execution, counts);
  const code = failure?.code ?? "internal";
  return (
    <div className="grid grid-cols-[minmax(0,3fr)_minmax(0,2fr)] gap-x-8 gap-y-4">
      <div className="flex min-w-0 flex-col gap-2">
        <FailedStatement run={run} code={code} />
        {failure && code !== "cancelled" && (
          <Part title={code === "statement_failed" ? t("run.failure.message") : t("run.failure.details")}>
            <p className="max-h-40 select-text overflow-y-auto whitespace-pre-wrap break-words rounded-md border border-destructive/35 bg-destructive/6 px-2.5 py-2 font-mono text-xs">
              {failure.message}
            </p>
          </Part>
        )}
      </div>
      <div className="flex min-w-0 flex-col gap-3">
        <Part title={t("run.failure.stateTitle")}>
          <StateSentence state={state} run={run} done={counts.done} />
          {run.execution && (
            <ul className="mt-1 flex flex-col">
              {told
                .filter((word) => counts[word] > 0)
                .map((word) => (
                  <li key={word} className="flex items-center gap-1.5 text-muted-foreground text-xs">
                    <StateIcon state={word} />
                    {t(`run.tally.${word as "done"}`, { count: counts[word] })}
                  </li>
                ))}
            </ul>
          )}
          {run.execution && run.execution.residual.length > 0 && (
            <div className="mt-2 flex flex-col gap-1.5">
              <p>{t("run.state.remaining", { count: run.execution.residual.length })}</p>
              <ResidualList residual={run.execution.residual} />
            </div>
          )}
        </Part>
        <Part title={t("run.failure.nextTitle")}>
          <p>{t(`run.next.${adviceFor(code, result, state)}`)}</p>
        </Part>
      </div>
    </div>
  );
}

function FailedStatement({ run, code }: { run: Run; code: string }) {
  const { t } = useTranslation();
  const statements = useStatements(run.plan);
  const index = run.execution?.failedIndex ?? -1;
  if (index < 0) {
    return null;
  }
  const statement = statements.get(index);
  const words = {
    number: index + 1,
    total: run.plan.statements,
    object: statement ? fullName(statement.object) : "…",
  };
  return (
    <Part
      title={
        code === "statement_failed"
          ? t("run.failure.atStatement", words)
          : t("run.failure.duringStatement", words)
      }
    >
      {statement && (
        <div className="max-h-40 overflow-y-auto rounded-md border bg-card px-2.5 py-2">
          <SqlCode
            sql={statement.sql}
            flavor={run.comparison.target.flavor}
            label={t("plan.statement.sql", { number: index + 1 })}
          />
        </div>
      )}
    </Part>
  );
}

function StateSentence({ state, run, done }: { state: TargetState; run: Run; done: number }) {
  const { t } = useTranslation();
  const why = run.execution?.stateFailure?.message;
  if (why) {
    return (
      <p className="break-words">
        {t("run.state.unknown")} <span className="select-text font-mono text-xs">{why}</span>
      </p>
    );
  }
  return (
    <p>
      {state === "partly" || state === "all"
        ? t(`run.state.${state}`, { count: done })
        : t(`run.state.${state}`)}
    </p>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="min-w-0">
      <h2 className="mb-1 break-words font-medium">{title}</h2>
      {children}
    </section>
  );
}
