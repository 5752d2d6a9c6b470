import { describe, expect, it } from "vitest";
import { languages, pickLanguage } from "@/lib/i18n/languages";

type Texts = { [key: string]: string | Texts };

/** Every text under its full key, such as "theme.light". */
function flatten(texts: Texts, prefix = ""): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === "string") {
      flat.set(prefix + key, value);
    } else {
      for (const [inner, text] of flatten(value, `${prefix}${key}.`)) {
        flat.set(inner, text);
      }
    }
  }
  return flat;
}

/** What the code fills in or draws around: {{placeholders}} and <tags>, in a fixed order. */
function placeholders(text: string): string[] {
  return (text.match(/\{\{.*?\}\}|<\/?\w+\/?>/g) ?? []).sort();
}

/** Languages have as many forms of a plural as they need: "one" and "other" in English, "other" in Chinese. */
function withoutPlurals(keys: Iterable<string>): string[] {
  return [...new Set([...keys].map((key) => key.replace(/_(zero|one|two|few|many|other)$/, "")))].sort();
}

const [english, ...others] = languages.map(({ code, texts }) => ({ code, texts: flatten(texts) }));

describe.each(others)("the $code texts", ({ texts }) => {
  it("have the keys of the English ones, and no others", () => {
    expect(withoutPlurals(texts.keys())).toEqual(withoutPlurals(english?.texts.keys() ?? []));
  });

  it("have the placeholders of the English ones", () => {
    const wanted = [...(english?.texts ?? [])].map(([key, text]) => [key, placeholders(text)]);
    const textOf = (key: string) => texts.get(key) ?? texts.get(key.replace(/_one$/, "_other")) ?? "";
    const found = wanted.map(([key]) => [key, placeholders(textOf(key as string))]);
    expect(found).toEqual(wanted);
  });

  it("are not empty", () => {
    expect([...texts].filter(([, text]) => text.trim() === "")).toEqual([]);
  });
});

it("Chinese sentences use Chinese punctuation", () => {
  const zh = flatten(languages[1].texts);
  expect(
    [...zh.values()].filter((text) => /\p{Script=Han}[,;:?!()]|[,;?!()]\p{Script=Han}/u.test(text)),
  ).toEqual([]);
});

describe("the first language shown", () => {
  it.each([
    [["zh-TW", "en"], "zh"],
    [["ZH"], "zh"],
    [["en-GB", "zh-CN"], "en"],
    [["fr-FR", "zh-CN"], "zh"],
    [["fr-FR"], "en"],
    [[], "en"],
  ] as const)("of a system that prefers %j is %s", (preferred, language) => {
    expect(pickLanguage(preferred)).toBe(language);
  });
});
