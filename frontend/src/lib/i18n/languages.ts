import enCommon from "@/lib/i18n/locales/en/common.json";
import enCompare from "@/lib/i18n/locales/en/compare.json";
import enConnections from "@/lib/i18n/locales/en/connections.json";
import enErrors from "@/lib/i18n/locales/en/errors.json";
import enHazards from "@/lib/i18n/locales/en/hazards.json";
import enNotes from "@/lib/i18n/locales/en/notes.json";
import enObjects from "@/lib/i18n/locales/en/objects.json";
import enPlan from "@/lib/i18n/locales/en/plan.json";
import enQuestions from "@/lib/i18n/locales/en/questions.json";
import enRun from "@/lib/i18n/locales/en/run.json";
import zhCommon from "@/lib/i18n/locales/zh/common.json";
import zhCompare from "@/lib/i18n/locales/zh/compare.json";
import zhConnections from "@/lib/i18n/locales/zh/connections.json";
import zhErrors from "@/lib/i18n/locales/zh/errors.json";
import zhHazards from "@/lib/i18n/locales/zh/hazards.json";
import zhNotes from "@/lib/i18n/locales/zh/notes.json";
import zhObjects from "@/lib/i18n/locales/zh/objects.json";
import zhPlan from "@/lib/i18n/locales/zh/plan.json";
import zhQuestions from "@/lib/i18n/locales/zh/questions.json";
import zhRun from "@/lib/i18n/locales/zh/run.json";

/** One file per subject. What every page uses lies at the top; the others lie under their own name: "connections.title". */
const en = {
  ...enCommon,
  compare: enCompare,
  connections: enConnections,
  errors: enErrors,
  hazards: enHazards,
  notes: enNotes,
  objects: enObjects,
  plan: enPlan,
  questions: enQuestions,
  run: enRun,
};

const zh = {
  ...zhCommon,
  compare: zhCompare,
  connections: zhConnections,
  errors: zhErrors,
  hazards: zhHazards,
  notes: zhNotes,
  objects: zhObjects,
  plan: zhPlan,
  questions: zhQuestions,
  run: zhRun,
};

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

/** The texts as the English files have them: what keys are checked against. */
export type Texts = typeof en;
