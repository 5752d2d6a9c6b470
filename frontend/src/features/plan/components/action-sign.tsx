import { useTranslation } from "react-i18next";
import { actionSign, isAction } from "@/features/plan/model";
import { cn } from "@/lib/utils";

const tones = {
  create: "bg-create/12 text-create",
  alter: "bg-alter/14 text-alter",
  drop: "bg-drop/12 text-drop",
  rename: "bg-info/12 text-info",
  replace: "bg-alter/14 text-alter",
} as const;

/** What a statement does: a sign and a colour for the eye, a word for the screen reader. */
export function ActionSign({ action }: { action: string }) {
  const { t } = useTranslation();
  const known = isAction(action) ? action : "alter";
  return (
    <span
      className={cn(
        "inline-flex size-4 shrink-0 items-center justify-center rounded-[4px] font-mono font-semibold text-xs leading-none",
        tones[known],
      )}
    >
      <span aria-hidden>{actionSign(known)}</span>
      <span className="sr-only">{t(`plan.action.${known}`)}</span>
    </span>
  );
}
