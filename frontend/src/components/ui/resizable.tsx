import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from "react";
import { cn } from "@/lib/utils";

/** Sizes of panes, in percent of the whole, as far as arrows move the border at once. */
const keyStep = 2;

/**
 * Two panes and the border between them, which is dragged, or moved with the arrows. The size of the first pane is in
 * percent; onSizeChange tells it once a move is over.
 */
export function ResizablePanes({
  direction = "horizontal",
  label,
  size,
  onSizeChange,
  min = 15,
  max = 85,
  first,
  second,
  firstClassName,
  className,
}: {
  direction?: "horizontal" | "vertical";
  /** Names the border for screen readers. */
  label: string;
  size: number;
  onSizeChange: (size: number) => void;
  min?: number;
  max?: number;
  first: ReactNode;
  second: ReactNode;
  /** For limits in pixels beside those in percent. */
  firstClassName?: string;
  className?: string;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [dragged, setDragged] = useState<number | null>(null);
  const horizontal = direction === "horizontal";
  const clamp = (value: number) => Math.round(Math.max(min, Math.min(max, value)) * 100) / 100;
  const shown = clamp(dragged ?? size);

  const place = (event: PointerEvent) => {
    const rect = box.current?.getBoundingClientRect();
    if (!rect) {
      return shown;
    }
    const share = horizontal
      ? (event.clientX - rect.left) / rect.width
      : (event.clientY - rect.top) / rect.height;
    return clamp(share * 100);
  };
  const finish = () => {
    if (dragged !== null) {
      onSizeChange(dragged);
      setDragged(null);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const [less, more] = horizontal ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
    const next = {
      [less as string]: shown - keyStep,
      [more as string]: shown + keyStep,
      Home: min,
      End: max,
    }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      onSizeChange(clamp(next));
    }
  };

  return (
    <div
      ref={box}
      data-slot="resizable-panes"
      className={cn("flex size-full min-h-0 min-w-0", !horizontal && "flex-col", className)}
    >
      <div
        className={cn("min-h-0 min-w-0 shrink-0 overflow-hidden", firstClassName)}
        style={{ flexBasis: `${shown}%` }}
      >
        {first}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a border that is moved; <hr> cannot be */}
      <div
        role="separator"
        tabIndex={0}
        aria-label={label}
        aria-orientation={horizontal ? "vertical" : "horizontal"}
        aria-valuenow={Math.round(shown)}
        aria-valuemin={min}
        aria-valuemax={max}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          event.preventDefault();
          event.currentTarget.focus();
          event.currentTarget.setPointerCapture(event.pointerId);
          setDragged(shown);
        }}
        onPointerMove={(event) => dragged !== null && setDragged(place(event))}
        onPointerUp={finish}
        onPointerCancel={finish}
        className={cn(
          "relative z-10 shrink-0 touch-none bg-border outline-none transition-colors after:absolute hover:bg-ring focus-visible:bg-ring",
          horizontal
            ? "after:-left-1 w-px cursor-col-resize after:inset-y-0 after:w-2.5"
            : "after:-top-1 h-px cursor-row-resize after:inset-x-0 after:h-2.5",
          dragged !== null && "bg-ring",
        )}
      />
      <div className="min-h-0 min-w-0 flex-1 overflow-hidden">{second}</div>
    </div>
  );
}
