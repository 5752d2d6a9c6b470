import { Database, FileCode2, GitCompareArrows, type LucideIcon, ShieldCheck } from "lucide-react";
import { useTranslation } from "react-i18next";

const steps = [
  { name: "choose", icon: Database },
  { name: "differences", icon: GitCompareArrows },
  { name: "review", icon: FileCode2 },
  { name: "verify", icon: ShieldCheck },
] as const satisfies readonly { name: string; icon: LucideIcon }[];

/** The way from two databases to two alike, in four steps. */
export function FlowPicture() {
  const { t } = useTranslation();
  return (
    <div className="@container w-full">
      <ol className="grid grid-cols-2 gap-px overflow-hidden rounded-xl border bg-border @xl:grid-cols-4">
        {steps.map(({ name, icon: Icon }, index) => (
          <li key={name} className="flex flex-col gap-1.5 bg-card p-4">
            <div className="flex items-center justify-between text-muted-foreground">
              <Icon aria-hidden className="size-4.5 text-primary" />
              <span aria-hidden className="text-xs tabular-nums">
                {index + 1}
              </span>
            </div>
            <span className="font-medium">{t(`connections.flow.${name}.title`)}</span>
            <span className="text-muted-foreground text-xs">{t(`connections.flow.${name}.text`)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
