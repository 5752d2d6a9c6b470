import type { ComponentProps } from "react";
import { cn } from "@/lib/utils";

/** Scrolls by itself, with the thin scrollbars that styles.css gives every element. */
export function ScrollArea({ className, ...props }: ComponentProps<"div">) {
  return <div data-slot="scroll-area" className={cn("min-h-0 overflow-auto", className)} {...props} />;
}
