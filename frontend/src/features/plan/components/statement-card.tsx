import { Copy } from "lucide-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { SqlCode } from "@/components/sql-code";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { copyStatement } from "@/features/plan/actions";
import { ActionSign } from "@/features/plan/components/action-sign";
import { HazardBadges, HazardLines } from "@/features/plan/components/hazard-marks";
import { ObjectLabel } from "@/features/plan/components/object-label";
import { RowCount } from "@/features/plan/components/row-count";
import { fullName, parseReason } from "@/features/plan/model";
import type { Plan, Statement } from "@/lib/backend/client";

const reasons = ["depends_on", "dependents", "name", "steps_aside", "rows"] as const;

/** One statement of a plan with everything that is known about it. */
export const StatementCard = memo(function StatementCard({
  plan,
  statement,
  flavor,
}: {
  plan: Plan;
  statement: Statement;
  flavor: string;
}) {
  const { t } = useTranslation();
  const number = statement.index + 1;
  return (
    <div className="group/statement flex gap-3 border-b px-4 py-2.5 hover:bg-muted/40">
      <span className="w-9 shrink-0 text-right text-muted-foreground text-xs tabular-nums leading-5">
        {number}
      </span>
      <div className="flex min-w-0 flex-1 flex-col gap-1.5">
        <div className="flex min-w-0 items-start gap-2">
          <div className="flex min-h-5 min-w-0 flex-1 flex-wrap items-center gap-x-2 gap-y-1">
            <span className="inline-flex min-w-0 max-w-full items-center gap-2">
              <ActionSign action={statement.action} />
              <ObjectLabel object={statement.object} />
            </span>
            {statement.alone && (
              <Badge variant="outline" title={t("plan.statement.aloneNote")}>
                {t("plan.statement.alone")}
              </Badge>
            )}
            <HazardBadges hazards={statement.hazards} />
            <Reason text={statement.reason} />
          </div>
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label={t("plan.copyOne", { number })}
            title={t("plan.copyOne", { number })}
            className="-my-0.5 size-6 opacity-0 focus-visible:opacity-100 group-hover/statement:opacity-100"
            onClick={() => void copyStatement(t, statement.sql)}
          >
            <Copy aria-hidden />
          </Button>
        </div>
        <HazardLines
          hazards={statement.hazards}
          besides={(hazard) =>
            hazard.code === "may_fail" && <RowCount plan={plan} statement={statement.index} hazard={hazard} />
          }
        />
        <SqlCode sql={statement.sql} flavor={flavor} label={t("plan.statement.sql", { number })} />
      </div>
    </div>
  );
});

/** Why a statement is there whose object was not ticked. */
function Reason({ text }: { text: string }) {
  const { t } = useTranslation();
  const reason = parseReason(text);
  if (!reason?.object) {
    return null;
  }
  const code = reasons.find((known) => known === reason.code) ?? "other";
  return (
    <span className="min-w-0 truncate text-muted-foreground text-xs">
      {t(`plan.statement.reason.${code}`, { object: fullName(reason.object) })}
    </span>
  );
}
