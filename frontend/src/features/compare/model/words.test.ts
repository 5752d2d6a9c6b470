import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import i18n from "i18next";
import { beforeAll, describe, expect, it } from "vitest";
import { ignorable } from "@/features/compare/model/choice";
import { fieldWord, kindWord } from "@/features/compare/model/words";
import { startI18n } from "@/lib/i18n/i18n";
import { languages } from "@/lib/i18n/languages";

const backend = resolve(import.meta.dirname, "../../../../../backend");

function source(...folders: string[]): string {
  return folders
    .flatMap((folder) =>
      readdirSync(resolve(backend, folder))
        .filter((name) => name.endsWith(".go") && !name.endsWith("_test.go"))
        .map((name) => readFileSync(resolve(backend, folder, name), "utf8")),
    )
    .join("\n");
}

function all(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map((match) => match[1] as string))].sort();
}

/** What the backend may name, as its own source lists it: whoever adds there learns here that words are missing. */
const kinds = all(source("schema"), /^\tKind\w+\s+Kind = "(\w+)"$/gm);
const properties = all(source("schema"), /\{"(\w+)", (?:Class\w+|b\.Comment), /g);
const attributes = all(
  source("engine/postgres", "engine/mysql", "engine/sqlite"),
  /^\tattr\w+\s*= "(\w+:?)"/gm,
);

it("the backend's lists are found", () => {
  expect(kinds).toContain("materialized_view");
  expect(properties).toEqual(expect.arrayContaining(["comment", "not_null", "referenced_table", "labels"]));
  expect(attributes).toEqual(expect.arrayContaining(["row_format", "replica_identity", "column_comment:"]));
});

describe.each(languages.map(({ code, texts }) => ({ code, objects: texts.objects })))(
  "in $code",
  ({ objects }) => {
    it("every kind has words, and nothing else has", () => {
      expect(Object.keys(objects.kind).sort()).toEqual(kinds);
      expect(Object.keys(objects.kinds).sort()).toEqual(kinds);
    });

    it("every property has words, and nothing else has", () => {
      const plain = attributes.filter((name) => !name.endsWith(":"));
      const wanted = new Set([...properties, ...plain, "column_order"]);
      expect(Object.keys(objects.field).sort()).toEqual([...wanted].sort());
    });

    it("every property of a part has words, and nothing else has", () => {
      const prefixes = attributes.filter((name) => name.endsWith(":")).map((name) => name.slice(0, -1));
      expect(Object.keys(objects.fieldOf).sort()).toEqual(prefixes.sort());
    });
  },
);

it("what can be ignored is what the backend can ignore", () => {
  const list = /var Ignorable = \[\]string\{(.*)\}/.exec(source("service"))?.[1] ?? "";
  expect(ignorable).toEqual(
    all(list, /"(\w+)"/g).sort((a, b) => list.indexOf(`"${a}"`) - list.indexOf(`"${b}"`)),
  );
});

describe("words", () => {
  beforeAll(async () => {
    startI18n();
    await i18n.changeLanguage("en");
  });

  it.each([
    ["column", "not_null", "Not null"],
    ["column", "auto_increment", "Auto-increment"],
    ["table", "auto_increment", "Auto-increment counter"],
    ["view", "column_comment:note", "Comment of column note"],
    ["materialized_view", "column_setting:storage:a:b", "Storage of column a:b"],
    ["table", "from_the_future", "from_the_future"],
    ["table", "from:the future", "from:the future"],
  ])("of a %s's %s are %j", (kind, field, words) => {
    expect(fieldWord(i18n.t, kind, field)).toBe(words);
  });

  it("of an unknown kind are its name", () => {
    expect(kindWord(i18n.t, "foreign_key")).toBe("Foreign key");
    expect(kindWord(i18n.t, "synonym")).toBe("synonym");
  });
});
