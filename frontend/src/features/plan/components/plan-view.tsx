import { ListX, SquareDashed } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import { StatementList } from "@/features/plan/components/statement-list";
import { type Planning, remake } from "@/features/plan/store";
import { cn } from "@/lib/utils";

/** The SQL of what is ticked: being made, there, dimmed while newer is made, or why there is none. */
export function PlanView({
  planning: { plan, updating, failure },
  ticked,
  flavor,
}: {
  planning: Planning;
  ticked: number;
  flavor: string;
}) {
  const { t, i18n } = useTranslation();
  if (ticked === 0) {
    return (
      <EmptyState icon={SquareDashed} title={t("plan.empty.title")}>
        {t("plan.empty.text")}
      </EmptyState>
    );
  }
  if (failure) {
    const known = i18n.exists(`errors.${failure.code}.title`) ? failure.code : "unknown";
    return (
      <div className="p-4">
        <Alert variant="destructive" role="alert">
          <AlertTitle>{t("plan.failed")}</AlertTitle>
          <AlertDescription>{t(`errors.${known}.hint` as "errors.unknown.hint")}</AlertDescription>
          <p className="mt-1 select-text break-words font-mono text-xs">{failure.message}</p>
          <Button variant="outline" size="sm" className="mt-2 w-fit" onClick={remake}>
            {t("plan.retry")}
          </Button>
        </Alert>
      </div>
    );
  }
  if (!plan) {
    return <Making />;
  }
  return (
    <div
      aria-busy={updating}
      className={cn("flex h-full min-h-0 flex-col transition-opacity", updating && "opacity-50")}
    >
      {plan.statements === 0 ? (
        <EmptyState icon={ListX} title={t("plan.onlyLeftOut.title")}>
          {t("plan.onlyLeftOut.text")}
        </EmptyState>
      ) : (
        <StatementList key={plan.comparisonId} plan={plan} flavor={flavor} />
      )}
    </div>
  );
}

function Making() {
  const { t } = useTranslation();
  return (
    <div role="status" className="flex flex-col gap-6 px-4 py-4">
      <span className="sr-only">{t("plan.updating")}</span>
      {["w-72", "w-56", "w-80", "w-64"].map((width) => (
        <div key={width} className="flex flex-col gap-2 pl-12">
          <Skeleton className={cn("h-4", width)} />
          <Skeleton className="h-10 w-4/5" />
        </div>
      ))}
    </div>
  );
}
