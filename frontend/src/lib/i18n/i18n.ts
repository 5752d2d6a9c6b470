import i18n from "i18next";
import { initReactI18next } from "react-i18next";
import { languageCodes, languages, pickLanguage } from "@/lib/i18n/languages";
import { readPreference, subscribeToPreferences, writePreference } from "@/lib/preferences";

const preference = "language";

/** The language that holds now: the remembered one, or the system's. */
function chosenLanguage() {
  return readPreference(preference, languageCodes) ?? pickLanguage(navigator.languages);
}

/** Starts in the remembered language, or the system's, and remembers every later choice. */
export function startI18n() {
  i18n.on("languageChanged", (code) => {
    document.documentElement.lang = code === "zh" ? "zh-CN" : code;
  });
  void i18n.use(initReactI18next).init({
    lng: chosenLanguage(),
    fallbackLng: "en",
    resources: Object.fromEntries(languages.map(({ code, texts }) => [code, { translation: texts }])),
    // The texts are in the program, so there is nothing to wait for.
    initAsync: false,
    // React escapes what it renders.
    interpolation: { escapeValue: false },
  });
  i18n.on("languageChanged", (code) => {
    if (code !== readPreference(preference, languageCodes)) {
      writePreference(preference, code);
    }
  });
  subscribeToPreferences(() => {
    const code = readPreference(preference, languageCodes);
    if (code && code !== i18n.language) {
      void i18n.changeLanguage(code);
    }
  });
}
