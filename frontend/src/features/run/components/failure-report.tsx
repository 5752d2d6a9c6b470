import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { SqlCode } from "@/components/sql-code";
import { kindWord } from "@/features/compare/model/words";
import { fullName } from "@/features/plan/model";
import { useStatements } from "@/features/plan/store";
import { TargetReport } from "@/features/run/components/target-report";
import { adviceFor, type Result, targetState } from "@/features/run/outcome";
import type { Run } from "@/features/run/store";
import { tally } from "@/features/run/timeline";
import type { Failure } from "@/lib/backend/failure";
import { cn } from "@/lib/utils";

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
  const state = targetState(run.execution, tally(run.timeline.states));
  const code = failure?.code ?? "internal";
  const index = run.execution?.failedIndex ?? -1;
  const message = code === "cancelled" ? "" : (failure?.message ?? "");
  const why = index >= 0 || message !== "";
  return (
    <div
      className={cn("grid gap-x-8 gap-y-4", why ? "grid-cols-[minmax(0,3fr)_minmax(0,2fr)]" : "grid-cols-1")}
    >
      {why && (
        <div className="flex min-w-0 flex-col gap-2">
          {index >= 0 && <FailedStatement run={run} index={index} code={code} />}
          {message !== "" && (
            <Part title={t(code === "statement_failed" ? "run.failure.message" : "run.failure.details")}>
              <p className="max-h-40 select-text overflow-y-auto whitespace-pre-wrap break-words rounded-md border border-destructive/35 bg-destructive/6 px-2.5 py-2 font-mono text-xs">
                {message}
              </p>
            </Part>
          )}
        </div>
      )}
      <div className={cn("min-w-0 gap-x-8 gap-y-3", why ? "flex flex-col" : "grid grid-cols-2")}>
        <Part title={t("run.failure.stateTitle")}>
          <TargetReport run={run} state={state} />
        </Part>
        <Part title={t("run.failure.nextTitle")}>
          <p>{t(`run.next.${adviceFor(code, result, state)}`)}</p>
        </Part>
      </div>
    </div>
  );
}

function FailedStatement({ run, index, code }: { run: Run; index: number; code: string }) {
  const { t } = useTranslation();
  const statements = useStatements(run.plan);
  const statement = statements.get(index);
  const words = {
    number: index + 1,
    total: run.plan.statements,
    object: statement ? `${kindWord(t, statement.object.kind)} ${fullName(statement.object)}` : "…",
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

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="min-w-0">
      <h2 className="mb-1 break-words font-medium">{title}</h2>
      {children}
    </section>
  );
}
