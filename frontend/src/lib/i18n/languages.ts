import en from "@/lib/i18n/locales/en.json";
import zh from "@/lib/i18n/locales/zh.json";

/** The languages of the window, each under its own name. English comes first: it is what others fall back to. */
export const languages = [
  { code: "en", name: "English", texts: en },
  { code: "zh", name: "中文", texts: zh },
] as const;

export type LanguageCode = (typeof languages)[number]["code"];

export const languageCodes: readonly LanguageCode[] = languages.map(({ code }) => code);

/** The first of the system's languages that the window has, such as "zh" for "zh-TW"; else English. */
export function pickLanguage(preferred: readonly string[]): LanguageCode {
  for (const tag of preferred) {
    const code = languageCodes.find((known) => known === tag.toLowerCase().split("-")[0]);
    if (code) {
      return code;
    }
  }
  return "en";
}
