import { useFormContext } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { Alert, AlertDescription } from "@/components/ui/alert";
import { ChoiceField } from "@/features/connections/components/choice-field";
import { FileField } from "@/features/connections/components/file-field";
import { CheckField, TabNote, TextField } from "@/features/connections/components/form-fields";
import { SecretField } from "@/features/connections/components/secret-field";
import { sshAuths } from "@/features/connections/model/engines";
import type { ConnectionForm } from "@/features/connections/model/form";

export function SshTab({ hasPassword, hasPassphrase }: { hasPassword: boolean; hasPassphrase: boolean }) {
  const { t } = useTranslation();
  const { watch } = useFormContext<ConnectionForm>();
  const [engine, { enabled, auth, askSecret, askPassphrase }] = watch(["engine", "ssh"]);
  if (engine === "sqlite") {
    return <TabNote>{t("connections.ssh.notForFiles")}</TabNote>;
  }
  return (
    <div className="flex flex-col gap-3.5">
      <CheckField
        name="ssh.enabled"
        label={t("connections.field.ssh.enabled")}
        hint={t("connections.hint.ssh")}
      />
      {enabled && (
        <>
          <Alert variant="warning">
            <AlertDescription>{t("connections.ssh.notYet")}</AlertDescription>
          </Alert>
          <div className="grid grid-cols-[1fr_6rem] gap-3">
            <TextField name="ssh.host" label={t("connections.field.ssh.host")} />
            <TextField name="ssh.port" label={t("connections.field.port")} placeholder="22" numeric />
          </div>
          <div className="grid grid-cols-2 gap-3">
            <TextField name="ssh.user" label={t("connections.field.user")} />
            <ChoiceField
              name="ssh.auth"
              label={t("connections.field.ssh.auth")}
              options={sshAuths.map((value) => ({ value, label: t(`connections.sshAuth.${value}`) }))}
            />
          </div>
          {(auth === "key" || auth === "automatic") && (
            <FileField name="ssh.keyFile" label={t("connections.field.ssh.keyFile")} />
          )}
          {auth !== "agent" && (
            <div className="grid grid-cols-2 gap-3">
              {auth !== "key" && !askSecret && (
                <SecretField
                  name="ssh_password"
                  label={t("connections.field.ssh.password")}
                  saved={hasPassword}
                />
              )}
              {auth !== "password" && !askPassphrase && (
                <SecretField
                  name="key_passphrase"
                  label={t("connections.field.ssh.passphrase")}
                  saved={hasPassphrase}
                />
              )}
            </div>
          )}
          {auth !== "agent" && auth !== "key" && (
            <CheckField name="ssh.askSecret" label={t("connections.field.ssh.askSecret")} />
          )}
          {auth !== "agent" && auth !== "password" && (
            <CheckField name="ssh.askPassphrase" label={t("connections.field.ssh.askPassphrase")} />
          )}
        </>
      )}
    </div>
  );
}
