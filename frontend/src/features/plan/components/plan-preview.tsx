import { Copy, Save } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";
import { copyScript, saveScript } from "@/features/plan/actions";
import { SeverityIcon } from "@/features/plan/components/hazard-marks";
import { PlanView } from "@/features/plan/components/plan-view";
import { bySeverity } from "@/features/plan/model";
import { usePlanning } from "@/features/plan/store";
import type { Comparison } from "@/lib/backend/client";

/** The SQL of what is ticked, beside the result. It follows every tick. */
export function PlanPreview({ comparison, ticked }: { comparison: Comparison; ticked: readonly number[] }) {
  const { t } = useTranslation();
  const planning = usePlanning(comparison, ticked);
  const { plan, updating } = planning;
  const usable = plan !== null && plan.statements > 0 && !updating;
  return (
    <section aria-label={t("plan.preview")} className="flex h-full min-h-0 flex-col">
      <div className="flex h-9 shrink-0 items-center gap-3 border-b px-3 text-xs">
        {plan && ticked.length > 0 && (
          <>
            <span className="whitespace-nowrap font-medium tabular-nums">
              {t("plan.summary.statements", { count: plan.statements })}
            </span>
            {bySeverity(plan.hazards).map(({ severity, count }) => (
              <span
                key={severity}
                className="flex items-center gap-1 text-muted-foreground tabular-nums"
                title={t(`hazards.severity.${severity}`)}
              >
                <SeverityIcon severity={severity} />
                <span className="sr-only">{t(`hazards.severity.${severity}`)}</span>
                {count}
              </span>
            ))}
          </>
        )}
        {updating && (
          <span role="status" className="flex items-center gap-1.5 text-muted-foreground">
            <Spinner className="size-3.5" />
            <span className="sr-only">{t("plan.updating")}</span>
          </span>
        )}
        <div className="-mr-1 ml-auto flex">
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label={t("plan.copyAll")}
            title={t("plan.copyAll")}
            disabled={!usable}
            onClick={() => plan && void copyScript(t, plan.id)}
          >
            <Copy aria-hidden />
          </Button>
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label={t("plan.save")}
            title={t("plan.save")}
            disabled={!usable}
            onClick={() => plan && void saveScript(t, plan.id)}
          >
            <Save aria-hidden />
          </Button>
        </div>
      </div>
      <div className="min-h-0 flex-1">
        <PlanView planning={planning} ticked={ticked.length} flavor={comparison.target.flavor} />
      </div>
    </section>
  );
}
