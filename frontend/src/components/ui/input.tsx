import type { ComponentProps } from "react";
import { cn } from "@/lib/utils";

/** What every one-line field looks like; select triggers share it. */
export const fieldClasses =
  "h-8 w-full min-w-0 rounded-md border border-input bg-card px-2.5 text-sm outline-none transition-colors placeholder:text-muted-foreground focus-visible:border-ring focus-visible:ring-1 focus-visible:ring-ring disabled:cursor-not-allowed disabled:opacity-50 aria-invalid:border-destructive aria-invalid:ring-destructive";

export function Input({ className, type = "text", ...props }: ComponentProps<"input">) {
  return (
    <input
      data-slot="input"
      type={type}
      autoComplete="off"
      autoCorrect="off"
      autoCapitalize="off"
      spellCheck={false}
      className={cn(fieldClasses, className)}
      {...props}
    />
  );
}
