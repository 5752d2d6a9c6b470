import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { FailureAlert } from "@/components/failure-alert";
import { PasswordInput } from "@/components/password-input";
import { Label } from "@/components/ui/label";
import { toast } from "@/components/ui/toast";
import { useChangeMasterPassword } from "@/features/settings/api/secret-store";
import { PromptDialog } from "@/features/settings/components/prompt-dialog";

export function ChangeMasterPassword({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const change = useChangeMasterPassword();
  const [old, setOld] = useState("");
  const [replacement, setReplacement] = useState("");
  const [repeated, setRepeated] = useState("");
  const fields = [
    { name: "old", label: t("secrets.masterPassword"), value: old, set: setOld },
    { name: "new", label: t("secrets.newMasterPassword"), value: replacement, set: setReplacement },
    { name: "again", label: t("secrets.repeat"), value: repeated, set: setRepeated },
  ];
  const submit = () =>
    change.mutate(
      { old, replacement },
      {
        onSuccess: () => {
          toast({ variant: "success", title: t("secrets.change.done") });
          onClose();
        },
      },
    );
  return (
    <PromptDialog
      title={t("secrets.change.title")}
      text={t("secrets.vaultWarning")}
      action={t("action.save")}
      disabled={old === "" || replacement === "" || replacement !== repeated}
      pending={change.isPending}
      onSubmit={submit}
      onCancel={onClose}
    >
      {fields.map(({ name, label, value, set }) => (
        <div key={name} className="flex flex-col gap-1">
          <Label htmlFor={`${id}-${name}`}>{label}</Label>
          <PasswordInput
            id={`${id}-${name}`}
            value={value}
            onValueChange={set}
            aria-invalid={name === "again" && repeated !== "" && !replacement.startsWith(repeated)}
          />
        </div>
      ))}
      {change.error && <FailureAlert error={change.error} />}
    </PromptDialog>
  );
}
