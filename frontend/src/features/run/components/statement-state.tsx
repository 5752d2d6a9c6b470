import { Ban, Check, Circle, CircleDashed, CircleHelp, type LucideIcon, Undo2, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Spinner } from "@/components/ui/spinner";
import type { StatementState } from "@/features/run/timeline";
import { cn } from "@/lib/utils";

const icons: Record<Exclude<StatementState, "running">, LucideIcon> = {
  waiting: Circle,
  done: Check,
  failed: X,
  rolled_back: Undo2,
  not_run: CircleDashed,
  unknown: CircleHelp,
};

export const stateTones: Record<StatementState, string> = {
  waiting: "text-muted-foreground/60",
  running: "text-primary",
  done: "text-success",
  failed: "text-destructive",
  rolled_back: "text-warning",
  not_run: "text-muted-foreground",
  unknown: "text-warning",
};

/** What became of a statement, as a sign. Put the word beside it. */
export function StateIcon({ state }: { state: StatementState }) {
  if (state === "running") {
    return <Spinner className="size-3.5 text-primary" />;
  }
  const Icon = icons[state] ?? Ban;
  return <Icon aria-hidden className={cn("size-3.5 shrink-0", stateTones[state])} />;
}

/** The same as a word. Done and waiting say enough by their signs, so that the others stand out. */
export function StateWord({ state }: { state: StatementState }) {
  const { t } = useTranslation();
  const plain = state === "done" || state === "waiting";
  return (
    <span className={cn("whitespace-nowrap text-xs", plain ? "sr-only" : stateTones[state])}>
      {t(`run.timeline.state.${state}`)}
    </span>
  );
}
