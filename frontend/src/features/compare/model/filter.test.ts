import { describe, expect, it } from "vitest";
import { applyFilter, type Filter, initialFilter, narrows, shown } from "@/features/compare/model/filter";
import { manyRows, rowsOf } from "@/features/compare/model/fixtures";
import { countKinds, countStates, nameOf, pathOf, readRows } from "@/features/compare/model/rows";

const rows = rowsOf(`
~ table app.orders
  + column total
  - column note !
> table app.customers
  ~ index by_Name
  ? check positive
- table archive.orders !
= view app.recent_orders
`);

function matches(filter: Partial<Filter>) {
  const result = applyFilter(rows, { ...initialFilter, ...filter });
  return [...result.shown].flatMap((how, row) => (how === shown.match ? [nameOf(rows, row)] : []));
}

function context(filter: Partial<Filter>) {
  const result = applyFilter(rows, { ...initialFilter, ...filter });
  return [...result.shown].flatMap((how, row) => (how === shown.context ? [nameOf(rows, row)] : []));
}

describe("the filter", () => {
  it("starts with everything that differs", () => {
    expect(matches({})).toEqual(["orders", "total", "note", "by_Name", "positive", "orders"]);
    expect(context({})).toEqual(["customers"]);
    expect(narrows(initialFilter)).toBe(false);
  });

  it("by state keeps the table above what fits", () => {
    expect(matches({ states: ["create"] })).toEqual(["total"]);
    expect(context({ states: ["create"] })).toEqual(["orders"]);
  });

  it("shows what is identical on demand, which is no narrowing", () => {
    const states = [...initialFilter.states, "identical" as const];
    expect(matches({ states })).toContain("recent_orders");
    expect(narrows({ ...initialFilter, states })).toBe(false);
  });

  it("by kind", () => {
    expect(matches({ kinds: ["index", "check"] })).toEqual(["by_Name", "positive"]);
  });

  it("by what may destroy data", () => {
    expect(matches({ destructiveOnly: true })).toEqual(["note", "orders"]);
  });

  it("by part of a name, whatever the case", () => {
    expect(matches({ text: "NAME" })).toEqual(["by_Name"]);
  });

  it("by a table's name with all that is under it", () => {
    expect(matches({ text: "orders" })).toEqual(["orders", "total", "note", "orders"]);
  });

  it("by the path where the text has a dot", () => {
    expect(matches({ text: "archive.ord" })).toEqual(["orders"]);
    expect(matches({ text: "orders.no" })).toEqual(["note"]);
  });

  it("by a regular expression between slashes", () => {
    expect(matches({ text: "/^by_|^tot/" })).toEqual(["total", "by_Name"]);
  });

  it("says when the regular expression does not work, and filters by the rest", () => {
    const result = applyFilter(rows, { ...initialFilter, kinds: ["index"], text: "/(/" });
    expect(result).toMatchObject({ badPattern: true, matches: 1 });
  });

  it("may leave nothing", () => {
    expect(applyFilter(rows, { ...initialFilter, text: "nowhere" }).matches).toBe(0);
  });
});

describe("rows", () => {
  it("are counted by state and by kind of what differs", () => {
    expect(countStates(rows)).toEqual({
      create: 1,
      alter: 2,
      drop: 2,
      rename: 0,
      contains: 1,
      unmodelled: 1,
      identical: 1,
    });
    expect(countKinds(rows)).toEqual([
      { kind: "table", count: 2 },
      { kind: "column", count: 2 },
      { kind: "index", count: 1 },
      { kind: "check", count: 1 },
    ]);
  });

  it("have paths", () => {
    expect(pathOf(rows, 0)).toBe("app.orders");
    expect(pathOf(rows, 6)).toBe("archive.orders");
    const mysql = rowsOf("~ table orders\n  + column total");
    expect(pathOf(mysql, 1)).toBe("orders.total");
  });

  it("of another order of state words mean the same", () => {
    const data = {
      ...manyRows(1),
      states: ["identical", "create", "alter", "drop", "contains", "unmodelled"],
    };
    expect(countStates(readRows({ ...data, state: [0, 1, 2, 3] }))).toMatchObject({
      identical: 1,
      create: 1,
      alter: 1,
      drop: 1,
    });
  });
});

it("filters 100,000 rows by anything", () => {
  const many = readRows(manyRows(25_000));
  expect(applyFilter(many, initialFilter).matches).toBe(75_000);
  expect(applyFilter(many, { ...initialFilter, text: "table_24999" }).matches).toBe(3);
  expect(applyFilter(many, { ...initialFilter, text: "/_24999\\.column_[12]$/" }).matches).toBe(2);
  expect(applyFilter(many, { ...initialFilter, destructiveOnly: true }).matches).toBe(25_000);
});
