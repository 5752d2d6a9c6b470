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
import { useConnections, useRemoveSamples } from "@/features/connections/api/connections";
import { closeRemoveSamples, useConnectionsState } from "@/features/connections/store";

/** Asks before the sample databases go, with the names of their connections. */
export function RemoveSamplesDialog() {
  const { removingSamples } = useConnectionsState();
  return (
    <AlertDialog open={removingSamples} onOpenChange={(open) => open || closeRemoveSamples()}>
      {removingSamples && <Question />}
    </AlertDialog>
  );
}

function Question() {
  const { t, i18n } = useTranslation();
  const remove = useRemoveSamples();
  const found = (useConnections().data ?? []).filter(({ sample }) => sample);
  const names = new Intl.ListFormat(i18n.language).format(found.map(({ name }) => name));
  return (
    <AlertDialogContent>
      <AlertDialogHeader className="pr-5 pb-4">
        <AlertDialogTitle>{t("connections.samples.remove.title")}</AlertDialogTitle>
        <AlertDialogDescription className="break-words">
          {t("connections.samples.remove.text", { names })}
        </AlertDialogDescription>
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
          onClick={() => remove.mutate(found, { onSuccess: closeRemoveSamples })}
        >
          {t("connections.samples.remove.confirm")}
        </Button>
      </AlertDialogFooter>
    </AlertDialogContent>
  );
}
