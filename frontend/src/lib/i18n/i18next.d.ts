import "i18next";
import type { Texts } from "@/lib/i18n/languages";

/** A key that the English files lack is a type error. */
declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: Texts };
  }
}
