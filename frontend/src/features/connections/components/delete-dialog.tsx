import { useTranslation } from "react-i18next";
import { FailureAlert } from "@/components/failure-alert";
import {
  AlertDialog,
  AlertDialogBody,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
} from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { useDeleteConnection } from "@/features/connections/api/connections";
import { closeDelete, useConnectionsState } from "@/features/connections/store";
import type { Connection } from "@/lib/backend/client";

export function DeleteDialog() {
  const { deleting } = useConnectionsState();
  return (
    <AlertDialog open={deleting !== null} onOpenChange={(open) => open || closeDelete()}>
      {deleting && <DeleteQuestion connection={deleting} />}
    </AlertDialog>
  );
}

function DeleteQuestion({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  const remove = useDeleteConnection();
  return (
    <AlertDialogContent>
      <AlertDialogHeader className="pr-5 pb-4">
        <AlertDialogTitle className="break-words">
          {t("connections.delete.title", { name: connection.name })}
        </AlertDialogTitle>
        <AlertDialogDescription>{t("connections.delete.text")}</AlertDialogDescription>
      </AlertDialogHeader>
      {remove.error && (
        <AlertDialogBody className="pt-0">
          <FailureAlert error={remove.error} />
        </AlertDialogBody>
      )}
      <AlertDialogFooter>
        <AlertDialogCancel>{t("action.cancel")}</AlertDialogCancel>
        <Button
          variant="destructive"
          disabled={remove.isPending}
          onClick={() => remove.mutate(connection, { onSuccess: closeDelete })}
        >
          {t("action.delete")}
        </Button>
      </AlertDialogFooter>
    </AlertDialogContent>
  );
}
