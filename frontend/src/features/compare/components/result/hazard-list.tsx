import { Info, OctagonAlert, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { hazardSentence } from "@/features/compare/model/words";
import type { Hazard } from "@/lib/backend/client";
import { cn } from "@/lib/utils";

const looks = {
  destroys: { Icon: OctagonAlert, tone: "text-destructive" },
  caution: { Icon: TriangleAlert, tone: "text-warning" },
  notice: { Icon: Info, tone: "text-info" },
} as const;

/** What executing the change may do, the gravest first. */
export function HazardList({ hazards }: { hazards: readonly Hazard[] }) {
  const { t } = useTranslation();
  return (
    <ul className="flex flex-col gap-1.5">
      {[...hazards].reverse().map((hazard) => {
        const known = hazard.severity in looks ? (hazard.severity as keyof typeof looks) : "notice";
        const { Icon, tone } = looks[known];
        return (
          <li key={`${hazard.code} ${hazard.args.join("\u0000")}`} className="flex items-start gap-2">
            <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", tone)} />
            <span className="min-w-0 select-text break-words">
              <span className={cn("font-medium", tone)}>{t(`hazards.severity.${known}`)}</span>
              <span className="text-muted-foreground"> · </span>
              {hazardSentence(t, hazard)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
