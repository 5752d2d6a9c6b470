import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { useCountingEnds } from "@/features/plan/components/row-count";
import { StatementCard } from "@/features/plan/components/statement-card";
import { fullName, isAction } from "@/features/plan/model";
import { remake, useStatements } from "@/features/plan/store";
import type { Plan, Statement } from "@/lib/backend/client";
import { toFailure } from "@/lib/backend/failure";
import { cn } from "@/lib/utils";

/** What a card takes besides its SQL, and a line of SQL, in pixels: a guess until it is measured. */
const frame = 48;
const line = 18;

function guess(statement: Statement | undefined): number {
  return statement ? frame + line * Math.min(20, statement.sql.split("\n", 21).length) : frame + 2 * line;
}

/** The statements of a plan in their order. Only those on the screen are drawn, and only those near it are fetched. */
export function StatementList({
  plan,
  flavor,
  className,
}: {
  plan: Plan;
  flavor: string;
  className?: string;
}) {
  const { t } = useTranslation();
  const statements = useStatements(plan);
  useCountingEnds(plan);
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: plan.statements,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => guess(statements.get(index)),
    getItemKey: (index) => index,
    overscan: 6,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => statements.want(first, last + 20), [statements, first, last]);
  const failure = statements.failure === null ? null : toFailure(statements.failure);

  return (
    <div className={cn("flex min-h-0 flex-1 flex-col", className)}>
      {failure && (
        <Alert variant="destructive" role="alert" className="m-3 w-auto">
          <AlertTitle>{t("plan.pageFailed")}</AlertTitle>
          <AlertDescription className="select-text">{failure.message}</AlertDescription>
          <Button variant="outline" size="sm" className="mt-1 w-fit" onClick={remake}>
            {t("plan.retry")}
          </Button>
        </Alert>
      )}
      <div
        ref={scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
        tabIndex={0}
        className="min-h-0 flex-1 overflow-y-auto bg-card outline-none focus-visible:ring-2 focus-visible:ring-ring focus-visible:ring-inset"
      >
        <ol aria-label={t("plan.list")} className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {items.map(({ index, start, size }) => {
            const statement = statements.get(index);
            return (
              <li
                key={index}
                ref={statement ? virtualizer.measureElement : undefined}
                data-index={index}
                aria-posinset={index + 1}
                aria-setsize={plan.statements}
                aria-label={statement && label(statement)}
                className="absolute top-0 left-0 w-full"
                style={{ transform: `translateY(${start}px)` }}
              >
                {statement ? (
                  <StatementCard plan={plan} statement={statement} flavor={flavor} />
                ) : (
                  <Waiting number={index + 1} height={size} />
                )}
              </li>
            );
          })}
        </ol>
      </div>
    </div>
  );

  function label({ index, action, object }: Statement): string {
    const word = t(`plan.action.${isAction(action) ? action : "alter"}`);
    return t("plan.statement.label", { number: index + 1, action: word, object: fullName(object) });
  }
}

function Waiting({ number, height }: { number: number; height: number }) {
  const { t } = useTranslation();
  return (
    <div className="flex gap-3 border-b px-4 py-2.5" style={{ height }}>
      <span className="w-9 shrink-0 text-right text-muted-foreground text-xs tabular-nums leading-5">
        {number}
      </span>
      <span className="sr-only">{t("plan.statement.loading", { number })}</span>
      <div className="flex flex-1 flex-col gap-2">
        <Skeleton className="h-4 w-56" />
        <Skeleton className="h-4 w-4/5" />
      </div>
    </div>
  );
}
