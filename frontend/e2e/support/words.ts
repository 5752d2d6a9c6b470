import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pseudo } from "./pseudo";

/** pseudo: the English texts of a page that was built with accented ones. */
export type Language = "en" | "zh" | "pseudo";

const folder = resolve(import.meta.dirname, "../../src/lib/i18n/locales");
const subjects = [
  "common",
  "compare",
  "connections",
  "errors",
  "hazards",
  "notes",
  "objects",
  "plan",
  "questions",
  "run",
];

type Tree = { [key: string]: string | Tree };

function load(language: Language): Tree {
  const tree: Tree = {};
  const path = (subject: string) => resolve(folder, language === "zh" ? "zh" : "en", `${subject}.json`);
  const inText = (_: string, value: unknown) =>
    language === "pseudo" && typeof value === "string" ? pseudo(value) : value;
  for (const subject of subjects) {
    const texts = JSON.parse(readFileSync(path(subject), "utf8"), inText) as Tree;
    if (subject === "common") {
      Object.assign(tree, texts);
    } else {
      tree[subject] = texts;
    }
  }
  return tree;
}

/** All texts of a language, one after the other. */
export function allWords(language: Language): string[] {
  const collect = (tree: Tree): string[] =>
    Object.values(tree).flatMap((value) => (typeof value === "string" ? [value] : collect(value)));
  return collect(load(language));
}

/** The window's texts in a language, by the keys that the page uses; a missing key is an error. */
export function words(language: Language) {
  const all = load(language);
  return (key: string, values: Record<string, string | number> = {}): string => {
    let found: string | Tree | undefined = all;
    for (const part of key.split(".")) {
      found = typeof found === "object" ? found[part] : undefined;
    }
    if (typeof found !== "string") {
      throw new Error(`there is no text ${key} in ${language}`);
    }
    return found
      .replace(/\{\{(\w+)[^}]*\}\}/g, (_, name: string) => String(values[name] ?? ""))
      .replace(/<\/?\w+>/g, "");
  };
}
