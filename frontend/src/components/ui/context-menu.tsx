import { ContextMenu as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { menuClasses } from "@/components/ui/menu-classes";
import { cn } from "@/lib/utils";

/** Not modal: a modal menu would put a style element into the page, which the page's policy forbids. */
export function ContextMenu(props: ComponentProps<typeof Primitive.Root>) {
  return <Primitive.Root modal={false} {...props} />;
}

export const ContextMenuTrigger = Primitive.Trigger;

export function ContextMenuContent({ className, ...props }: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Content
        data-slot="context-menu-content"
        collisionPadding={8}
        className={cn(menuClasses.content, className)}
        {...props}
      />
    </Primitive.Portal>
  );
}

export function ContextMenuItem({
  className,
  variant = "default",
  ...props
}: ComponentProps<typeof Primitive.Item> & { variant?: "default" | "destructive" }) {
  return (
    <Primitive.Item
      className={cn(menuClasses.item, variant === "destructive" && menuClasses.destructive, className)}
      {...props}
    />
  );
}

export function ContextMenuSeparator({ className, ...props }: ComponentProps<typeof Primitive.Separator>) {
  return <Primitive.Separator className={cn(menuClasses.separator, className)} {...props} />;
}
