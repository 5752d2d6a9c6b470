import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Checkbox } from "@/components/ui/checkbox";
import { SeverityIcon } from "@/features/plan/components/hazard-marks";
import { riskSentence } from "@/features/plan/hazards";
import type { Risk } from "@/lib/backend/client";
import { cn } from "@/lib/utils";

/** One risk with what it concerns, to be acknowledged by itself. */
export function RiskItem({
  risk,
  checked,
  onChange,
}: {
  risk: Risk;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  const objects = [...new Set(risk.objects)];
  const more = risk.count - risk.objects.length;
  return (
    <div
      className={cn(
        "rounded-lg border px-3 py-2",
        risk.hazard.severity === "destroys"
          ? "border-destructive/35 bg-destructive/6"
          : "border-warning/35 bg-warning/6",
      )}
    >
      <label htmlFor={id} className="flex items-start gap-2.5">
        <Checkbox
          id={id}
          className="mt-0.5"
          checked={checked}
          aria-describedby={risk.count > 1 ? `${id}-objects` : undefined}
          onCheckedChange={(next) => onChange(next === true)}
        />
        <SeverityIcon severity={risk.hazard.severity} className="mt-0.5 size-4" />
        <span className="min-w-0 break-words">
          <span className="sr-only">{t(`hazards.severity.${risk.hazard.severity as "caution"}`)}: </span>
          {riskSentence(t, risk)}
        </span>
      </label>
      {risk.count > 1 && (
        <p
          id={`${id}-objects`}
          className="mt-1 max-h-18 select-text overflow-y-auto break-words pl-13 text-muted-foreground text-xs"
        >
          {objects.join(", ")}
          {more > 0 && ` ${t("plan.more", { count: more })}`}
        </p>
      )}
    </div>
  );
}
