import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { Spinner } from "@/components/ui/spinner";

/** A question with one form: its title, why it is asked, and the button that goes on. */
export function PromptDialog({
  title,
  text,
  action,
  disabled = false,
  pending = false,
  onSubmit,
  onCancel,
  className,
  children,
}: {
  title: string;
  text: string;
  action: string;
  disabled?: boolean;
  pending?: boolean;
  onSubmit: () => void;
  onCancel: () => void;
  className?: string;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <Dialog open onOpenChange={(open) => open || onCancel()}>
      <DialogContent className={className} onInteractOutside={(event) => event.preventDefault()}>
        <DialogHeader>
          <DialogTitle className="break-words">{title}</DialogTitle>
          <DialogDescription>{text}</DialogDescription>
        </DialogHeader>
        <form
          noValidate
          className="flex min-h-0 flex-1 flex-col"
          onSubmit={(event) => {
            event.preventDefault();
            // The dialog may lie over a form, whose own button must not be meant.
            event.stopPropagation();
            if (!disabled && !pending) {
              onSubmit();
            }
          }}
        >
          <DialogBody className="flex flex-col gap-3">{children}</DialogBody>
          <DialogFooter>
            <Button variant="outline" onClick={onCancel}>
              {t("action.cancel")}
            </Button>
            <Button type="submit" disabled={disabled || pending}>
              {pending && <Spinner className="text-current" />}
              {action}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
