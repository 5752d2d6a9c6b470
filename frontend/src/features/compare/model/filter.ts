import { at, pathOf, type Rows, type State, stateNumber, states } from "@/features/compare/model/rows";

/** What the chips switch; a table that only contains differences shows with them. */
export type FilterState = Exclude<State, "contains">;

export interface Filter {
  readonly states: readonly FilterState[];
  /** Empty: all. */
  readonly kinds: readonly string[];
  readonly destructiveOnly: boolean;
  /** Part of a name, or a regular expression between slashes. */
  readonly text: string;
}

/** What is identical is shown on demand. */
export const initialFilter: Filter = {
  states: ["create", "alter", "drop", "rename", "unmodelled"],
  kinds: [],
  destructiveOnly: false,
  text: "",
};

/** How a row is shown: not at all, only because of what is under it, or because it matches. */
export const shown = { no: 0, context: 1, match: 2 } as const;

export interface Filtered {
  readonly shown: Uint8Array;
  readonly matches: number;
  /** The text is a regular expression that does not work; everything else was applied. */
  readonly badPattern: boolean;
}

/** Whether the filter leaves out differences, so that "all" means less than all. */
export function narrows(filter: Filter): boolean {
  const differing = initialFilter.states.every((state) => filter.states.includes(state));
  return !differing || filter.kinds.length > 0 || filter.destructiveOnly || filter.text.trim() !== "";
}

export function applyFilter(rows: Rows, filter: Filter): Filtered {
  const wantedState = Uint8Array.from(states, (state) =>
    filter.states.includes(state as FilterState) ? 1 : 0,
  );
  const wantedKind = Uint8Array.from(rows.kinds, (kind) =>
    filter.kinds.length === 0 || filter.kinds.includes(kind) ? 1 : 0,
  );
  const { test, badPattern } = textTest(rows, filter.text.trim());
  const result = new Uint8Array(rows.count);
  let matches = 0;
  let above = -1;
  let aboveNamed = false;
  for (let row = 0; row < rows.count; row++) {
    const parent = at(rows.parent, row);
    const named: boolean = test === undefined || (parent >= 0 && aboveNamed) || test(row);
    if (parent < 0) {
      above = row;
      aboveNamed = named;
    }
    const fits =
      named &&
      at(wantedState, at(rows.state, row)) === 1 &&
      at(wantedKind, at(rows.kind, row)) === 1 &&
      (!filter.destructiveOnly || (at(rows.flags, row) & 1) !== 0);
    if (fits) {
      result[row] = shown.match;
      matches++;
      if (parent >= 0 && at(result, above) === shown.no) {
        result[above] = shown.context;
      }
    }
  }
  return { shown: result, matches, badPattern };
}

/** A test of a row by its name or its path; none when every row passes. */
function textTest(rows: Rows, text: string): { test?: (row: number) => boolean; badPattern: boolean } {
  if (text === "") {
    return { badPattern: false };
  }
  const pattern = /^\/(.+)\/$/.exec(text)?.[1];
  if (pattern !== undefined) {
    try {
      const expression = new RegExp(pattern, "iu");
      return {
        test: (row) => expression.test(rows.name[row] as string) || expression.test(pathOf(rows, row)),
        badPattern: false,
      };
    } catch {
      return { badPattern: true };
    }
  }
  const wanted = text.toLowerCase();
  const names = rows.lower();
  if (wanted.includes(".")) {
    return { test: (row) => pathOf(rows, row).toLowerCase().includes(wanted), badPattern: false };
  }
  return { test: (row) => (names[row] as string).includes(wanted), badPattern: false };
}

/** The chip that a state belongs to. */
export const filterStates: readonly FilterState[] = [
  "create",
  "alter",
  "drop",
  "rename",
  "unmodelled",
  "identical",
];

/** Adds what is missing and removes what is there. */
export function toggled<T>(list: readonly T[], item: T): T[] {
  return list.includes(item) ? list.filter((x) => x !== item) : [...list, item];
}

/** Whether the row is one that "next difference" stops at. */
export function stops(rows: Rows, filtered: Filtered, row: number): boolean {
  const state = at(rows.state, row);
  return (
    at(filtered.shown, row) === shown.match &&
    state !== stateNumber.contains &&
    state !== stateNumber.identical
  );
}
