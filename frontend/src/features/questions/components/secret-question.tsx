import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { PasswordInput } from "@/components/password-input";
import { Label } from "@/components/ui/label";
import { Facts, HopNote, hostName } from "@/features/questions/components/host-facts";
import type { QuestionProps } from "@/features/questions/components/question-host";
import { declined } from "@/features/questions/store";
import { PromptDialog } from "@/features/settings/components/prompt-dialog";

const words = {
  password: "password",
  passphrase: "passphrase",
  tls_passphrase: "tlsPassphrase",
} as const;

/** The password on an SSH host, or the passphrase of a private key for it or for TLS; used once and not kept. */
export function SecretQuestion({
  question,
  onAnswer,
}: QuestionProps & { question: { kind: keyof typeof words } }) {
  const { t } = useTranslation();
  const id = useId();
  const [value, setValue] = useState("");
  const what = words[question.kind];
  const again = question.attempt > 1;
  const facts = (
    [
      [t("questions.connection"), question.connection],
      [t("questions.hostKey.host"), hostName(question)],
      [t("questions.user"), question.user],
      [t("questions.keyFile"), question.keyFile],
    ] as const
  ).filter(([, value]) => value !== "");
  return (
    <PromptDialog
      title={t(`questions.${what}.title`)}
      text={t("questions.usedOnce")}
      action={t("password.connect")}
      disabled={value === ""}
      onSubmit={() => onAnswer({ trust: "", values: [value] })}
      onCancel={() => onAnswer(declined)}
    >
      <Facts facts={facts} />
      <HopNote question={question} />
      <div className="flex flex-col gap-1">
        <Label htmlFor={id}>{t(`questions.${what}.label`)}</Label>
        <PasswordInput
          id={id}
          value={value}
          onValueChange={setValue}
          autoFocus
          aria-invalid={again && value === ""}
          aria-describedby={again ? `${id}-again` : undefined}
        />
        {again && (
          <p id={`${id}-again`} role="alert" className="text-destructive text-xs">
            {t(`questions.${what}.again`)}
          </p>
        )}
      </div>
    </PromptDialog>
  );
}
