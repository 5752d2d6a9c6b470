import { LoaderCircle } from "lucide-react";
import { cn } from "@/lib/utils";

/** Says by itself nothing to a screen reader: put the words beside it. */
export function Spinner({ className }: { className?: string }) {
  return <LoaderCircle aria-hidden className={cn("size-4 animate-spin text-muted-foreground", className)} />;
}
