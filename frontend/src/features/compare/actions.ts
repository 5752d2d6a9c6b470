import type { TFunction } from "i18next";
import { chooseSide, currentNavigation } from "@/app/navigation";
import { toast } from "@/components/ui/toast";
import { effectiveOptions } from "@/features/compare/model/choice";
import { type Filter, initialFilter, shown } from "@/features/compare/model/filter";
import { answersWith, type RenameAnswer } from "@/features/compare/model/renames";
import { at, readRows, stateOf } from "@/features/compare/model/rows";
import { pressRange, tickAll, tickOwn } from "@/features/compare/model/ticks";
import {
  type Expansion,
  type Item,
  isGroup,
  isOpen,
  isOwnLine,
  nextDifference,
  rowOf,
  setOpen,
} from "@/features/compare/model/tree";
import {
  compareState,
  filteredOf,
  isSearching,
  newResult,
  openAll,
  patch,
  patchResult,
  patchRun,
  type Result,
  shownExpansion,
} from "@/features/compare/store";
import {
  type Connection,
  cancelRun,
  comparisons,
  newRunId,
  type Rename,
  settings,
} from "@/lib/backend/client";
import { onEvent } from "@/lib/backend/events";
import { toFailure } from "@/lib/backend/failure";
import { withSecrets } from "@/lib/prompts";

/** Passwords for this time, where none is saved. */
export type Passwords = { source?: string; target?: string };

/**
 * Compares what is chosen. The result so far stays, marked stale, until the new one is there; a failure or a cancel
 * leaves it.
 */
export async function startComparison(connections: readonly Connection[], passwords: Passwords = {}) {
  const { sourceId, targetId } = currentNavigation();
  if (compareState().run) {
    return;
  }
  const byId = (id: string) => connections.find((connection) => connection.id === id);
  const options = effectiveOptions(compareState().options, byId(sourceId), byId(targetId));
  const id = newRunId();
  patch({ run: { id, began: Date.now(), sourceId, targetId, cancelling: false }, failure: undefined });
  const staleBefore = compareState().result?.stale ?? false;
  patchResult(() => ({ stale: true }));
  // Remembering is a convenience: when it fails, comparing goes on.
  settings.putLastChoice({ sourceId, targetId, options }).catch(() => {});
  const stopListening = onEvent("compare:progress", ({ runId, side, phase, done, total }) => {
    if (runId === id) {
      patchRun(id, { [side]: { phase, done, total } });
    }
  });
  try {
    const comparison = await withSecrets(() =>
      comparisons.run({
        runId: id,
        sourceId,
        targetId,
        options,
        sourcePassword: passwords.source ?? "",
        targetPassword: passwords.target ?? "",
      }),
    );
    const rows = readRows(await comparisons.rows(comparison.id));
    const before = compareState().result;
    patch({ result: newResult(comparison, rows, before), stage: "result", run: undefined, plan: undefined });
  } catch (error) {
    const failure = toFailure(error);
    patchResult(() => ({ stale: staleBefore }));
    patch({ run: undefined, failure: failure.code === "cancelled" ? undefined : failure });
  } finally {
    stopListening();
  }
}

export function cancelComparison() {
  const { run } = compareState();
  if (run) {
    patchRun(run.id, { cancelling: true });
    void cancelRun(run.id);
  }
}

/**
 * Compares the same two with the same options again, whatever was chosen meanwhile. The result so far stays in sight.
 */
export function compareAgain(connections: readonly Connection[], passwords: Passwords = {}) {
  const comparison = compareState().result?.comparison;
  if (!comparison) {
    return;
  }
  const { source, target, options } = comparison;
  const { sourceId, targetId } = currentNavigation();
  if (sourceId !== source.connectionId || targetId !== target.connectionId) {
    chooseSide("source", source.connectionId);
    chooseSide("target", target.connectionId);
  }
  patch({ options, stage: "result" });
  void startComparison(connections, passwords);
}

/** Compares again with these rules for types in the place of those that were in force. */
export function compareWithRules(connections: readonly Connection[], map: string[]) {
  const { result } = compareState();
  if (result) {
    const { comparison } = result;
    patchResult(() => ({ comparison: { ...comparison, options: { ...comparison.options, map } } }));
    compareAgain(connections);
  }
}

/** Shows the row in the tree, whatever the filter leaves out, and chooses it. */
export function showRow(row: number) {
  patchResult((result) => {
    const { rows, filter } = result;
    const parent = at(rows.parent, row);
    const hidden = at(filteredOf(result).shown, row) === shown.no;
    const state = stateOf(rows, row);
    const withState = state === "contains" ? initialFilter.states : [...initialFilter.states, state];
    const seen = hidden ? { ...initialFilter, states: [...new Set(withState)] } : filter;
    const open = { ...result, filter: seen };
    return { filter: seen, ...(parent >= 0 ? expand(open, parent, true) : {}), item: row };
  });
}

/** Answers questions about renames; the differences are worked out anew without reading the databases again. */
export async function answerRenames(t: TFunction, changed: readonly Rename[], answer: RenameAnswer) {
  const before = compareState().result;
  if (!before || before.answering) {
    return;
  }
  const { confirmed, refused } = answersWith(before.comparison.renames, changed, answer);
  patchResult(() => ({ answering: true }));
  try {
    const comparison = await comparisons.rename(before.comparison.id, confirmed, refused);
    const rows = readRows(await comparisons.rows(comparison.id));
    const now = compareState().result;
    if (now?.comparison.id === before.comparison.id) {
      patch({ result: { ...newResult(comparison, rows, now), filter: now.filter }, plan: undefined });
    }
  } catch (error) {
    toast({
      title: t("compare.rename.failed"),
      description: toFailure(error).message,
      variant: "destructive",
    });
    patchResult(() => ({ answering: false }));
  }
}

/** The target is no longer what was compared. */
export function markStale() {
  patchResult(() => ({ stale: true }));
}

export function setFilter(change: Partial<Filter>) {
  patchResult(({ filter, searchExpansion }) => {
    const next = { ...filter, ...change };
    return { filter: next, searchExpansion: next.text === filter.text ? searchExpansion : openAll };
  });
}

/** Everything that differs is shown again. */
export function clearFilter() {
  setFilter(initialFilter);
}

export function select(item: Item) {
  patchResult(() => ({ item }));
}

/** Where the line that is chosen is folded away, its table is chosen instead. */
function withExpansion(result: Result, next: Expansion): Partial<Result> {
  const { rows, item, filter } = result;
  const change = isSearching(filter) ? { searchExpansion: next } : { expansion: next };
  if (item === undefined) {
    return change;
  }
  const table = isOwnLine(item) ? rowOf(item) : at(rows.parent, item);
  return table >= 0 && !isOpen(next, table) ? { ...change, item: table } : change;
}

function expand(result: Result, row: number, open: boolean): Partial<Result> {
  return withExpansion(result, setOpen(shownExpansion(result), row, open));
}

export function openRow(row: number, open: boolean) {
  patchResult((result) => expand(result, row, open));
}

export function toggleRow(row: number) {
  patchResult((result) => expand(result, row, !isOpen(shownExpansion(result), row)));
}

export function openAllRows(open: boolean) {
  patchResult((result) => withExpansion(result, { open, except: new Set() }));
}

/** Whether a tick of many reaches the row: only what the filter leaves. */
export function reachOf(result: Result): (row: number) => boolean {
  const filtered = filteredOf(result);
  return (row) => at(filtered.shown, row) === shown.match;
}

/** Presses the box of a line. */
export function tickItem(item: Item) {
  patchResult((result) => {
    const { rows, ticks } = result;
    const row = rowOf(item);
    if (isGroup(rows, item)) {
      return { ticks: pressRange(rows, ticks, row, at(rows.end, row), reachOf(result)) };
    }
    return { ticks: tickOwn(rows, ticks, row, at(ticks.on, row) === 0) };
  });
}

/** Presses the box of everything that is shown. */
export function tickShown() {
  patchResult((result) => ({
    ticks: pressRange(result.rows, result.ticks, 0, result.rows.count, reachOf(result)),
  }));
}

export function tickMany(on: boolean, withDestructive: boolean) {
  patchResult((result) => ({
    ticks: tickAll(result.rows, result.ticks, on, withDestructive, reachOf(result)),
  }));
}

/** Goes to the next or previous difference, opening the table that it is in. Tells whether there was one. */
export function goToDifference(step: 1 | -1): boolean {
  const { result } = compareState();
  if (!result) {
    return false;
  }
  const { rows, item } = result;
  const row = nextDifference(rows, filteredOf(result), item === undefined ? undefined : rowOf(item), step);
  if (row === undefined) {
    return false;
  }
  patchResult((now) => {
    const parent = at(rows.parent, row);
    return { ...(parent >= 0 ? expand(now, parent, true) : {}), item: row };
  });
  return true;
}
