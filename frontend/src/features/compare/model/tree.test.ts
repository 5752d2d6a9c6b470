import { describe, expect, it } from "vitest";
import { applyFilter, initialFilter } from "@/features/compare/model/filter";
import { manyRows, rowsOf } from "@/features/compare/model/fixtures";
import { nameOf, type Rows, readRows } from "@/features/compare/model/rows";
import {
  canOpen,
  indexOfItem,
  initialExpansion,
  isOpen,
  layout,
  level,
  nextDifference,
  rowOf,
  setOpen,
} from "@/features/compare/model/tree";

const rows = rowsOf(`
~ table orders
  + column total
  - column note !
~ table plain
> table customers
  ~ index by_name
= view recent
`);
const everything = applyFilter(rows, initialFilter);
const open = { open: true, except: new Set<number>() };

function lines(of: Rows, items: Int32Array) {
  return [...items].map(
    (item) => "  ".repeat(level(of, item) - 1) + nameOf(of, rowOf(item)) + (item < 0 ? "*" : ""),
  );
}

describe("the lines of the tree", () => {
  it("are tables with what is under them, and an altered table's own change apart", () => {
    expect(lines(rows, layout(rows, everything, open))).toEqual([
      "orders",
      "  orders*",
      "  total",
      "  note",
      "plain",
      "customers",
      "  by_name",
    ]);
  });

  it("of a folded table are one", () => {
    const folded = setOpen(open, 0, false);
    expect(lines(rows, layout(rows, everything, folded)).slice(0, 2)).toEqual(["orders", "plain"]);
    expect(isOpen(folded, 0)).toBe(false);
    expect(isOpen(setOpen(folded, 0, true), 0)).toBe(true);
  });

  it("are only what the filter leaves", () => {
    const drops = applyFilter(rows, { ...initialFilter, states: ["drop"] });
    expect(lines(rows, layout(rows, drops, open))).toEqual(["orders", "  note"]);
    expect(canOpen(rows, drops, 0)).toBe(true);
    expect(canOpen(rows, drops, 4)).toBe(false);
  });

  it("are found again by their item", () => {
    const items = layout(rows, everything, open);
    expect([...items].map((item) => indexOfItem(items, item))).toEqual([...items.keys()]);
    expect(indexOfItem(items, 6)).toBe(-1);
  });
});

describe("next and previous difference", () => {
  it("stop at what differs itself, in folded tables too", () => {
    const stops: number[] = [];
    for (let row = nextDifference(rows, everything, undefined, 1); row !== undefined; ) {
      stops.push(row);
      row = nextDifference(rows, everything, row, 1);
    }
    expect(stops).toEqual([0, 1, 2, 3, 5]);
    expect(nextDifference(rows, everything, 5, -1)).toBe(3);
    expect(nextDifference(rows, everything, 0, -1)).toBeUndefined();
    expect(nextDifference(rows, everything, undefined, -1)).toBe(5);
  });
});

it("lays out 100,000 rows, spread out or folded", () => {
  const many = readRows(manyRows(25_000));
  const filtered = applyFilter(many, initialFilter);
  expect(layout(many, filtered, open)).toHaveLength(100_000);
  expect(layout(many, filtered, initialExpansion(many))).toHaveLength(25_000);
});
