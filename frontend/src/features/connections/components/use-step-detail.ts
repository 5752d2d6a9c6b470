import { useTranslation } from "react-i18next";
import type { TestStep } from "@/lib/backend/client";
import type { Texts } from "@/lib/i18n/languages";

export type TestStepName = keyof Texts["connections"]["test"]["step"];

/** What a step found out, from its arguments. */
export function useStepDetail() {
  const { t, i18n } = useTranslation();
  return ({ name, detail }: TestStep): string => {
    switch (name) {
      case "resolve":
        return [detail.host, detail.addresses].filter(Boolean).join(" → ");
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
