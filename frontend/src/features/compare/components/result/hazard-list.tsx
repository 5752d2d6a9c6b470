import { useTranslation } from "react-i18next";
import { SeverityIcon, severityLook } from "@/features/plan/components/hazard-marks";
import { hazardSentence } from "@/features/plan/hazards";
import { isSeverity } from "@/features/plan/model";
import type { Hazard } from "@/lib/backend/client";
import { cn } from "@/lib/utils";

/** What executing the change may do, the gravest first. */
export function HazardList({ hazards }: { hazards: readonly Hazard[] }) {
  const { t } = useTranslation();
  return (
    <ul className="flex flex-col gap-1.5">
      {[...hazards].reverse().map((hazard) => (
        <li key={`${hazard.code} ${hazard.args.join(" ")}`} className="flex items-start gap-2">
          <SeverityIcon severity={hazard.severity} className="mt-0.5 size-4" />
          <span className="min-w-0 select-text break-words">
            <span className={cn("font-medium", severityLook(hazard.severity).tone)}>
              {isSeverity(hazard.severity) && t(`hazards.severity.${hazard.severity}`)}
            </span>
            <span className="text-muted-foreground"> · </span>
            {hazardSentence(t, hazard)}
          </span>
        </li>
      ))}
    </ul>
  );
}
