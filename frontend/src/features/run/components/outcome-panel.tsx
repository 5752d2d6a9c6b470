import { useTranslation } from "react-i18next";
import { FailureReport } from "@/features/run/components/failure-report";
import { ResidualList } from "@/features/run/components/residual-list";
import { formatDuration } from "@/features/run/format";
import { failureOf, type Result } from "@/features/run/outcome";
import type { Run } from "@/features/run/store";
import { tally } from "@/features/run/timeline";

/** How it ended: the proof, or what happened and what to do. */
export function OutcomePanel({ run, result }: { run: Run; result: Result }) {
  const { t } = useTranslation();
  const residual = run.execution?.residual ?? [];
  if (result === "verified" || result === "residual") {
    return (
      <div className="flex flex-col gap-3">
        <p>
          {result === "residual"
            ? t("run.residual.text", { count: residual.length })
            : t(run.execution?.complete ? "run.verified.complete" : "run.verified.partly")}
        </p>
        <Numbers run={run} />
        <ResidualList residual={residual} />
      </div>
    );
  }
  return <FailureReport run={run} result={result} failure={failureOf(run)} />;
}

function Numbers({ run }: { run: Run }) {
  const { t } = useTranslation();
  const { done } = tally(run.timeline.states);
  const seconds = run.execution?.seconds ?? 0;
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2">
      <Figure value={done.toLocaleString()} name={t("run.verified.statements", { count: done })} />
      <Figure value={formatDuration(t, seconds * 1000)} name={t("run.verified.time")} />
      <Figure value={String(run.execution?.residual.length ?? 0)} name={t("run.verified.differences")} />
    </dl>
  );
}

function Figure({ value, name }: { value: string; name: string }) {
  return (
    <div className="flex flex-col-reverse">
      <dt className="text-muted-foreground text-xs">{name}</dt>
      <dd className="font-semibold text-lg tabular-nums leading-6">{value}</dd>
    </div>
  );
}
