import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";
import { type Counting, countRows, stopCounting, useCounting } from "@/features/plan/counts";
import { countSentence } from "@/features/plan/hazards";
import { fullName } from "@/features/plan/model";
import { type RowCount as Count, cancelRun, type Hazard, type Plan } from "@/lib/backend/client";
import { cn } from "@/lib/utils";

/** How many rows a hazard speaks of: asked for with a click, because the whole table is read for it. */
export function RowCount({ plan, statement, hazard }: { plan: Plan; statement: number; hazard: Hazard }) {
  const { t } = useTranslation();
  const counting = useCounting(plan, statement, hazard);
  return (
    <span
      role="status"
      aria-busy={counting?.state === "running"}
      className="flex flex-wrap items-center gap-x-1.5"
    >
      {counting && <Outcome counting={counting} hazard={hazard} />}
      {counting?.state === "running" ? (
        <Button variant="link" size="link" className="text-xs" onClick={() => void cancelRun(counting.runId)}>
          {t("action.cancel")}
        </Button>
      ) : (
        <Button
          variant="link"
          size="link"
          className="text-xs"
          title={t("plan.count.note")}
          onClick={() => void countRows(plan, statement, hazard)}
        >
          {t(counting ? "plan.count.again" : "plan.count.action")}
        </Button>
      )}
    </span>
  );
}

function Outcome({ counting, hazard }: { counting: Counting; hazard: Hazard }) {
  const { t } = useTranslation();
  switch (counting.state) {
    case "running":
      return (
        <span className="inline-flex items-center gap-1.5 text-muted-foreground">
          <Spinner className="size-3" />
          {t("plan.count.running")}
        </span>
      );
    case "failed":
      return <Failed message={counting.failure.message} />;
    default:
      return counting.counts.length === 0 ? (
        <span className="text-muted-foreground">{t("plan.count.unknown")}</span>
      ) : (
        <span className="flex min-w-0 flex-col">
          {counting.counts.map((count) => (
            <OneCount
              key={`${count.object.kind} ${fullName(count.object)}`}
              count={count}
              hazard={hazard}
              named={counting.counts.length > 1}
            />
          ))}
        </span>
      );
  }
}

/** The count of one change; of several with the same hazard each is named. */
function OneCount({ count, hazard, named }: { count: Count; hazard: Hazard; named: boolean }) {
  const { t } = useTranslation();
  if (count.failure) {
    return <Failed message={count.failure.message} />;
  }
  const sentence = count.counted ? countSentence(t, hazard, count.rows) : t("plan.count.unknown");
  const tone = count.counted
    ? count.rows > 0
      ? "text-destructive"
      : "text-success"
    : "text-muted-foreground";
  return (
    <span className={cn("min-w-0 select-text break-words font-medium", tone)}>
      {named ? t("plan.count.named", { object: fullName(count.object), sentence }) : sentence}
    </span>
  );
}

function Failed({ message }: { message: string }) {
  const { t } = useTranslation();
  return (
    <span className="min-w-0 select-text break-words text-destructive">
      {t("plan.count.failed", { message })}
    </span>
  );
}

/** What is being counted for a plan ends with the plan, or when nobody looks at it any more. */
export function useCountingEnds(plan: Plan) {
  useEffect(() => () => stopCounting(plan.id), [plan.id]);
}
