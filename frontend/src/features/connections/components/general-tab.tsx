import { useFormContext } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { ChoiceField } from "@/features/connections/components/choice-field";
import { EngineMark } from "@/features/connections/components/engine-mark";
import { EnvironmentDot } from "@/features/connections/components/environment-mark";
import { FileField } from "@/features/connections/components/file-field";
import { CheckField, TextField } from "@/features/connections/components/form-fields";
import { GroupField } from "@/features/connections/components/group-field";
import { SchemasField } from "@/features/connections/components/schemas-field";
import { SecretField } from "@/features/connections/components/secret-field";
import { UrlField } from "@/features/connections/components/url-field";
import { engineFacts, engines, environments, isEngine } from "@/features/connections/model/engines";
import { type ConnectionForm, hasPort, suggestedName } from "@/features/connections/model/form";
import { usualPort } from "@/features/connections/model/rules";
import { cn } from "@/lib/utils";

export function GeneralTab({ saved }: { saved: readonly string[] }) {
  const { t } = useTranslation();
  const { watch } = useFormContext<ConnectionForm>();
  const form = watch();
  const sqlite = form.engine === "sqlite";
  return (
    <div className="flex flex-col gap-3.5">
      {form.id === "" && <UrlField />}
      <div className="grid grid-cols-2 gap-3">
        <ChoiceField
          name="engine"
          label={t("engine.label")}
          options={engines.map((engine) => ({
            value: engine,
            label: (
              <>
                <EngineMark engine={engine} className="size-5" />
                {t(`engine.${engine}`)}
              </>
            ),
          }))}
        />
        <TextField
          name="name"
          label={t("connections.field.name")}
          placeholder={suggestedName(form) || t("connections.placeholder.name")}
        />
      </div>
      {sqlite ? (
        <FileField
          name="file"
          label={t("connections.field.file")}
          hint={t("connections.hint.file")}
          placeholder={t("connections.placeholder.file")}
        />
      ) : (
        <ServerFields form={form} saved={saved} />
      )}
      <div className={cn("grid gap-3 border-t pt-3.5", sqlite ? "grid-cols-2" : "grid-cols-3")}>
        <ChoiceField
          name="environment"
          label={t("environment.label")}
          hint={form.environment === "production" ? t("connections.hint.production") : undefined}
          options={["", ...environments].map((environment) => ({
            value: environment,
            label: (
              <>
                <EnvironmentDot environment={environment} />
                {t(`environment.${(environment || "none") as "none"}`)}
              </>
            ),
          }))}
        />
        <GroupField />
        {!sqlite && (
          <TextField
            name="connectTimeout"
            label={t("connections.field.connectTimeout")}
            placeholder={t("connections.placeholder.connectTimeout")}
            numeric
          />
        )}
      </div>
    </div>
  );
}

function ServerFields({ form, saved }: { form: ConnectionForm; saved: readonly string[] }) {
  const { t } = useTranslation();
  const usual = isEngine(form.engine) ? engineFacts[form.engine] : undefined;
  return (
    <>
      <div className="grid grid-cols-[8.5rem_1fr_6rem] gap-3">
        <ChoiceField
          name="via"
          label={t("connections.field.via")}
          options={(["host", "socket"] as const).map((via) => ({
            value: via,
            label: t(`connections.via.${via}`),
          }))}
        />
        {form.via === "host" ? (
          <TextField name="host" label={t("connections.field.host")} />
        ) : (
          <div className={cn(!hasPort(form) && "col-span-2")}>
            <TextField
              name="socket"
              label={t("connections.field.socket")}
              hint={
                form.ssh.enabled
                  ? t(`connections.hint.${form.engine === "postgres" ? "remoteSocket" : "remoteSocketFile"}`)
                  : undefined
              }
              placeholder={t(
                form.engine === "postgres"
                  ? "connections.placeholder.socketFolder"
                  : "connections.placeholder.socketFile",
              )}
              mono
            />
          </div>
        )}
        {hasPort(form) && (
          <TextField
            name="port"
            label={t("connections.field.port")}
            placeholder={usualPort(form.engine)}
            numeric
          />
        )}
      </div>
      {usual?.hasSchemas ? (
        <div className="grid grid-cols-2 gap-3">
          <TextField name="database" label={t("connections.field.database")} />
          <SchemasField />
        </div>
      ) : (
        <TextField name="database" label={t("connections.field.database")} />
      )}
      <div className="grid grid-cols-2 gap-3">
        <TextField name="user" label={t("connections.field.user")} placeholder={usual?.user} />
        {form.askPassword ? (
          <p className="self-end pb-1.5 text-muted-foreground">{t("connections.secret.asked")}</p>
        ) : (
          <SecretField name="password" label={t("connections.field.password")} saved={saved} />
        )}
      </div>
      <CheckField
        name="askPassword"
        label={t("connections.field.askPassword")}
        hint={t("connections.hint.askPassword")}
      />
    </>
  );
}
