import {
  at,
  destructive,
  kindOf,
  nameOf,
  type Rows,
  schemaOf,
  stateNumber,
  tickable,
} from "@/features/compare/model/rows";

/** Which changes are to be executed. Never changed in place. */
export interface Ticks {
  readonly on: Uint8Array;
  readonly count: number;
  readonly destructive: number;
}

export type Tick = "on" | "off" | "mixed" | "none";

/** Limits what a tick reaches to what the person sees; all rows where there is none. */
export type Reach = (row: number) => boolean;
const everywhere: Reach = () => true;

/** Everything that destroys no data. */
export function initialTicks(rows: Rows): Ticks {
  return change(rows, noTicks(rows), (row) => (destructive(rows, row) ? undefined : true));
}

/**
 * The ticks of a new comparison of the same two: as they start, but where the person had decided otherwise about the same
 * change of the same object. A change that may destroy data is ticked again only when it drops what was to be dropped
 * before: what an alteration destroys may be something else by now.
 */
export function keptTicks(rows: Rows, before: { rows: Rows; ticks: Ticks }): Ticks {
  const decided = decisions(before.rows, before.ticks);
  const ticks = initialTicks(rows);
  if (decided.size === 0) {
    return ticks;
  }
  const kept = change(rows, ticks, (row) => {
    const on = decided.get(changeKey(rows, row));
    const dares = destructive(rows, row) && at(rows.state, row) !== stateNumber.drop;
    return on && dares ? undefined : on;
  });
  return change(rows, kept, (row) => {
    const parent = at(rows.parent, row);
    if (parent < 0) {
      return undefined;
    }
    const on = at(kept.on, parent) === 1;
    const takesAll = at(rows.state, parent) === (on ? stateNumber.drop : stateNumber.create);
    return takesAll ? on : undefined;
  });
}

/** What the person ticked or unticked against how the ticks start. */
function decisions(rows: Rows, ticks: Ticks): Map<string, boolean> {
  const start = initialTicks(rows).on;
  const decided = new Map<string, boolean>();
  for (let row = 0; row < rows.count; row++) {
    if (tickable(rows, row) && at(ticks.on, row) !== at(start, row)) {
      decided.set(changeKey(rows, row), at(ticks.on, row) === 1);
    }
  }
  return decided;
}

/** One change of one object, whatever its number is in a comparison; destroying what it did not is another one. */
function changeKey(rows: Rows, row: number): string {
  const parent = at(rows.parent, row);
  const above = parent >= 0 ? [kindOf(rows, parent), nameOf(rows, parent)] : [];
  const own = [schemaOf(rows, row), kindOf(rows, row), nameOf(rows, row)];
  return JSON.stringify([at(rows.state, row), destructive(rows, row), ...own, ...above]);
}

export function noTicks(rows: Rows): Ticks {
  return { on: new Uint8Array(rows.count), count: 0, destructive: 0 };
}

/** The ticked rows in ascending order. */
export function tickedRows(ticks: Ticks): number[] {
  const out = new Array<number>(ticks.count);
  let n = 0;
  for (let row = 0; row < ticks.on.length; row++) {
    if (at(ticks.on, row)) {
      out[n++] = row;
    }
  }
  return out;
}

/** How many changes could be ticked, and how many of them may destroy data. */
export function countTickable(rows: Rows): { count: number; destructive: number } {
  const total = { count: 0, destructive: 0 };
  for (let row = 0; row < rows.count; row++) {
    if (tickable(rows, row)) {
      total.count++;
      total.destructive += destructive(rows, row) ? 1 : 0;
    }
  }
  return total;
}

/** The tick of a row's own change. */
export function ownTick(rows: Rows, ticks: Ticks, row: number): Tick {
  if (!tickable(rows, row)) {
    return "none";
  }
  return at(ticks.on, row) ? "on" : "off";
}

/** The tick of rows from one up to another: a table with what is under it, or all. */
export function rangeTick(rows: Rows, ticks: Ticks, from: number, to: number, reach = everywhere): Tick {
  let on = 0;
  let off = 0;
  for (let row = from; row < to; row++) {
    if (tickable(rows, row) && reach(row)) {
      at(ticks.on, row) ? on++ : off++;
    }
  }
  if (on === 0) {
    return off === 0 ? "none" : "off";
  }
  return off === 0 ? "on" : "mixed";
}

/**
 * Ticks or unticks one change, with what cannot be otherwise: nothing under a new table comes without the table, and
 * nothing under a dropped one stays.
 */
export function tickOwn(rows: Rows, ticks: Ticks, row: number, on: boolean): Ticks {
  const wanted = new Set([row]);
  const parent = at(rows.parent, row);
  const head = parent >= 0 ? parent : row;
  const takesAll = on ? stateNumber.drop : stateNumber.create;
  if (row === head && at(rows.state, head) === takesAll) {
    for (let child = head + 1; child < at(rows.end, head); child++) {
      wanted.add(child);
    }
  } else if (row !== head && at(rows.state, head) === (on ? stateNumber.create : stateNumber.drop)) {
    wanted.add(head);
  }
  return change(rows, ticks, (r) => (wanted.has(r) ? on : undefined), head, at(rows.end, head));
}

/**
 * Presses the box of a table, or of everything. What destroys data takes a second press: first comes all else, then all,
 * then nothing.
 */
export function pressRange(rows: Rows, ticks: Ticks, from: number, to: number, reach = everywhere): Ticks {
  const now = rangeTick(rows, ticks, from, to, reach);
  const safe = rangeTick(rows, ticks, from, to, (row) => reach(row) && !destructive(rows, row));
  if (now === "on") {
    return change(rows, ticks, (row) => (reach(row) ? false : undefined), from, to);
  }
  const all = safe === "on" || safe === "none";
  return change(
    rows,
    ticks,
    (row) => (reach(row) && (all || !destructive(rows, row)) ? true : undefined),
    from,
    to,
  );
}

/** Ticks or unticks what is reached; ticking leaves out what destroys data unless that is wanted. */
export function tickAll(
  rows: Rows,
  ticks: Ticks,
  on: boolean,
  withDestructive: boolean,
  reach = everywhere,
): Ticks {
  return change(rows, ticks, (row) => {
    if (!reach(row) || (on && !withDestructive && destructive(rows, row))) {
      return undefined;
    }
    return on;
  });
}

/** A copy in which every tickable row from one up to another is as decided; undefined leaves it. */
function change(
  rows: Rows,
  ticks: Ticks,
  decide: (row: number) => boolean | undefined,
  from = 0,
  to = rows.count,
): Ticks {
  const on = ticks.on.slice();
  let count = ticks.count;
  let destroying = ticks.destructive;
  for (let row = from; row < to; row++) {
    const wanted = tickable(rows, row) ? decide(row) : undefined;
    if (wanted === undefined || wanted === (at(on, row) === 1)) {
      continue;
    }
    on[row] = wanted ? 1 : 0;
    count += wanted ? 1 : -1;
    destroying += destructive(rows, row) ? (wanted ? 1 : -1) : 0;
  }
  return { on, count, destructive: destroying };
}
