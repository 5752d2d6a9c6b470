import { useSyncExternalStore } from "react";
import { forgetPlan } from "@/features/plan/store";
import type { Consent } from "@/features/run/consent";
import { advance, conclude, emptyTimeline, neverRan, type Timeline } from "@/features/run/timeline";
import { type Comparison, cancelRun, type Execution, newRunId, type Plan, plans } from "@/lib/backend/client";
import { type Events, onEvent } from "@/lib/backend/events";
import { type Failure, toFailure } from "@/lib/backend/failure";
import { createStore } from "@/lib/store";

/** The execution of a plan, while it runs and afterwards. */
export interface Run {
  id: string;
  plan: Plan;
  comparison: Comparison;
  /** What the person agreed to, for trying again. */
  consent: Consent;
  timeline: Timeline;
  /** Milliseconds since 1970. */
  began: number;
  /** Null while it runs. */
  ended: number | null;
  cancelling: boolean;
  /** How it ended, once statements had begun. */
  execution: Execution | null;
  /** Why nothing was executed. */
  refusal: Failure | null;
}

const store = createStore<Run | null>(null);

/** Progress comes by the thousand; the page is told this often. */
const interval = 40;

/** Executes a plan. It goes on whatever the page shows meanwhile. */
export async function startRun(plan: Plan, comparison: Comparison, consent: Consent): Promise<void> {
  if (isRunning()) {
    return;
  }
  const id = newRunId();
  store.set({
    id,
    plan,
    comparison,
    consent,
    timeline: emptyTimeline(plan.statements),
    began: Date.now(),
    ended: null,
    cancelling: false,
    execution: null,
    refusal: null,
  });
  const patch = (change: (run: Run) => Partial<Run>) =>
    store.set((run) => (run?.id === id ? { ...run, ...change(run) } : run));

  let news: Events["execute:progress"][] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = () => {
    timer = undefined;
    const events = news;
    news = [];
    patch((run) => ({ timeline: advance(run.timeline, events) }));
  };
  const stopListening = onEvent("execute:progress", (event) => {
    if (event.runId === id) {
      news.push(event);
      timer ??= setTimeout(tell, interval);
    }
  });
  const finish = (change: (run: Run) => Partial<Run>) => {
    stopListening();
    clearTimeout(timer);
    tell();
    patch((run) => ({ ...change(run), ended: Date.now(), cancelling: false }));
  };
  try {
    const execution = await plans.execute({
      runId: id,
      planId: plan.id,
      acknowledged: [...consent.acknowledged],
      typedName: consent.typedName,
    });
    finish((run) => ({ execution, timeline: conclude(run.timeline, execution) }));
  } catch (error) {
    const refusal = toFailure(error);
    if (refusal.code === "bad_input") {
      forgetPlan(); // the backend does not know it, or not with this consent
    }
    finish(({ timeline }) => ({ refusal, timeline: neverRan(timeline) }));
  }
}

/** Executes the same plan again, after it came to nothing. */
export function tryAgain() {
  const run = store.get();
  if (run && run.ended !== null) {
    void startRun(run.plan, run.comparison, run.consent);
  }
}

/** Asks for the end of what runs; it has ended when its promise says so. */
export function cancelExecution() {
  const run = store.get();
  if (run && run.ended === null) {
    store.set({ ...run, cancelling: true });
    void cancelRun(run.id);
  }
}

/** Tells whether a plan is being executed, so that nobody leaves it. */
export function isRunning(): boolean {
  return store.get()?.ended === null;
}

/** The latest execution. */
export function useRun(): Run | null {
  return useSyncExternalStore(store.subscribe, store.get);
}

/** Forgets the latest execution; for tests. */
export function resetRun() {
  store.set(null);
}
