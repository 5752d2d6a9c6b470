import { expect, it } from "vitest";
import { sqlTokens } from "@/lib/sql-tokens";

const statement = "ALTER TABLE \"t\"\n  ADD COLUMN a text DEFAULT 'it''s' -- why\n";

it("draws keywords, strings and comments apart", () => {
  const of = (text: string) =>
    sqlTokens(statement, "PostgreSQL").find((token) => token.text.includes(text))?.classes;
  expect(of("ALTER")).toContain("tok-keyword");
  expect(of("'it''s'")).toContain("tok-string");
  expect(of("-- why")).toContain("tok-comment");
});

it.each([
  ["PostgreSQL", statement],
  ["MySQL", "CREATE TABLE `a b` (\r\n  `x` int COMMENT '<b>\\'</b>'\r\n)"],
  ["MariaDB", "DELIMITER // 😀"],
  ["SQLite", ""],
  ["something else", "SELECT 1"],
  ["PostgreSQL", `-- ${"x".repeat(70_000)}\nSELECT 1`],
])("keeps every character of %s", (flavor, sql) => {
  const text = sqlTokens(sql, flavor)
    .map((token) => token.text)
    .join("");
  expect(text.replace(/\n/g, "")).toBe(sql.replace(/\n/g, ""));
});
