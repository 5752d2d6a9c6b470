import { describe, expect, it } from "vitest";
import {
  checkChoice,
  effectiveOptions,
  globProblem,
  initialOptions,
  isRule,
  sameOptions,
  shortAddress,
  splitTokens,
  translates,
  withRule,
} from "@/features/compare/model/choice";

const saved = [
  { id: "dev", engine: "postgres" },
  { id: "prod", engine: "postgres" },
  { id: "shop", engine: "mysql" },
  { id: "shop2", engine: "mariadb" },
];

describe("the choice of source and target", () => {
  it.each([
    ["dev", "prod", {}],
    ["shop", "shop2", {}],
    ["", "prod", { source: "missing" }],
    ["dev", "", { target: "missing" }],
    ["dev", "deleted", { target: "gone" }],
    ["dev", "dev", { target: "same" }],
    ["dev", "shop", {}],
  ])("of %j and %j: %j", (source, target, problems) => {
    expect(checkChoice(saved, source, target)).toEqual({ source: undefined, target: undefined, ...problems });
  });
});

it("typed and pasted lists are split", () => {
  expect(splitTokens("a, b\n c_*，d, a, e f")).toEqual(["a", "b", "c_*", "d", "e f"]);
  expect(splitTokens(" ")).toEqual([]);
});

describe("globs", () => {
  it.each(["orders", "app.*", "tmp_?", "[a-z]*", "[^a]b", "a\\*"])("%s is one", (glob) => {
    expect(globProblem(glob)).toBeUndefined();
  });
  it.each([
    ["[a", "brackets"],
    ["[]", "brackets"],
    ["a\\", "escape"],
  ])("%s is none: %s", (glob, problem) => {
    expect(globProblem(glob)).toBe(problem);
  });
});

it("options are the same whatever the order of what is ignored", () => {
  const a = { ...initialOptions, ignore: ["comments", "storage"] };
  expect(sameOptions(a, { ...a, ignore: ["storage", "comments"] })).toBe(true);
  expect(sameOptions(a, { ...a, include: ["x"] })).toBe(false);
});

it("schemas count only for what has schemas", () => {
  const options = { ...initialOptions, sourceSchemas: ["app"], targetSchemas: ["app"] };
  expect(effectiveOptions(options, { engine: "postgres" }, { engine: "mysql" })).toMatchObject({
    sourceSchemas: ["app"],
    targetSchemas: [],
  });
});

it.each([
  ["postgres://me@dev:5432/shop?sslmode=disable", "me@dev:5432/shop"],
  ["sqlite:/home/me/shop.db", "/home/me/shop.db"],
])("the address %s is %s in short", (address, short) => {
  expect(shortAddress(address)).toBe(short);
});

describe("rules for types", () => {
  it("count only between engines", () => {
    const options = { ...initialOptions, map: ["tinyint(1)=smallint"] };
    const between = (source: string, target: string) =>
      effectiveOptions(options, { engine: source }, { engine: target }).map;
    expect(between("mysql", "postgres")).toEqual(["tinyint(1)=smallint"]);
    expect(between("mysql", "mariadb")).toEqual([]);
    expect(translates({ engine: "sqlite" }, { engine: "postgres" })).toBe(true);
    expect(sameOptions(options, initialOptions)).toBe(false);
  });

  it.each([
    ["tinyint(1)=smallint", true],
    ["orders.flag = boolean", true],
    ["tinyint(1)", false],
    ["=smallint", false],
    ["a= ", false],
  ])("%s as a rule: %s", (text, good) => {
    expect(isRule(text)).toBe(good);
  });

  it("take the place of the one about the same", () => {
    expect(withRule(["a.b=text", "c=int"], "a.b = bigint")).toEqual(["c=int", "a.b = bigint"]);
  });
});
