import { readFileSync } from "node:fs";
import { resolve } from "node:path";

export type Language = "en" | "zh";

const folder = resolve(import.meta.dirname, "../../src/lib/i18n/locales");
const subjects = ["common", "compare", "connections", "errors", "hazards", "objects", "plan", "run"];

type Tree = { [key: string]: string | Tree };

function load(language: Language): Tree {
  const tree: Tree = {};
  for (const subject of subjects) {
    const texts = JSON.parse(readFileSync(resolve(folder, language, `${subject}.json`), "utf8")) as Tree;
    if (subject === "common") {
      Object.assign(tree, texts);
    } else {
      tree[subject] = texts;
    }
  }
  return tree;
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
