import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FailureAlert } from "@/components/failure-alert";
import { Skeleton } from "@/components/ui/skeleton";
import { useChooseSecretStore, useSecretStore } from "@/features/settings/api/secret-store";
import { PromptDialog } from "@/features/settings/components/prompt-dialog";
import { isComplete, type StoreChoice, StoreChooser } from "@/features/settings/components/store-chooser";

/** Where passwords are kept, asked when one is to be saved and no place is known that works. */
export function SecretStorePrompt({ onAnswer }: { onAnswer: (done: boolean) => void }) {
  const { t } = useTranslation();
  const { data: status, error } = useSecretStore();
  const choose = useChooseSecretStore();
  const [choice, setChoice] = useState<StoreChoice>({ kind: "", password: "", repeated: "" });
  return (
    <PromptDialog
      title={t("secrets.choose.title")}
      text={t("secrets.choose.text")}
      action={t("secrets.choose.action")}
      className="max-w-lg"
      disabled={!status || !isComplete(choice, status)}
      pending={choose.isPending}
      onSubmit={() =>
        choose.mutate(
          { kind: choice.kind, masterPassword: choice.password },
          { onSuccess: () => onAnswer(true) },
        )
      }
      onCancel={() => onAnswer(false)}
    >
      {status ? (
        <StoreChooser status={status} choice={choice} onChange={setChoice} />
      ) : (
        !error && <Skeleton className="h-40" />
      )}
      {(error ?? choose.error) && <FailureAlert error={error ?? choose.error} />}
    </PromptDialog>
  );
}
