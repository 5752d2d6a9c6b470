import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import i18n from "i18next";
import { beforeAll, describe, expect, it } from "vitest";
import { hazardSentence, hazardTitle, riskSentence } from "@/features/plan/hazards";
import type { Hazard } from "@/lib/backend/client";
import { startI18n } from "@/lib/i18n/i18n";
import { languages } from "@/lib/i18n/languages";

const folder = resolve(import.meta.dirname, "../../../../backend/hazard");
const go = readdirSync(folder)
  .filter((name) => name.endsWith(".go") && !name.endsWith("_test.go"))
  .map((name) => readFileSync(resolve(folder, name), "utf8"))
  .join("\n");

/** The values of the constants of a Go type. */
function constants(type: string): string[] {
  return [...go.matchAll(new RegExp(`^\\s*\\w+\\s+${type}\\s*=\\s*"(\\w+)"`, "gm"))].map(
    (match) => match[1] as string,
  );
}

const codes = constants("Code");
const reasons = constants("Reason");

/** The Go names of the reasons that rows are counted for. */
const countable = [...(go.match(/^var found = .*?^\}/ms)?.[0] ?? "").matchAll(/^\s*(\w+):/gm)].map(
  (match) => match[1] as string,
);

beforeAll(startI18n);

it("finds the catalogue in the Go source", () => {
  expect(codes).toContain("data_loss");
  expect(reasons).toContain("null_values");
  expect(countable).toContain("NullValues");
});

describe.each(languages)("in $name", ({ texts }) => {
  it.each(codes)("the hazard %s has a name, a sentence, and one for many", (code) => {
    expect(texts.hazards.title).toHaveProperty(code);
    expect(texts.hazards.code).toHaveProperty(code);
    expect(texts.hazards.many).toHaveProperty(code);
  });

  it.each(reasons)("the reason %s has a text", (reason) => {
    expect(texts.hazards.reason).toHaveProperty(reason);
  });

  it.each(countable)("rows that are counted for the reason %s have a sentence", (name) => {
    const reason = go.match(new RegExp(`^\\s*${name}\\s+Reason\\s*=\\s*"(\\w+)"`, "m"))?.[1];
    expect(texts.hazards.found).toHaveProperty(`${reason}_other`);
  });
});

describe("a hazard's sentence", () => {
  const say = (hazard: Partial<Hazard>) =>
    hazardSentence(i18n.t, { code: "", severity: "caution", args: [], text: "the English text", ...hazard });

  it("fills in the arguments", async () => {
    await i18n.changeLanguage("en");
    expect(say({ code: "value_loss", args: ["t.a", "bigint", "int"] })).toBe(
      "Values in t.a may be cut or rounded by the change from bigint to int",
    );
    await i18n.changeLanguage("zh");
    expect(say({ code: "data_loss", args: ["orders"] })).toBe("orders 中的数据将丢失");
  });

  it("says the reason with its own arguments", async () => {
    await i18n.changeLanguage("en");
    expect(say({ code: "may_fail", args: ["users", "cast", "age", "integer"] })).toBe(
      "Existing rows of users may stand in the way: values of age may not convert to integer",
    );
  });

  it("takes arguments as they are", async () => {
    await i18n.changeLanguage("en");
    expect(say({ code: "may_fail", args: ["{{1}}", "null_values", "$t(plan.title)<b>"] })).toBe(
      "Existing rows of {{1}} may stand in the way: there may be NULL in $t(plan.title)<b>",
    );
  });

  it("is the backend's own when the code or the reason is not known", () => {
    expect(say({ code: "brand_new", args: ["t"] })).toBe("the English text");
    expect(say({ code: "may_fail", args: ["t", "brand_new"] })).toBe("the English text");
    expect(hazardTitle(i18n.t, "brand_new")).toBe("brand new");
  });

  it("speaks of all objects of a risk that has several", async () => {
    await i18n.changeLanguage("en");
    const hazard = { code: "data_loss", severity: "destroys", args: ["a"], text: "" };
    expect(riskSentence(i18n.t, { id: "x", hazard, objects: ["a"], count: 1 } as never)).toBe(
      "The data in a is lost",
    );
    expect(riskSentence(i18n.t, { id: "x", hazard, objects: ["a", "b"], count: 13 } as never)).toBe(
      "The data in 13 objects is lost",
    );
  });
});
