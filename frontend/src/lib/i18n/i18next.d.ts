import "i18next";
import type en from "@/lib/i18n/locales/en.json";

/** A key that the English file lacks is a type error. */
declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: typeof en };
  }
}
