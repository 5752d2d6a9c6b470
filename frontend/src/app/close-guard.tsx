import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
} from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { closeAnyway } from "@/lib/backend/client";
import { onEvent } from "@/lib/backend/events";

/** Asks before the window closes while something runs. */
export function CloseGuard() {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  useEffect(() => onEvent("window:close", () => setAsking(true)), []);
  return (
    <AlertDialog open={asking} onOpenChange={setAsking}>
      <AlertDialogContent>
        <AlertDialogHeader className="pr-5 pb-4">
          <AlertDialogTitle>{t("close.title")}</AlertDialogTitle>
          <AlertDialogDescription>{t("close.text")}</AlertDialogDescription>
        </AlertDialogHeader>
        <AlertDialogFooter>
          <AlertDialogCancel>{t("close.stay")}</AlertDialogCancel>
          <Button variant="destructive" onClick={() => closeAnyway()}>
            {t("close.close")}
          </Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
