import { X } from "lucide-react";
import { Dialog as DialogPrimitive } from "radix-ui";
import type { ComponentProps } from "react";
import { useTranslation } from "react-i18next";
import { useReturnFocus } from "@/components/ui/return-focus";
import { cn } from "@/lib/utils";

export const Dialog = DialogPrimitive.Root;
export const DialogClose = DialogPrimitive.Close;

/** Radix' own overlay would put a style element into the page, which the page's policy forbids. */
export function DialogOverlay() {
  return <div aria-hidden className="fade-in fixed inset-0 z-40 bg-overlay" />;
}

export const dialogPanelClasses =
  "appear -translate-x-1/2 -translate-y-1/2 fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100vh-3rem)] w-[calc(100vw-3rem)] max-w-md flex-col overflow-hidden rounded-xl border bg-popover text-popover-foreground shadow-dialog outline-none";

export function DialogContent(
  props: ComponentProps<typeof DialogPrimitive.Content> & { closable?: boolean },
) {
  return (
    <DialogPrimitive.Portal>
      <DialogOverlay />
      <Panel {...props} />
    </DialogPrimitive.Portal>
  );
}

function Panel({
  className,
  children,
  closable = true,
  ...props
}: ComponentProps<typeof DialogPrimitive.Content> & { closable?: boolean }) {
  const { t } = useTranslation();
  const returnFocus = useReturnFocus();
  return (
    <DialogPrimitive.Content
      data-slot="dialog-content"
      className={cn(dialogPanelClasses, className)}
      onCloseAutoFocus={returnFocus}
      {...props}
    >
      {children}
      {closable && (
        <DialogPrimitive.Close
          aria-label={t("action.close")}
          className="absolute top-3 right-3 inline-flex size-7 items-center justify-center rounded-md text-muted-foreground outline-none hover:bg-accent hover:text-foreground focus-visible:ring-2 focus-visible:ring-ring"
        >
          <X aria-hidden className="size-4" />
        </DialogPrimitive.Close>
      )}
    </DialogPrimitive.Content>
  );
}

export function DialogHeader({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      data-slot="dialog-header"
      className={cn("flex shrink-0 flex-col gap-1 px-5 pt-4 pr-12", className)}
      {...props}
    />
  );
}

/** What lies between header and footer; it scrolls when the window is too small. */
export function DialogBody({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      data-slot="dialog-body"
      className={cn("min-h-0 flex-1 overflow-y-auto px-5 py-4", className)}
      {...props}
    />
  );
}

export function DialogFooter({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      data-slot="dialog-footer"
      className={cn("flex shrink-0 items-center justify-end gap-2 border-t bg-muted/40 px-5 py-3", className)}
      {...props}
    />
  );
}

export function DialogTitle({ className, ...props }: ComponentProps<typeof DialogPrimitive.Title>) {
  return (
    <DialogPrimitive.Title
      data-slot="dialog-title"
      className={cn("font-semibold text-base leading-6", className)}
      {...props}
    />
  );
}

export function DialogDescription({
  className,
  ...props
}: ComponentProps<typeof DialogPrimitive.Description>) {
  return (
    <DialogPrimitive.Description
      data-slot="dialog-description"
      className={cn("text-muted-foreground text-sm", className)}
      {...props}
    />
  );
}
