import { memo } from "react";
import { useTranslation } from "react-i18next";
import { Skeleton } from "@/components/ui/skeleton";
import { ActionSign } from "@/features/plan/components/action-sign";
import { ObjectLabel } from "@/features/plan/components/object-label";
import { StateIcon, StateWord } from "@/features/run/components/statement-state";
import { formatDuration } from "@/features/run/format";
import type { StatementState } from "@/features/run/timeline";
import type { Statement } from "@/lib/backend/client";
import { cn } from "@/lib/utils";

const backgrounds: Partial<Record<StatementState, string>> = {
  running: "bg-primary/8",
  failed: "bg-destructive/8",
};

/** One statement on one line: its state, what it changes, its SQL as far as it fits, and how long it took. */
export const TimelineRow = memo(function TimelineRow({
  number,
  statement,
  state,
  millis,
}: {
  number: number;
  statement: Statement | undefined;
  state: StatementState;
  millis: number | null;
}) {
  const { t } = useTranslation();
  return (
    <div className={cn("flex h-full items-center gap-2.5 border-b px-4", backgrounds[state])}>
      <span className="w-9 shrink-0 text-right text-muted-foreground text-xs tabular-nums">{number}</span>
      <StateIcon state={state} />
      {statement ? (
        <>
          <ActionSign action={statement.action} />
          <ObjectLabel object={statement.object} className={cn("max-w-[45%] shrink-0", faded(state))} />
          <span
            className="min-w-0 flex-1 truncate font-mono text-muted-foreground text-xs"
            title={statement.sql.slice(0, 500)}
          >
            {statement.sql.slice(0, 300).replace(/\s+/g, " ")}
          </span>
        </>
      ) : (
        <Skeleton className="h-3.5 flex-1" />
      )}
      <StateWord state={state} />
      <span className="w-18 shrink-0 text-right text-muted-foreground text-xs tabular-nums">
        {millis !== null && formatDuration(t, millis)}
      </span>
    </div>
  );
});

function faded(state: StatementState): string {
  return state === "not_run" || state === "waiting" ? "text-muted-foreground" : "";
}
