import { Info, OctagonAlert, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Badge } from "@/components/ui/badge";
import { distinct, hazardSentence, hazardTitle, isSpecific, keyOf } from "@/features/plan/hazards";
import { isSeverity, type Severity } from "@/features/plan/model";
import type { Hazard } from "@/lib/backend/client";
import { cn } from "@/lib/utils";

const looks = {
  destroys: { Icon: OctagonAlert, tone: "text-destructive", badge: "destructive" },
  caution: { Icon: TriangleAlert, tone: "text-warning", badge: "warning" },
  notice: { Icon: Info, tone: "text-info", badge: "info" },
} as const;

export function severityLook(severity: string) {
  return looks[isSeverity(severity) ? severity : "caution"];
}

export function SeverityIcon({ severity, className }: { severity: Severity | string; className?: string }) {
  const { Icon, tone } = severityLook(severity);
  return <Icon aria-hidden className={cn("size-3.5 shrink-0", tone, className)} />;
}

/** Hazards whose name says it all. */
export function HazardBadges({ hazards }: { hazards: readonly Hazard[] }) {
  const { t } = useTranslation();
  return distinct(hazards)
    .filter((hazard) => !isSpecific(hazard))
    .map((hazard) => (
      <Badge
        key={keyOf(hazard)}
        variant={severityLook(hazard.severity).badge}
        title={hazardSentence(t, hazard)}
      >
        {hazardTitle(t, hazard.code)}
      </Badge>
    ));
}

/** Hazards that have to be read, written out, each with what there is besides to say about it. */
export function HazardLines({
  hazards,
  besides,
}: {
  hazards: readonly Hazard[];
  besides?: (hazard: Hazard) => ReactNode;
}) {
  const { t } = useTranslation();
  const specific = distinct(hazards).filter(isSpecific);
  if (specific.length === 0) {
    return null;
  }
  return (
    <ul className="flex flex-col gap-0.5">
      {specific.map((hazard) => (
        <li key={keyOf(hazard)} className="flex items-start gap-1.5 text-xs">
          <SeverityIcon severity={hazard.severity} className="mt-0.5" />
          <span className="flex min-w-0 flex-wrap items-center gap-x-2">
            <span className={cn("min-w-0 select-text break-words", severityLook(hazard.severity).tone)}>
              {hazardSentence(t, hazard)}
            </span>
            {besides?.(hazard)}
          </span>
        </li>
      ))}
    </ul>
  );
}
