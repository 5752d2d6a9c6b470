import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { PasswordInput } from "@/components/password-input";
import { Label } from "@/components/ui/label";
import { PromptDialog } from "@/features/settings/components/prompt-dialog";

/** The password of a database, used once and not kept. */
export function PasswordPrompt({
  connection,
  again,
  onAnswer,
}: {
  connection: string;
  again: boolean;
  onAnswer: (password: string | null) => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  const [password, setPassword] = useState("");
  return (
    <PromptDialog
      title={t("password.title", { name: connection })}
      text={t(again ? "password.again" : "password.text")}
      action={t("password.connect")}
      disabled={password === ""}
      onSubmit={() => onAnswer(password)}
      onCancel={() => onAnswer(null)}
    >
      <div className="flex flex-col gap-1">
        <Label htmlFor={id}>{t("password.label")}</Label>
        <PasswordInput id={id} value={password} onValueChange={setPassword} autoFocus />
      </div>
    </PromptDialog>
  );
}
