import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { FailureAlert } from "@/components/failure-alert";
import { PasswordInput } from "@/components/password-input";
import { Label } from "@/components/ui/label";
import { useUnlock } from "@/features/settings/api/secret-store";
import { PromptDialog } from "@/features/settings/components/prompt-dialog";

export function UnlockPrompt({ onAnswer }: { onAnswer: (done: boolean) => void }) {
  const { t } = useTranslation();
  const id = useId();
  const [password, setPassword] = useState("");
  const unlock = useUnlock();
  return (
    <PromptDialog
      title={t("secrets.unlock.title")}
      text={t("secrets.unlock.text")}
      action={t("secrets.unlock.action")}
      disabled={password === ""}
      pending={unlock.isPending}
      onSubmit={() => unlock.mutate(password, { onSuccess: () => onAnswer(true) })}
      onCancel={() => onAnswer(false)}
    >
      <div className="flex flex-col gap-1">
        <Label htmlFor={id}>{t("secrets.masterPassword")}</Label>
        <PasswordInput
          id={id}
          value={password}
          onValueChange={setPassword}
          aria-invalid={unlock.isError}
          autoFocus
        />
      </div>
      {unlock.error && <FailureAlert error={unlock.error} />}
    </PromptDialog>
  );
}
