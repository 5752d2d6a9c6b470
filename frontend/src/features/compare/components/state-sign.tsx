import { useTranslation } from "react-i18next";
import type { State } from "@/features/compare/model/rows";
import { cn } from "@/lib/utils";

const signs: Record<State, string> = {
  create: "+",
  alter: "~",
  drop: "−",
  rename: "→",
  contains: "",
  unmodelled: "?",
  identical: "=",
};

const tones: Record<State, string> = {
  create: "text-create bg-create/12",
  alter: "text-alter bg-alter/14",
  drop: "text-drop bg-drop/12",
  rename: "text-info bg-info/12",
  contains: "text-muted-foreground",
  unmodelled: "text-info bg-info/12",
  identical: "text-muted-foreground",
};

export function signOf(state: State): string {
  return signs[state];
}

export function toneOf(state: State): string {
  return tones[state];
}

/** What becomes of an object: a sign and a colour for the eye, a word for the screen reader. */
export function StateSign({ state, className }: { state: State; className?: string }) {
  const { t } = useTranslation();
  return (
    <span
      className={cn(
        "inline-flex size-4 shrink-0 items-center justify-center rounded-[4px] font-mono font-semibold text-xs leading-none",
        tones[state],
        className,
      )}
    >
      <span aria-hidden>{signs[state]}</span>
      <span className="sr-only">{t(`compare.state.${state}`)}</span>
    </span>
  );
}

/** The same as a badge with the word to read. */
export function StateBadge({ state }: { state: State }) {
  const { t } = useTranslation();
  return (
    <span
      className={cn(
        "inline-flex h-5 shrink-0 items-center gap-1 rounded-[4px] px-1.5 font-medium text-xs",
        tones[state],
        (state === "contains" || state === "identical") && "bg-muted",
      )}
    >
      {signs[state] && (
        <span aria-hidden className="font-mono">
          {signs[state]}
        </span>
      )}
      {t(`compare.state.${state}`)}
    </span>
  );
}
