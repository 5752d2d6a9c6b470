import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "@/lib/utils";

const badgeVariants = cva(
  "inline-flex h-4.5 w-fit shrink-0 items-center gap-1 whitespace-nowrap rounded-[4px] px-1.5 font-medium text-2xs [&_svg]:size-3 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        default: "bg-primary/12 text-primary",
        secondary: "bg-muted text-muted-foreground",
        outline: "border text-muted-foreground",
        create: "bg-create/12 text-create",
        alter: "bg-alter/14 text-alter",
        drop: "bg-drop/12 text-drop",
        destructive: "bg-destructive/12 text-destructive",
        warning: "bg-warning/14 text-warning",
        success: "bg-success/12 text-success",
        info: "bg-info/12 text-info",
      },
    },
    defaultVariants: { variant: "secondary" },
  },
);

export type BadgeVariant = NonNullable<VariantProps<typeof badgeVariants>["variant"]>;

export function Badge({
  className,
  variant,
  ...props
}: ComponentProps<"span"> & VariantProps<typeof badgeVariants>) {
  return <span data-slot="badge" className={cn(badgeVariants({ variant }), className)} {...props} />;
}
