import { describe, expect, it } from "vitest";
import { manyRows, rowsOf } from "@/features/compare/model/fixtures";
import { readRows } from "@/features/compare/model/rows";
import {
  countTickable,
  initialTicks,
  keptTicks,
  noTicks,
  ownTick,
  pressRange,
  rangeTick,
  tickAll,
  tickedRows,
  tickOwn,
} from "@/features/compare/model/ticks";

const rows = rowsOf(`
~ table app.orders
  + column total
  - column note !
  ~ index by_day
+ table app.invoices
  + foreign_key invoices_order
- table app.old !
  - foreign_key old_order
> table app.customers
  ? check positive
= view app.recent
`);

describe("what is ticked", () => {
  it("starts with everything that destroys no data", () => {
    const ticks = initialTicks(rows);
    expect(tickedRows(ticks)).toEqual([0, 1, 3, 4, 5, 7]);
    expect(ticks).toMatchObject({ count: 6, destructive: 0 });
  });

  it("counts what can be ticked at all", () => {
    expect(countTickable(rows)).toEqual({ count: 8, destructive: 2 });
  });

  it("is never anything that cannot be executed", () => {
    expect(tickedRows(tickAll(rows, noTicks(rows), true, true))).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(ownTick(rows, initialTicks(rows), 9)).toBe("none");
    expect(ownTick(rows, initialTicks(rows), 10)).toBe("none");
  });

  it("counts as it changes", () => {
    const ticks = tickOwn(rows, tickOwn(rows, initialTicks(rows), 2, true), 1, false);
    expect(ticks).toMatchObject({ count: 6, destructive: 1 });
    expect(tickOwn(rows, ticks, 2, true)).toMatchObject({ count: 6, destructive: 1 });
  });

  it("leaves the ticks it was made from as they were", () => {
    const before = initialTicks(rows);
    tickOwn(rows, before, 1, false);
    expect(tickedRows(before)).toContain(1);
  });
});

describe("a table's box", () => {
  it("is mixed while only some of it is ticked, and absent where nothing can be", () => {
    const ticks = initialTicks(rows);
    expect(rangeTick(rows, ticks, 0, 4)).toBe("mixed");
    expect(rangeTick(rows, ticks, 4, 6)).toBe("on");
    expect(rangeTick(rows, noTicks(rows), 0, 4)).toBe("off");
    expect(rangeTick(rows, ticks, 8, 10)).toBe("none");
  });

  it("takes a press of its own for what destroys data", () => {
    const first = pressRange(rows, noTicks(rows), 0, 4);
    expect(tickedRows(first)).toEqual([0, 1, 3]);
    const second = pressRange(rows, first, 0, 4);
    expect(tickedRows(second)).toEqual([0, 1, 2, 3]);
    expect(tickedRows(pressRange(rows, second, 0, 4))).toEqual([]);
  });

  it("reaches only what is shown", () => {
    const index = (row: number) => row === 3;
    const ticks = pressRange(rows, initialTicks(rows), 0, 4, index);
    expect(tickedRows(ticks)).toEqual([0, 1, 4, 5, 7]);
    expect(rangeTick(rows, ticks, 0, 4, index)).toBe("off");
  });
});

describe("what cannot be otherwise", () => {
  it("a new table comes with anything under it, and takes it along when it goes", () => {
    expect(tickedRows(tickOwn(rows, noTicks(rows), 5, true))).toEqual([4, 5]);
    expect(tickedRows(tickOwn(rows, initialTicks(rows), 4, false))).not.toContain(5);
    expect(tickedRows(tickOwn(rows, noTicks(rows), 4, true))).toEqual([4]);
  });

  it("a dropped table takes what is under it along, and stays when any of that stays", () => {
    const dropped = tickOwn(rows, noTicks(rows), 6, true);
    expect(tickedRows(dropped)).toEqual([6, 7]);
    expect(tickedRows(tickOwn(rows, dropped, 7, false))).toEqual([]);
    expect(tickedRows(tickOwn(rows, noTicks(rows), 7, true))).toEqual([7]);
  });

  it("an altered table and what is under it are ticked apart", () => {
    expect(tickedRows(tickOwn(rows, noTicks(rows), 0, true))).toEqual([0]);
    expect(tickedRows(tickOwn(rows, noTicks(rows), 1, true))).toEqual([1]);
  });
});

it("ticks 100,000 rows and back", () => {
  const many = readRows(manyRows(25_000));
  const all = tickAll(many, noTicks(many), true, true);
  expect(all.count).toBe(countTickable(many).count);
  expect(tickedRows(all)).toHaveLength(all.count);
  expect(tickAll(many, all, false, true)).toMatchObject({ count: 0, destructive: 0 });
});

describe("after the same two were compared again", () => {
  const decided = tickOwn(rows, tickOwn(rows, tickOwn(rows, initialTicks(rows), 1, false), 2, true), 6, true);
  const before = { rows, ticks: decided };
  const names = (now: typeof rows) => tickedRows(keptTicks(now, before)).map((row) => now.name[row]);

  it("what the person decided still holds, wherever it stands now", () => {
    const now = rowsOf(`
~ table app.added
~ table app.orders
  + column total
  - column note !
- table app.old !
  - foreign_key old_order
`);
    expect(names(now)).toEqual(["added", "orders", "note", "old", "old_order"]);
  });

  it("another change of the same object starts as any does", () => {
    const now = rowsOf(`
~ table app.orders
  ~ column total
  ~ column note !
~ table app.old !
`);
    expect(names(now)).toEqual(["orders", "total"]);
  });

  it("an alteration that destroys is ticked anew", () => {
    const altering = rowsOf("~ table app.orders !");
    const all = tickAll(altering, noTicks(altering), true, true);
    expect(tickedRows(keptTicks(altering, { rows: altering, ticks: all }))).toEqual([]);
  });

  it("nothing new comes without its table, and nothing stays of one that goes", () => {
    const unticked = tickOwn(rows, tickOwn(rows, initialTicks(rows), 4, false), 6, true);
    const now = rowsOf(`
+ table app.invoices
  + column late
- table app.old !
  - column gone !
`);
    const kept = keptTicks(now, { rows, ticks: unticked });
    expect(tickedRows(kept).map((row) => now.name[row])).toEqual(["old", "gone"]);
    expect(kept).toMatchObject({ count: 2, destructive: 2 });
  });
});
