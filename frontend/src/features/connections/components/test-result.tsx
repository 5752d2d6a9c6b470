import { CircleCheck, CircleMinus, CircleX } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { FailureAlert, useFailureWords } from "@/components/failure-alert";
import { Button } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";
import type { TestState } from "@/features/connections/api/use-connection-test";
import { type TestStepName, useStepDetail } from "@/features/connections/components/use-step-detail";
import type { TestReport, TestStep } from "@/lib/backend/client";
import { useFormat } from "@/lib/i18n/format";
import { cn } from "@/lib/utils";

/** How a test goes and went: the outcome, then each step with how long it took. */
export function TestResult({ state, onCancel }: { state: TestState; onCancel: () => void }) {
  const { t } = useTranslation();
  if (state.phase === "running") {
    return (
      <div role="status" className="flex items-center gap-2 py-1">
        <Spinner />
        <span>{t("connections.test.running")}</span>
        <Elapsed since={state.began} />
        <Button variant="outline" size="sm" className="ml-auto" onClick={onCancel}>
          {t("action.cancel")}
        </Button>
      </div>
    );
  }
  if (state.phase === "failed") {
    return <FailureAlert error={state.error} />;
  }
  return state.phase === "done" ? <Report report={state.report} /> : null;
}

function Elapsed({ since }: { since: number }) {
  const { seconds } = useFormat();
  const [now, setNow] = useState(since);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, []);
  return <span className="text-muted-foreground tabular-nums">{seconds((now - since) / 1000)}</span>;
}

/** In milliseconds; a file has no round trips, and what is shorter says nothing. */
const minLatency = 0.05;

function Report({ report }: { report: TestReport }) {
  const { t } = useTranslation();
  const { milliseconds, list: formatList } = useFormat();
  const failedAt = report.steps.findIndex(({ state }) => state === "failed");
  const end = failedAt < 0 ? report.steps.length : failedAt + 1;
  const reached = report.steps.slice(0, end);
  const missed = report.steps.slice(end);
  const stepName = ({ name }: TestStep) => t(`connections.test.step.${name as TestStepName}`);
  const stationName = (hop: string) =>
    hop === "" ? t("connections.test.database") : t("connections.test.hop", { hop });
  const tunnelled = hopOf(report.steps[0]) !== "";
  const server = `${report.flavor} ${report.version}`;
  return (
    <div role="status" className="flex flex-col gap-2">
      <p
        className={cn("flex items-center gap-2 font-medium", report.ok ? "text-success" : "text-destructive")}
      >
        {report.ok ? (
          <CircleCheck aria-hidden className="size-4" />
        ) : (
          <CircleX aria-hidden className="size-4" />
        )}
        {t(report.ok ? "connections.test.ok" : "connections.test.failed")}
        {report.version !== "" && (
          <span className="select-text font-normal text-muted-foreground">
            {report.latency < minLatency
              ? server
              : t("connections.test.server", { server, latency: milliseconds(report.latency) })}
          </span>
        )}
      </p>
      <div className="flex flex-col gap-1.5">
        {stations(reached).map(({ hop, steps, first }) => (
          <section key={first} aria-label={stationName(hop)} className="flex flex-col">
            {tunnelled && <h3 className="select-text font-medium text-xs">{stationName(hop)}</h3>}
            <ol aria-label={stationName(hop)} className="flex flex-col">
              {steps.map((step, index) => (
                <Step key={step.name} step={step} skipped={skippedWords(report, first + index)} />
              ))}
            </ol>
          </section>
        ))}
      </div>
      {missed.length > 0 && (
        <p className="pl-6 text-muted-foreground">
          {t("connections.test.missed", { steps: formatList(missed.map(stepName)) })}
        </p>
      )}
    </div>
  );
}

const hopOf = (step: TestStep | undefined) => (step?.name.startsWith("ssh_") ? (step.detail.hop ?? "") : "");

/** The SSH hosts on the way, and the database at its end, each with its steps. first: the place among all steps. */
function stations(steps: readonly TestStep[]) {
  const found: { hop: string; steps: TestStep[]; first: number }[] = [];
  steps.forEach((step, index) => {
    const last = found.at(-1);
    const hop = hopOf(step);
    // Two hosts in a row may be called the same, but each is connected to once.
    if (last && last.hop === hop && !last.steps.some(({ name }) => name === step.name)) {
      last.steps.push(step);
    } else {
      found.push({ hop, steps: [step], first: index });
    }
  });
  return found;
}

const icons = { ok: CircleCheck, failed: CircleX, skipped: CircleMinus } as const;
const tones = { ok: "text-success", failed: "text-destructive", skipped: "text-muted-foreground" } as const;

/** A step that was passed over was not needed, or nobody can tell because a later one failed. */
function skippedWords({ steps }: TestReport, index: number) {
  const failedAt = steps.findIndex(({ state }) => state === "failed");
  const overNetwork = steps.some(({ name, state }) => name === "connect" && state === "ok");
  const { name } = steps[index] as TestStep;
  if (failedAt >= 0 && !["resolve", "tls"].includes(name)) {
    return "notReached";
  }
  return name === "tls" && overNetwork ? "unencrypted" : "notNeeded";
}

function Step({ step, skipped }: { step: TestStep; skipped: ReturnType<typeof skippedWords> }) {
  const { t } = useTranslation();
  const { milliseconds } = useFormat();
  const words = useFailureWords();
  const detail = useStepDetail()(step);
  const state = step.state as keyof typeof icons;
  const Icon = icons[state] ?? CircleMinus;
  const failure = step.failure ? words(step.failure) : null;
  return (
    <li className="grid grid-cols-[1rem_minmax(4.5rem,6.5rem)_1fr_auto] items-start gap-x-2 py-0.5">
      <Icon aria-hidden className={cn("mt-0.5 size-4", tones[state])} />
      <span className={cn(state === "skipped" && "text-muted-foreground")}>
        {t(`connections.test.step.${step.name as TestStepName}`)}
        <span className="sr-only">{t(`connections.test.state.${state}`)}</span>
      </span>
      <span className="min-w-0 select-text break-words text-muted-foreground">
        {failure ? (
          <>
            <span className="block text-destructive">{failure.title}</span>
            <span className="block">{failure.hint}</span>
            <span className="block font-mono text-xs">{failure.details}</span>
            {detail !== "" && <span className="block text-xs">{detail}</span>}
          </>
        ) : state === "skipped" ? (
          t(`connections.test.${skipped}`)
        ) : (
          detail
        )}
      </span>
      <span className="text-muted-foreground text-xs leading-5 tabular-nums">
        {step.millis > 0 && milliseconds(step.millis)}
      </span>
    </li>
  );
}
