import { useEffect, useSyncExternalStore } from "react";
import { PageCache } from "@/features/plan/pages";
import { type Comparison, type Plan, plans, type Statement } from "@/lib/backend/client";
import { type Failure, toFailure } from "@/lib/backend/failure";
import { createStore } from "@/lib/store";

/** The plan of what is ticked, as far as it is there. */
export interface Planning {
  comparisonId: string;
  /** What the plan below is to be, once it is made. */
  ticked: readonly number[];
  /** The last plan that was made of this comparison; null when nothing is ticked or none is there yet. */
  plan: Plan | null;
  /** The plan is not that of what is ticked now: one is under way. */
  updating: boolean;
  /** Why no plan could be made of what is ticked. */
  failure: Failure | null;
}

const none: Planning = { comparisonId: "", ticked: [], plan: null, updating: false, failure: null };

const store = createStore<Planning>(none);

/** Ticking goes by the dozen; a plan is made when the hand rests. */
const debounce = 80;

let timer: ReturnType<typeof setTimeout> | undefined;
let latest = 0;

const caches = new WeakMap<Plan, PageCache<Statement>>();

/** The statements of a plan, fetched as they are looked at and shared by all who look. */
export function statementsOf(plan: Plan): PageCache<Statement> {
  let cache = caches.get(plan);
  if (!cache) {
    cache = new PageCache(plan.statements, (from, count) => plans.statements(plan.id, from, count));
    caches.set(plan, cache);
  }
  return cache;
}

function same(a: readonly number[], b: readonly number[]): boolean {
  return a === b || (a.length === b.length && a.every((row, i) => row === b[i]));
}

/** Makes the plan of what is ticked, soon. The one before stays until it is there. */
export function follow(comparisonId: string, ticked: readonly number[]) {
  const now = store.get();
  if (now.comparisonId === comparisonId && same(now.ticked, ticked)) {
    return;
  }
  const kept = now.comparisonId === comparisonId ? now.plan : null;
  clearTimeout(timer);
  const turn = ++latest;
  if (ticked.length === 0) {
    store.set({ comparisonId, ticked, plan: null, updating: false, failure: null });
    return;
  }
  store.set({ comparisonId, ticked, plan: kept, updating: true, failure: null });
  timer = setTimeout(() => void make(turn, comparisonId, ticked), kept ? debounce : 0);
}

async function make(turn: number, comparisonId: string, ticked: readonly number[]) {
  try {
    const plan = await plans.make(comparisonId, [...ticked]);
    if (turn === latest && plan.statements > 0) {
      await statementsOf(plan).load(0);
    }
    if (turn === latest) {
      store.set({ comparisonId, ticked, plan, updating: false, failure: null });
    }
  } catch (error) {
    if (turn === latest) {
      store.set((now) => ({ ...now, updating: false, failure: toFailure(error) }));
    }
  }
}

/** Makes the plan of the same ticks anew, after a failure or when the backend no longer keeps it. */
export function remake() {
  const { comparisonId, ticked, plan } = store.get();
  store.set({ ...none, comparisonId, plan });
  follow(comparisonId, ticked);
}

/** Forgets the plan, so that whoever shows one makes it anew. */
export function forgetPlan() {
  clearTimeout(timer);
  latest++;
  store.set(none);
}

/** The plan of the ticked rows, which follows them. */
export function usePlanning(comparison: Comparison, ticked: readonly number[]): Planning {
  useEffect(() => follow(comparison.id, ticked), [comparison.id, ticked]);
  const planning = useSyncExternalStore(store.subscribe, store.get);
  return planning.comparisonId === comparison.id ? planning : { ...none, updating: ticked.length > 0 };
}

/** Draws anew when statements arrive. */
export function useStatements(plan: Plan): PageCache<Statement> {
  const cache = statementsOf(plan);
  useSyncExternalStore(cache.subscribe, () => cache.version);
  return cache;
}
