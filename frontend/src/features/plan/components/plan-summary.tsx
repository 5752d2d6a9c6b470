import { CircleCheck, CircleDot, ListOrdered, Undo2 } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { SeverityIcon } from "@/features/plan/components/hazard-marks";
import { LeftOutSection, PulledSection } from "@/features/plan/components/plan-extras";
import { formatBytes } from "@/features/plan/format";
import { hazardTitle } from "@/features/plan/hazards";
import { atomicity, bySeverity, outlook } from "@/features/plan/model";
import type { Comparison, Plan } from "@/lib/backend/client";

/** What the plan does, in words: how it takes effect, what it leads to, what may happen, and what came in or fell out. */
export function PlanSummary({
  plan,
  comparison,
  ticked,
}: {
  plan: Plan;
  comparison: Comparison;
  ticked: number;
}) {
  const { t } = useTranslation();
  const how = atomicity(plan);
  return (
    <div className="flex flex-col gap-5 p-4">
      <div>
        <p className="font-semibold text-base tabular-nums">
          {t("plan.summary.statements", { count: plan.statements })}
        </p>
        <p className="text-muted-foreground text-xs">
          {t("plan.summary.size", { size: formatBytes(t, plan.bytes) })}
        </p>
      </div>
      <Fact
        icon={how === "one_by_one" ? <ListOrdered aria-hidden /> : <Undo2 aria-hidden />}
        title={t(`plan.atomicity.${how}.title`)}
      >
        <p>{t(`plan.atomicity.${how}.text`, { flavor: comparison.target.flavor })}</p>
      </Fact>
      <Outlook plan={plan} comparison={comparison} ticked={ticked} />
      <Hazards plan={plan} />
      <PulledSection pulled={plan.pulled} />
      <LeftOutSection leftOut={plan.leftOut} />
    </div>
  );
}

function Fact({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <section className="flex gap-2.5 [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-muted-foreground">
      {icon}
      <div className="min-w-0 flex-1">
        <h2 className="font-medium">{title}</h2>
        <div className="text-muted-foreground text-xs">{children}</div>
      </div>
    </section>
  );
}

function Outlook({ plan, comparison, ticked }: { plan: Plan; comparison: Comparison; ticked: number }) {
  const { t } = useTranslation();
  const { complete, unticked, leftOut, unmodelled } = outlook(plan, comparison, ticked);
  if (complete) {
    return (
      <Fact
        icon={<CircleCheck aria-hidden className="text-success!" />}
        title={t("plan.outlook.complete.title")}
      >
        <p>{t("plan.outlook.complete.text")}</p>
      </Fact>
    );
  }
  const parts = (["unticked", "leftOut", "unmodelled"] as const).filter(
    (part) => ({ unticked, leftOut, unmodelled })[part] > 0,
  );
  return (
    <Fact icon={<CircleDot aria-hidden className="text-warning!" />} title={t("plan.outlook.remains.title")}>
      {parts.length === 0 && <p>{t("plan.outlook.remains.other")}</p>}
      <ul>
        {parts.map((part) => (
          <li key={part}>
            {t(`plan.outlook.remains.${part}`, { count: { unticked, leftOut, unmodelled }[part] })}
          </li>
        ))}
      </ul>
    </Fact>
  );
}

function Hazards({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  const groups = bySeverity(plan.hazards);
  return (
    <section className="flex flex-col gap-2">
      <h2 className="font-medium">{t("plan.hazards.title")}</h2>
      {groups.length === 0 && <p className="text-muted-foreground text-xs">{t("plan.hazards.none")}</p>}
      {groups.map(({ severity, count, hazards }) => (
        <div key={severity} className="rounded-md border bg-card px-2.5 py-2">
          <p className="flex items-center gap-1.5 font-medium text-xs">
            <SeverityIcon severity={severity} />
            {t(`hazards.severity.${severity}`)}
            <span className="ml-auto text-muted-foreground tabular-nums">{count}</span>
          </p>
          <ul className="mt-1 flex flex-col gap-0.5 pl-5 text-muted-foreground text-xs">
            {hazards.map((hazard) => (
              <li key={hazard.code} className="flex gap-2">
                {hazardTitle(t, hazard.code)}
                <span className="ml-auto tabular-nums">{hazard.count}</span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
