import { Check, Minus } from "lucide-react";
import type { Tick } from "@/features/compare/model/ticks";
import { cn } from "@/lib/utils";

const checked = { on: true, off: false, mixed: "mixed" } as const;

/**
 * The box of a line. Lighter than the checkbox of forms, for many are drawn while scrolling, and reached by the line's
 * keys instead of Tab.
 */
export function TickBox({
  tick,
  label,
  onPress,
  danger,
  focusable = false,
}: {
  tick: Tick;
  label: string;
  onPress: () => void;
  danger?: boolean;
  focusable?: boolean;
}) {
  if (tick === "none") {
    return <span className="size-4 shrink-0" />;
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: an input cannot be mixed without script, nor look like this
    <button
      type="button"
      role="checkbox"
      aria-checked={checked[tick]}
      aria-label={label}
      tabIndex={focusable ? 0 : -1}
      onClick={(event) => {
        event.stopPropagation();
        onPress();
      }}
      onMouseDown={(event) => focusable || event.preventDefault()}
      className={cn(
        "relative inline-flex size-4 shrink-0 items-center justify-center rounded-[4px] border border-input bg-card text-primary-foreground outline-none after:absolute after:-inset-1.5 focus-visible:ring-2 focus-visible:ring-ring",
        tick !== "off" && (danger ? "border-destructive bg-destructive" : "border-primary bg-primary"),
      )}
    >
      {tick === "on" && <Check aria-hidden className="size-3 stroke-3" />}
      {tick === "mixed" && <Minus aria-hidden className="size-3 stroke-3" />}
    </button>
  );
}
