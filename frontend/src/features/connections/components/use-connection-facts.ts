import { useTranslation } from "react-i18next";
import { isEngine, isEnvironment, type SshAuth, type TlsMode } from "@/features/connections/model/engines";
import { usualPort } from "@/features/connections/model/rules";
import type { Connection } from "@/lib/backend/client";
import { useFormat } from "@/lib/i18n/format";

type Fact = { label: string; value: string; mono?: boolean };

/** A connection in words, for its page: only what says something about this one. */
export function useConnectionFacts() {
  const { t } = useTranslation();
  const { moment } = useFormat();

  const place = (c: Connection): Fact[] =>
    c.engine === "sqlite"
      ? [{ label: t("connections.field.file"), value: c.file, mono: true }]
      : [
          c.socket !== ""
            ? { label: t("connections.field.socket"), value: c.socket, mono: true }
            : {
                label: t("connections.field.host"),
                value: `${c.host}:${c.port > 0 ? c.port : usualPort(c.engine)}`,
                mono: true,
              },
          { label: t("connections.field.database"), value: c.database, mono: true },
          { label: t("connections.field.user"), value: c.user, mono: true },
          { label: t("connections.field.password"), value: passwordWords(c) },
          { label: t("connections.field.schemas"), value: schemaWords(c) },
          {
            label: t("connections.tab.ssl"),
            value: t(`connections.tlsMode.${(c.tls.mode || "prefer") as TlsMode}`),
          },
          { label: t("connections.tab.ssh"), value: sshWords(c) },
        ];

  const passwordWords = (c: Connection) =>
    c.askPassword
      ? t("connections.secret.asked")
      : t(c.savedSecrets.includes("password") ? "connections.secret.saved" : "connections.secret.none");

  const schemaWords = (c: Connection) =>
    c.engine !== "postgres" ? "" : c.schemas.length > 0 ? c.schemas.join(", ") : t("connections.allSchemas");

  const sshWords = ({ ssh }: Connection) =>
    ssh.enabled
      ? `${ssh.user === "" ? "" : `${ssh.user}@`}${ssh.host} · ${t(`connections.sshAuth.${(ssh.auth || "automatic") as SshAuth}`)}`
      : "";

  return (connection: Connection) => ({
    subtitle: [
      isEngine(connection.engine) ? t(`engine.${connection.engine}`) : connection.engine,
      connection.group,
    ]
      .filter((part) => part !== "")
      .join(" · "),
    list: [
      ...place(connection),
      { label: t("connections.field.address"), value: connection.address, mono: true },
      {
        label: t("environment.label"),
        value: isEnvironment(connection.environment) ? t(`environment.${connection.environment}`) : "",
      },
      {
        label: t("connections.lastUsed"),
        value: connection.lastUsed === "" ? t("connections.neverUsed") : moment(connection.lastUsed),
      },
    ].filter(({ value }) => value !== "") as Fact[],
  });
}
