import { useTranslation } from "react-i18next";
import type { TestStep } from "@/lib/backend/client";
import type { Texts } from "@/lib/i18n/languages";

export type TestStepName = keyof Texts["connections"]["test"]["step"];

/** What a step found out, from its arguments. */
export function useStepDetail() {
  const { t, i18n } = useTranslation();
  return ({ name, detail }: TestStep): string => {
    switch (name) {
      case "ssh_resolve":
      case "resolve":
        return [detail.host, detail.addresses].filter(Boolean).join(" → ");
      case "ssh_connect":
        return [detail.address, detail.note].filter(Boolean).join(" · ");
      case "ssh_host_key":
        return [detail.type, detail.fingerprint, hostKeySource(detail)].filter(Boolean).join(" · ");
      case "ssh_login":
        return [detail.user, ...how(detail)].filter(Boolean).join(" · ");
      case "connect":
        return detail.socket ?? detail.address ?? "";
      case "tls":
        return [detail.protocol, detail.cipher, ...certificate(detail)].filter(Boolean).join(" · ");
      case "login":
        return detail.user ?? "";
      case "version":
        return [detail.flavor, detail.version].filter(Boolean).join(" ");
      case "database":
        return detail.database ?? "";
      case "rights":
        return rights(detail);
      default:
        return "";
    }
  };

  /** Why a host's key is trusted. */
  function hostKeySource({ source, certificate: vouched }: Record<string, string>): string {
    if (!source) {
      return "";
    }
    if (source === "once" || source === "saved") {
      return t(`connections.test.hostKey.${source}`);
    }
    const known = t("connections.test.hostKey.known", { file: source });
    return vouched === undefined ? known : `${t("connections.test.hostKey.certificate")} · ${known}`;
  }

  function how({ method, tried }: Record<string, string>): string[] {
    return [
      method ? t("connections.test.by", { method }) : "",
      tried && tried !== method ? t("connections.test.tried", { tried }) : "",
    ];
  }

  function certificate({ subject, issuer, names, expires }: Record<string, string>): string[] {
    if (!subject || !expires) {
      return [];
    }
    const until = new Intl.DateTimeFormat(i18n.language, { dateStyle: "medium" }).format(new Date(expires));
    const whose = t("connections.test.certificate", { subject, issuer, expires: until });
    return names ? [whose, t("connections.test.names", { names })] : [whose];
  }

  function rights({ schemas, tables, reason }: Record<string, string>): string {
    const counts = [
      schemas && t("connections.test.schemas", { count: Number(schemas) }),
      tables && t("connections.test.tables", { count: Number(tables) }),
    ];
    return [...counts, reason].filter(Boolean).join(" · ");
  }
}
