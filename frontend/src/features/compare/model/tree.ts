import { type Filtered, shown, stops } from "@/features/compare/model/filter";
import { at, hasChildren, type Rows, stateNumber, tickable } from "@/features/compare/model/rows";

/**
 * One line of the tree: a row's id, or its complement for the line that stands for an altered table's own change, apart
 * from what is under it.
 */
export type Item = number;

export function rowOf(item: Item): number {
  return item < 0 ? ~item : item;
}

export function isOwnLine(item: Item): boolean {
  return item < 0;
}

/** Only an altered table can change without what is under it, and the other way round. */
export function hasOwnLine(rows: Rows, row: number): boolean {
  if (at(rows.state, row) !== stateNumber.alter || at(rows.parent, row) >= 0) {
    return false;
  }
  for (let child = row + 1; child < at(rows.end, row); child++) {
    if (tickable(rows, child)) {
      return true;
    }
  }
  return false;
}

/** Whether the line's box stands for a table with all that is under it. */
export function isGroup(rows: Rows, item: Item): boolean {
  return !isOwnLine(item) && hasChildren(rows, item);
}

export function level(rows: Rows, item: Item): 1 | 2 {
  return isOwnLine(item) || at(rows.parent, item) >= 0 ? 2 : 1;
}

/** Which tables are open: all but some, or none but some. */
export interface Expansion {
  readonly open: boolean;
  readonly except: ReadonlySet<number>;
}

export function isOpen(expansion: Expansion, row: number): boolean {
  return expansion.open !== expansion.except.has(row);
}

export function setOpen(expansion: Expansion, row: number, open: boolean): Expansion {
  if (isOpen(expansion, row) === open) {
    return expansion;
  }
  const except = new Set(expansion.except);
  open === expansion.open ? except.delete(row) : except.add(row);
  return { open: expansion.open, except };
}

/** Few rows are shown spread out, many folded. */
export function initialExpansion(rows: Rows): Expansion {
  let differing = 0;
  for (let row = 0; row < rows.count; row++) {
    differing += at(rows.state, row) === stateNumber.identical ? 0 : 1;
  }
  return { open: differing <= 400, except: new Set() };
}

/** The lines to show, from top to bottom. */
export function layout(rows: Rows, filtered: Filtered, expansion: Expansion): Int32Array {
  const items = new Int32Array(filtered.shown.length * 2);
  let n = 0;
  for (let row = 0; row < rows.count; row = at(rows.end, row)) {
    const state = at(filtered.shown, row);
    if (state === shown.no) {
      continue;
    }
    items[n++] = row;
    if (!hasChildren(rows, row) || !isOpen(expansion, row)) {
      continue;
    }
    if (state === shown.match && hasOwnLine(rows, row)) {
      items[n++] = ~row;
    }
    for (let child = row + 1; child < at(rows.end, row); child++) {
      if (at(filtered.shown, child) === shown.match) {
        items[n++] = child;
      }
    }
  }
  return items.slice(0, n);
}

/** Whether anything can be shown under the row. */
export function canOpen(rows: Rows, filtered: Filtered, row: number): boolean {
  for (let child = row + 1; child < at(rows.end, row); child++) {
    if (at(filtered.shown, child) === shown.match) {
      return true;
    }
  }
  return false;
}

/** The next or previous row that differs and is not filtered away, folded or not; undefined behind the last. */
export function nextDifference(
  rows: Rows,
  filtered: Filtered,
  from: number | undefined,
  step: 1 | -1,
): number | undefined {
  for (
    let row = from === undefined ? (step > 0 ? 0 : rows.count - 1) : from + step;
    row >= 0 && row < rows.count;
    row += step
  ) {
    if (stops(rows, filtered, row)) {
      return row;
    }
  }
  return undefined;
}

/** The item's place among the lines, by binary search over rows, which ascend; -1 when it is not shown. */
export function indexOfItem(items: Int32Array, item: Item): number {
  const order = (x: Item) => rowOf(x) * 2 + (x < 0 ? 1 : 0);
  const wanted = order(item);
  let low = 0;
  let high = items.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = order(at(items, middle));
    if (found === wanted) {
      return middle;
    }
    if (found < wanted) {
      low = middle + 1;
    } else {
      high = middle - 1;
    }
  }
  return -1;
}
