import { Progress as ProgressPrimitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "@/lib/utils";

/** value null: how long it takes is not known. Give it an aria-label. */
export function Progress({
  className,
  value = null,
  max = 100,
  ...props
}: ComponentProps<typeof ProgressPrimitive.Root>) {
  const percent = value === null ? undefined : Math.min(100, (value / max) * 100);
  return (
    <ProgressPrimitive.Root
      data-slot="progress"
      value={value}
      max={max}
      className={cn("h-1.5 w-full overflow-hidden rounded-full bg-muted", className)}
      {...props}
    >
      <ProgressPrimitive.Indicator
        className={cn(
          "h-full rounded-full bg-primary",
          percent === undefined ? "travel w-1/3" : "transition-[width]",
        )}
        style={percent === undefined ? undefined : { width: `${percent}%` }}
      />
    </ProgressPrimitive.Root>
  );
}
