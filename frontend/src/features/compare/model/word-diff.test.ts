import { describe, expect, it } from "vitest";
import { wordDiff } from "@/features/compare/model/word-diff";

/** The differing texts, "source → target". */
function differences(a: string, b: string) {
  return wordDiff(a, b).map(
    ({ fromA, toA, fromB, toB }) => `${a.slice(fromA, toA)} → ${b.slice(fromB, toB)}`,
  );
}

describe("what differs between two definitions", () => {
  it("is whole words", () => {
    expect(differences("name varchar(120) NOT NULL,", "name varchar(200) NOT NULL,")).toEqual(["120 → 200"]);
    expect(differences("at timestamp with time zone", "at timestamp without time zone")).toEqual([
      "with → without",
    ]);
  });

  it("is a whole line where the other side has none", () => {
    expect(differences("a\n  phone text,\nb\n", "a\nb\n")).toEqual(["  phone text,\n → "]);
  });

  it("is nothing between equal texts", () => {
    expect(differences("a\nb", "a\nb")).toEqual([]);
    expect(differences("", "")).toEqual([]);
  });

  it("is one difference where only signs stand between two", () => {
    expect(differences("f(a, b)", "f(c, d)")).toEqual(["a, b → c, d"]);
  });

  it("keeps places right in texts with other alphabets", () => {
    expect(differences("COMMENT '客户😀'\nx", "COMMENT '顾客😀'\ny")).toEqual(["客户 → 顾客", "x → y"]);
  });

  it("turns one text into the other", () => {
    const a =
      "CREATE TABLE t (\n  id int,\n  phone text,\n  total numeric(12,2) NOT NULL\n);\n\nCOMMENT ON t IS 'x';";
    const b = "CREATE TABLE t (\n  id bigint,\n  total numeric(10,2),\n  fax text\n);\n";
    let made = "";
    let from = 0;
    for (const change of wordDiff(a, b)) {
      made += a.slice(from, change.fromA) + b.slice(change.fromB, change.toB);
      from = change.toA;
    }
    expect(made + a.slice(from)).toBe(b);
  });
});
