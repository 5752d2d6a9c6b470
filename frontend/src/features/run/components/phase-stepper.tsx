import { Check, Minus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Spinner } from "@/components/ui/spinner";
import { type Phase, type PhaseState, phaseStates, phases } from "@/features/run/timeline";
import { cn } from "@/lib/utils";

const tones: Record<PhaseState, string> = {
  waiting: "border-input text-muted-foreground",
  running: "border-primary text-primary",
  done: "border-success bg-success/12 text-success",
  failed: "border-destructive bg-destructive/12 text-destructive",
  skipped: "border-input border-dashed text-muted-foreground",
};

/** The steps of an execution and how each stands. */
export function PhaseStepper({ phase, result }: { phase: Phase | null; result: string | null }) {
  const { t } = useTranslation();
  const states = phaseStates(phase, result);
  const steps: Phase[] = states.recover === "skipped" ? [...phases] : ["lock", "check", "execute", "recover"];
  return (
    <ol aria-label={t("run.phases")} className="flex items-center">
      {steps.map((step, i) => (
        <li
          key={step}
          aria-current={states[step] === "running" ? "step" : undefined}
          className="flex items-center"
        >
          {i > 0 && <span aria-hidden className="mx-2.5 h-px w-7 bg-input" />}
          <span
            className={cn(
              "inline-flex size-5 shrink-0 items-center justify-center rounded-full border text-2xs tabular-nums [&>svg]:size-3",
              tones[states[step]],
            )}
          >
            <StepIcon state={states[step]} number={i + 1} />
          </span>
          <span
            className={cn(
              "ml-2 whitespace-nowrap text-sm",
              states[step] === "running" ? "font-medium" : "text-muted-foreground",
              states[step] === "failed" && "font-medium text-destructive",
            )}
          >
            {t(`run.phase.${step}`)}
            <span className="sr-only">: {t(`run.phaseState.${states[step]}`)}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

function StepIcon({ state, number }: { state: PhaseState; number: number }) {
  switch (state) {
    case "running":
      return <Spinner className="text-primary" />;
    case "done":
      return <Check aria-hidden />;
    case "failed":
      return <X aria-hidden />;
    case "skipped":
      return <Minus aria-hidden />;
    default:
      return <span aria-hidden>{number}</span>;
  }
}
