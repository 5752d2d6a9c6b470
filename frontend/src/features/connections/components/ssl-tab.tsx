import { useFormContext } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { ChoiceField } from "@/features/connections/components/choice-field";
import { FileField } from "@/features/connections/components/file-field";
import { CheckField, TabNote, TextField } from "@/features/connections/components/form-fields";
import { SecretField } from "@/features/connections/components/secret-field";
import { type TlsMode, tlsModes } from "@/features/connections/model/engines";
import type { ConnectionForm } from "@/features/connections/model/form";

export function SslTab({ saved }: { saved: readonly string[] }) {
  const { t } = useTranslation();
  const { watch } = useFormContext<ConnectionForm>();
  const [engine, mode] = watch(["engine", "tls.mode"]);
  if (engine === "sqlite") {
    return <TabNote>{t("connections.ssl.notForFiles")}</TabNote>;
  }
  return (
    <div className="flex flex-col gap-3.5">
      <ChoiceField
        name="tls.mode"
        label={t("connections.field.tls.mode")}
        hint={t(`connections.hint.tls.${mode as TlsMode}`)}
        options={tlsModes.map((value) => ({ value, label: t(`connections.tlsMode.${value}`) }))}
      />
      {mode !== "disable" && (
        <>
          <FileField
            name="tls.rootCert"
            label={t("connections.field.tls.rootCert")}
            hint={t("connections.hint.rootCert")}
          />
          <FileField name="tls.cert" label={t("connections.field.tls.cert")} />
          <FileField name="tls.key" label={t("connections.field.tls.key")} />
          <Passphrase saved={saved} />
          <TextField
            name="tls.serverName"
            label={t("connections.field.tls.serverName")}
            hint={t("connections.hint.serverName")}
          />
        </>
      )}
      {(engine === "mysql" || engine === "mariadb") && (
        <CheckField
          name="tls.publicKey"
          label={t("connections.field.tls.publicKey")}
          hint={t("connections.hint.publicKey")}
        />
      )}
      <TextField
        name="tls.parameters"
        label={t("connections.field.tls.parameters")}
        hint={t("connections.hint.parameters")}
        mono
      />
    </div>
  );
}

/** The passphrase of the client's key: kept, or asked for every time. Without a key there is none. */
function Passphrase({ saved }: { saved: readonly string[] }) {
  const { t } = useTranslation();
  const { watch } = useFormContext<ConnectionForm>();
  const { key, askPassphrase } = watch("tls");
  if (key === "" && !saved.includes("tls_key_passphrase")) {
    return null;
  }
  return (
    <div className="flex flex-col gap-2">
      {!askPassphrase && (
        <SecretField
          name="tls_key_passphrase"
          label={t("connections.field.tls.passphrase")}
          hint={t("connections.hint.tlsPassphrase")}
          saved={saved}
        />
      )}
      <CheckField name="tls.askPassphrase" label={t("connections.field.tls.askPassphrase")} />
    </div>
  );
}
