import { useSyncExternalStore } from "react";
import { keyOf } from "@/features/plan/hazards";
import { cancelRun, type Hazard, newRunId, type Plan, plans, type RowCount } from "@/lib/backend/client";
import { type Failure, toFailure } from "@/lib/backend/failure";
import { createStore } from "@/lib/store";

/** How far the counting of the rows that one hazard of one statement speaks of has got. */
export type Counting =
  | { state: "running"; runId: string }
  | { state: "counted"; counts: readonly RowCount[] }
  | { state: "failed"; failure: Failure };

/** Of one plan, by statement and hazard: another plan starts with none. */
interface Counts {
  planId: string;
  by: Readonly<Record<string, Counting>>;
}

const store = createStore<Counts>({ planId: "", by: {} });

const placeOf = (statement: number, hazard: Hazard) => `${statement} ${keyOf(hazard)}`;

function put(planId: string, place: string, counting: Counting | undefined) {
  store.set((now) => {
    if (now.planId !== planId) {
      return now;
    }
    const { [place]: _, ...others } = now.by;
    return { planId, by: counting ? { ...others, [place]: counting } : others };
  });
}

/** Asks the target. What is running of another plan is given up. */
export async function countRows(plan: Plan, statement: number, hazard: Hazard) {
  if (store.get().planId !== plan.id) {
    stopCounting(store.get().planId);
    store.set({ planId: plan.id, by: {} });
  }
  const place = placeOf(statement, hazard);
  const runId = newRunId();
  put(plan.id, place, { state: "running", runId });
  try {
    const { code, args } = hazard;
    const counts = await plans.countRows({ runId, planId: plan.id, statement, code, args });
    put(plan.id, place, { state: "counted", counts });
  } catch (error) {
    const failure = toFailure(error);
    put(plan.id, place, failure.code === "cancelled" ? undefined : { state: "failed", failure });
  }
}

/** Ends what is running for a plan. */
export function stopCounting(planId: string) {
  const now = store.get();
  for (const counting of now.planId === planId ? Object.values(now.by) : []) {
    if (counting.state === "running") {
      void cancelRun(counting.runId);
    }
  }
}

export function useCounting(plan: Plan, statement: number, hazard: Hazard): Counting | undefined {
  const { planId, by } = useSyncExternalStore(store.subscribe, store.get);
  return planId === plan.id ? by[placeOf(statement, hazard)] : undefined;
}
