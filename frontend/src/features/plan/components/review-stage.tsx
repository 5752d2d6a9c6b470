import { ArrowLeft, Copy, Play, Save } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";
import { ScrollArea } from "@/components/ui/scroll-area";
import { Spinner } from "@/components/ui/spinner";
import { copyScript, saveScript } from "@/features/plan/actions";
import { PlanSummary } from "@/features/plan/components/plan-summary";
import { PlanView } from "@/features/plan/components/plan-view";
import { usePlanning } from "@/features/plan/store";
import { ConfirmDialog } from "@/features/run/components/confirm-dialog";
import { startRun } from "@/features/run/store";
import type { Comparison, Plan } from "@/lib/backend/client";
import { useShortcuts } from "@/lib/shortcuts/use-shortcuts";
import { cn } from "@/lib/utils";

/**
 * Everything that will run, to be read before it does. When the person confirms, the execution has begun and
 * onExecute is told with which plan.
 */
export function ReviewStage({
  comparison,
  ticked,
  onBack,
  onExecute,
}: {
  comparison: Comparison;
  ticked: readonly number[];
  onBack: () => void;
  onExecute: (plan: Plan) => void;
}) {
  const { t } = useTranslation();
  const planning = usePlanning(comparison, ticked);
  const [confirming, setConfirming] = useState(false);
  const { plan, updating, failure } = planning;
  const ready = ticked.length > 0 && !updating && !failure && plan !== null && plan.statements > 0;
  const copy = () => plan && void copyScript(t, plan.id);
  const save = () => plan && void saveScript(t, plan.id);
  const execute = () => setConfirming(true);

  useShortcuts([
    { id: "review.back", label: t("plan.back"), group: "review", keys: "esc", run: onBack },
    {
      id: "review.copy",
      label: t("plan.copyAll"),
      group: "review",
      keys: "mod+shift+c",
      run: copy,
      enabled: ready,
    },
    { id: "review.save", label: t("plan.save"), group: "review", keys: "mod+s", run: save, enabled: ready },
    {
      id: "review.execute",
      label: t("plan.execute"),
      group: "review",
      keys: "mod+enter",
      run: execute,
      enabled: ready,
    },
  ]);

  return (
    <section aria-labelledby="review-title" className="flex h-full min-h-0 flex-col">
      <header className="flex shrink-0 items-center gap-3 border-b px-4 py-2.5">
        <Button
          variant="ghost"
          size="icon"
          aria-label={t("plan.back")}
          title={t("plan.back")}
          className="-ml-2"
          onClick={onBack}
        >
          <ArrowLeft aria-hidden />
        </Button>
        <div className="min-w-0 flex-1">
          <h1 id="review-title" className="flex items-center gap-2 font-semibold text-base leading-6">
            {t("plan.title")}
            {updating && <Spinner />}
            <span role="status" className="sr-only">
              {updating ? t("plan.updating") : ""}
            </span>
          </h1>
          <p
            className="line-clamp-2 break-words text-muted-foreground text-xs"
            title={comparison.target.address}
          >
            {t("plan.subtitle", { target: comparison.target.name })}
          </p>
        </div>
        <Button variant="outline" disabled={!ready} onClick={copy}>
          <Copy aria-hidden />
          {t("plan.copyAll")}
        </Button>
        <Button variant="outline" disabled={!ready} onClick={save}>
          <Save aria-hidden />
          {t("plan.save")}
        </Button>
        <Button disabled={!ready} onClick={execute}>
          <Play aria-hidden />
          {t("plan.execute")}
        </Button>
      </header>
      <div className="flex min-h-0 flex-1">
        <div className="min-w-0 flex-1">
          <PlanView planning={planning} ticked={ticked.length} flavor={comparison.target.flavor} />
        </div>
        {plan && ticked.length > 0 && !failure && (
          <ScrollArea
            tabIndex={0}
            role="complementary"
            aria-label={t("plan.summary.title")}
            className={cn(
              "w-76 shrink-0 border-l bg-sidebar outline-none transition-opacity focus-visible:ring-2 focus-visible:ring-ring focus-visible:ring-inset",
              updating && "opacity-50",
            )}
          >
            <PlanSummary plan={plan} comparison={comparison} ticked={ticked.length} />
          </ScrollArea>
        )}
      </div>
      {plan && (
        <ConfirmDialog
          open={confirming}
          plan={plan}
          comparison={comparison}
          onCancel={() => setConfirming(false)}
          onConfirm={(consent) => {
            setConfirming(false);
            startRun(plan, comparison, consent);
            onExecute(plan);
          }}
        />
      )}
    </section>
  );
}
