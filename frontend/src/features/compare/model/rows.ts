/**
 * A comparison's rows as they are held while they are shown: column by column in typed arrays, so that 100,000 of
 * them cost little and are filtered within a frame. A row's index is its id; the rows of a table stand right behind it.
 */

/** As the backend sends them. */
export interface RowData {
  kinds: readonly string[];
  schemas: readonly string[];
  states: readonly string[];
  name: readonly string[];
  kind: readonly number[];
  schema: readonly number[];
  state: readonly number[];
  parent: readonly number[];
  flags: readonly number[];
  was: readonly { row: number; name: string }[];
}

/** The states by their number in `Rows.state`; "contains" is a table in which only something under it differs. */
export const states = ["create", "alter", "drop", "rename", "contains", "unmodelled", "identical"] as const;
export type State = (typeof states)[number];

export const stateNumber = Object.fromEntries(states.map((state, i) => [state, i])) as Record<State, number>;

export const flag = { destructive: 1, hazard: 2, unmodelled: 4 } as const;

export interface Rows {
  readonly count: number;
  readonly kinds: readonly string[];
  readonly schemas: readonly string[];
  readonly name: readonly string[];
  readonly kind: Uint8Array;
  readonly schema: Int32Array;
  readonly state: Uint8Array;
  readonly flags: Uint8Array;
  /** The names that renamed objects, or members of them, have so far. */
  readonly was: ReadonlyMap<number, string>;
  /** The row that it stands under, -1 on the first level. */
  readonly parent: Int32Array;
  /** The first row that no longer stands under it: of a row without any, the next one. */
  readonly end: Int32Array;
  /** Several schemas are shown, so names alone would not do. */
  readonly manySchemas: boolean;
  /** For searching, made when first needed. */
  readonly lower: () => readonly string[];
}

export function readRows(data: RowData): Rows {
  const count = data.name.length;
  const numbers = data.states.map((word) => states.indexOf(word as State));
  const parent = Int32Array.from(data.parent);
  const end = new Int32Array(count);
  for (let row = count - 1; row >= 0; row--) {
    end[row] = Math.max(at(end, row), row + 1);
    const above = at(parent, row);
    if (above >= 0) {
      end[above] = Math.max(at(end, above), at(end, row));
    }
  }
  let lower: readonly string[] | undefined;
  return {
    count,
    kinds: data.kinds,
    schemas: data.schemas,
    name: data.name,
    kind: Uint8Array.from(data.kind),
    schema: Int32Array.from(data.schema),
    state: Uint8Array.from(data.state, (index) => numbers[index] ?? 0),
    flags: Uint8Array.from(data.flags),
    was: new Map(data.was.map(({ row, name }) => [row, name])),
    parent,
    end,
    manySchemas: data.schemas.filter((name) => name !== "").length > 1,
    lower: () => {
      lower ??= data.name.map((name) => name.toLowerCase());
      return lower;
    },
  };
}

/** The number at an index that is known to exist. */
export function at(numbers: Uint8Array | Int32Array, index: number): number {
  return numbers[index] as number;
}

export function stateOf(rows: Rows, row: number): State {
  return states[at(rows.state, row)] as State;
}

export function kindOf(rows: Rows, row: number): string {
  return rows.kinds[at(rows.kind, row)] ?? "";
}

export function nameOf(rows: Rows, row: number): string {
  return rows.name[row] ?? "";
}

export function schemaOf(rows: Rows, row: number): string {
  return rows.schemas[at(rows.schema, row)] ?? "";
}

/** A change that can be executed. */
export function tickable(rows: Rows, row: number): boolean {
  return at(rows.state, row) <= stateNumber.rename;
}

export function destructive(rows: Rows, row: number): boolean {
  return (at(rows.flags, row) & flag.destructive) !== 0;
}

/** Whether the row itself differs, rather than only what is under it. */
export function differs(rows: Rows, row: number): boolean {
  const state = at(rows.state, row);
  return state !== stateNumber.contains && state !== stateNumber.identical;
}

export function hasChildren(rows: Rows, row: number): boolean {
  return at(rows.end, row) > row + 1;
}

/** Schema, table and name with dots between, as people write it. */
export function pathOf(rows: Rows, row: number): string {
  const parent = at(rows.parent, row);
  const schema = schemaOf(rows, row);
  const above = parent >= 0 ? `${nameOf(rows, parent)}.` : "";
  return (schema === "" ? "" : `${schema}.`) + above + nameOf(rows, row);
}

/** How many rows are in each state. */
export function countStates(rows: Rows): Record<State, number> {
  const counts = new Int32Array(states.length);
  for (let row = 0; row < rows.count; row++) {
    counts[at(rows.state, row)] = at(counts, at(rows.state, row)) + 1;
  }
  return Object.fromEntries(states.map((state, i) => [state, at(counts, i)])) as Record<State, number>;
}

/** How many rows of each kind differ, in the order of the rows; kinds without any are left out. */
export function countKinds(rows: Rows): { kind: string; count: number }[] {
  const counts = new Int32Array(rows.kinds.length);
  for (let row = 0; row < rows.count; row++) {
    if (differs(rows, row)) {
      counts[at(rows.kind, row)] = at(counts, at(rows.kind, row)) + 1;
    }
  }
  return rows.kinds.map((kind, i) => ({ kind, count: at(counts, i) })).filter(({ count }) => count > 0);
}
