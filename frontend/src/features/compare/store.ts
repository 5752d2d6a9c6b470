import { useSyncExternalStore } from "react";
import { initialOptions } from "@/features/compare/model/choice";
import { applyFilter, type Filter, type Filtered, initialFilter } from "@/features/compare/model/filter";
import type { Rows } from "@/features/compare/model/rows";
import { initialTicks, keptTicks, type Ticks, tickedRows } from "@/features/compare/model/ticks";
import { type Expansion, type Item, initialExpansion, layout } from "@/features/compare/model/tree";
import type { CompareOptions, Comparison, Plan } from "@/lib/backend/client";
import type { Events } from "@/lib/backend/events";
import type { Failure } from "@/lib/backend/failure";
import { createStore } from "@/lib/store";

export type Stage = "setup" | "result" | "review" | "execute";
export type Progress = Pick<Events["compare:progress"], "phase" | "done" | "total">;

/** A comparison that is running. */
export interface Run {
  id: string;
  began: number;
  sourceId: string;
  targetId: string;
  cancelling: boolean;
  source?: Progress;
  target?: Progress;
}

/** A finished comparison with what the person makes of it. */
export interface Result {
  comparison: Comparison;
  rows: Rows;
  ticks: Ticks;
  filter: Filter;
  expansion: Expansion;
  /** While a text is searched for, tables are open by themselves and folded apart from the rest. */
  searchExpansion: Expansion;
  /** The line that the keyboard is on and that the detail shows. */
  item?: Item;
  /** Shown although something newer is on its way or the target was changed since. */
  stale: boolean;
  /** What is shown beside the tree; kept when the same two are compared again. */
  side: Side;
  /** An answer about renames is on its way. */
  answering?: boolean;
}

export type Side = "detail" | "sql" | "notes";

export interface CompareState {
  stage: Stage;
  options: CompareOptions;
  /** The preset that the options came from; "" for none. */
  preset: string;
  run?: Run;
  failure?: Failure;
  result?: Result;
  /** The plan that is being executed. */
  plan?: Plan;
  /** What was chosen last has been taken over. */
  restored: boolean;
}

const initialState: CompareState = { stage: "setup", options: initialOptions, preset: "", restored: false };

const store = createStore<CompareState>(initialState);

export const compareState = store.get;

export function useCompare(): CompareState {
  return useSyncExternalStore(store.subscribe, store.get);
}

export function patch(change: Partial<CompareState>) {
  store.set((state) => ({ ...state, ...change }));
}

/** Changes what is running, as long as it is still the same. */
export function patchRun(id: string, change: Partial<Run>) {
  store.set((state) => (state.run?.id === id ? { ...state, run: { ...state.run, ...change } } : state));
}

/** Changes what the person makes of the result. */
export function patchResult(change: (result: Result) => Partial<Result>) {
  store.set((state) =>
    state.result ? { ...state, result: { ...state.result, ...change(state.result) } } : state,
  );
}

export function resetCompare() {
  store.set(initialState);
}

/** before: the result in whose place it comes; its ticks are kept when it is about the same two connections. */
export function newResult(comparison: Comparison, rows: Rows, before?: Result): Result {
  const expansion = initialExpansion(rows);
  const again = before && sameTwo(before.comparison, comparison);
  return {
    comparison,
    rows,
    ticks: again ? keptTicks(rows, before) : initialTicks(rows),
    side: again ? before.side : "detail",
    filter: initialFilter,
    expansion,
    searchExpansion: openAll,
    item: layout(rows, applyFilter(rows, initialFilter), expansion)[0],
    stale: false,
  };
}

function sameTwo(a: Comparison, b: Comparison): boolean {
  return a.source.connectionId === b.source.connectionId && a.target.connectionId === b.target.connectionId;
}

export const openAll: Expansion = { open: true, except: new Set() };

export function isSearching(filter: Filter): boolean {
  return filter.text.trim() !== "";
}

export function shownExpansion(result: Result): Expansion {
  return isSearching(result.filter) ? result.searchExpansion : result.expansion;
}

let lastFiltered: { rows: Rows; filter: Filter; filtered: Filtered } | undefined;

/** What the filter leaves of the rows; worked out once for all who ask. */
export function filteredOf({ rows, filter }: Result): Filtered {
  if (lastFiltered?.rows !== rows || lastFiltered.filter !== filter) {
    lastFiltered = { rows, filter, filtered: applyFilter(rows, filter) };
  }
  return lastFiltered.filtered;
}

let lastItems: { filtered: Filtered; expansion: Expansion; items: Int32Array } | undefined;

/** The lines of the tree; worked out once for all who ask. */
export function itemsOf(result: Result): Int32Array {
  const filtered = filteredOf(result);
  const expansion = shownExpansion(result);
  if (lastItems?.filtered !== filtered || lastItems.expansion !== expansion) {
    lastItems = { filtered, expansion, items: layout(result.rows, filtered, expansion) };
  }
  return lastItems.items;
}

let lastTicked: { ticks: Ticks; ticked: readonly number[] } | undefined;

/** The ticked rows; the same list as long as nothing is ticked or unticked. */
export function tickedOf({ ticks }: Result): readonly number[] {
  if (lastTicked?.ticks !== ticks) {
    lastTicked = { ticks, ticked: tickedRows(ticks) };
  }
  return lastTicked.ticked;
}
