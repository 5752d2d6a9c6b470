import { useFormContext } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { ChoiceField } from "@/features/connections/components/choice-field";
import { FileField } from "@/features/connections/components/file-field";
import { CheckField, TabNote, TextField } from "@/features/connections/components/form-fields";
import { SecretField } from "@/features/connections/components/secret-field";
import { type SshAuth, sshAuths } from "@/features/connections/model/engines";
import { type ConnectionForm, hasKey } from "@/features/connections/model/form";

export function SshTab({ saved }: { saved: readonly string[] }) {
  const { t } = useTranslation();
  const { watch } = useFormContext<ConnectionForm>();
  const [engine, enabled, auth] = watch(["engine", "ssh.enabled", "ssh.auth"]);
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
          <div className="grid grid-cols-[1fr_6rem] gap-3">
            <TextField
              name="ssh.host"
              label={t("connections.field.ssh.host")}
              hint={t("connections.hint.sshHost")}
            />
            <TextField name="ssh.port" label={t("connections.field.port")} placeholder="22" numeric />
          </div>
          <div className="grid grid-cols-2 gap-3">
            <TextField
              name="ssh.user"
              label={t("connections.field.user")}
              hint={t("connections.hint.sshUser")}
            />
            <ChoiceField
              name="ssh.auth"
              label={t("connections.field.ssh.auth")}
              hint={t(`connections.hint.sshAuth.${auth as SshAuth}`)}
              options={sshAuths.map((value) => ({ value, label: t(`connections.sshAuth.${value}`) }))}
            />
          </div>
          <Key />
          <Secrets saved={saved} />
          <Way />
        </>
      )}
    </div>
  );
}

/** With what key the person shows who they are. */
function Key() {
  const { t } = useTranslation();
  const { watch } = useFormContext<ConnectionForm>();
  const auth = watch("ssh.auth");
  return hasKey(auth) ? (
    <>
      <FileField
        name="ssh.keyFile"
        label={t("connections.field.ssh.keyFile")}
        hint={auth === "automatic" ? t("connections.hint.keyFile") : undefined}
      />
      <FileField
        name="ssh.certificate"
        label={t("connections.field.ssh.certificate")}
        hint={t("connections.hint.certificate")}
      />
    </>
  ) : null;
}

/** The secrets that the way to log in may want: kept, or asked for every time. */
function Secrets({ saved }: { saved: readonly string[] }) {
  const { t } = useTranslation();
  const { watch } = useFormContext<ConnectionForm>();
  const { auth, askSecret, askPassphrase } = watch("ssh");
  const wantsPassword = auth === "password" || auth === "automatic" || auth === "interactive";
  return (
    <div className="grid grid-cols-2 items-start gap-3 empty:hidden">
      {wantsPassword && (
        <div className="flex flex-col gap-2">
          {!askSecret && (
            <SecretField name="ssh_password" label={t("connections.field.ssh.password")} saved={saved} />
          )}
          <CheckField name="ssh.askSecret" label={t("connections.field.ssh.askSecret")} />
        </div>
      )}
      {hasKey(auth) && (
        <div className="flex flex-col gap-2">
          {!askPassphrase && (
            <SecretField name="key_passphrase" label={t("connections.field.ssh.passphrase")} saved={saved} />
          )}
          <CheckField name="ssh.askPassphrase" label={t("connections.field.ssh.askPassphrase")} />
        </div>
      )}
    </div>
  );
}

/** Through which other hosts, and what else ssh would read. */
function Way() {
  const { t } = useTranslation();
  return (
    <>
      <TextField
        name="ssh.jumps"
        label={t("connections.field.ssh.jumps")}
        hint={t("connections.hint.jumps")}
        placeholder={t("connections.placeholder.jumps")}
        mono
      />
      <FileField
        name="ssh.configFile"
        label={t("connections.field.ssh.configFile")}
        hint={t("connections.hint.configFile")}
        placeholder={t("connections.placeholder.configFile")}
      />
    </>
  );
}
