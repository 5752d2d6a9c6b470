import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "@/lib/utils";

const badgeVariants = cva(
  "inline-flex h-4.5 w-fit shrink-0 items-center gap-1 whitespace-nowrap rounded-[4px] px-1.5 font-medium text-2xs [&_svg]:size-3 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        default: "tint-primary text-primary",
        secondary: "bg-muted text-muted-foreground",
        outline: "border text-muted-foreground",
        create: "tint-create text-create",
        alter: "tint-alter text-alter",
        drop: "tint-drop text-drop",
        destructive: "tint-destructive text-destructive",
        warning: "tint-warning text-warning",
        success: "tint-success text-success",
        info: "tint-info text-info",
      },
    },
    defaultVariants: { variant: "secondary" },
  },
);

export function Badge({
  className,
  variant,
  ...props
}: ComponentProps<"span"> & VariantProps<typeof badgeVariants>) {
  return <span data-slot="badge" className={cn(badgeVariants({ variant }), className)} {...props} />;
}
