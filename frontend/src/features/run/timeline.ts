import type { Execution } from "@/lib/backend/client";
import type { Events } from "@/lib/backend/events";

type ExecuteProgress = Events["execute:progress"];

/** The phases that every execution goes through, in order. Recover comes only after a failure. */
export const phases = ["lock", "check", "execute", "verify"] as const;

export type Phase = (typeof phases)[number] | "recover";

/** How a phase stands. */
export type PhaseState = "waiting" | "running" | "done" | "failed" | "skipped";

/** What became of one statement. The last five are final. */
export type StatementState =
  | "waiting"
  | "running"
  | "done"
  | "failed"
  | "rolled_back"
  | "not_run"
  | "unknown";

/** Everything that is known of an execution, statement by statement. It never changes; the functions give new ones. */
export interface Timeline {
  /** Null before the first event. */
  phase: Phase | null;
  states: readonly StatementState[];
  /** How long each statement took; null where it is not known. */
  millis: readonly (number | null)[];
  /** How many statements have ended well. */
  done: number;
  /** The statement that runs or ran last; -1: none yet. */
  current: number;
}

export function emptyTimeline(statements: number): Timeline {
  return {
    phase: null,
    states: new Array<StatementState>(statements).fill("waiting"),
    millis: new Array<number | null>(statements).fill(null),
    done: 0,
    current: -1,
  };
}

/** Takes in what has happened since. Many events cost one copy, because they come by the thousand. */
export function advance(timeline: Timeline, events: readonly ExecuteProgress[]): Timeline {
  if (events.length === 0) {
    return timeline;
  }
  const states = timeline.states.slice();
  const millis = timeline.millis.slice();
  let { phase, done, current } = timeline;
  for (const event of events) {
    phase = event.phase as Phase;
    if (event.index < 0 || event.index >= states.length) {
      continue;
    }
    current = event.index;
    if (event.done) {
      done += states[current] === "done" ? 0 : 1;
      states[current] = "done";
      millis[current] = event.millis;
    } else if (states[current] === "waiting") {
      states[current] = "running";
    }
  }
  return { phase, states, millis, done, current };
}

/** Takes in how the execution ended, which knows best what became of each statement. */
export function conclude(timeline: Timeline, execution: Execution): Timeline {
  const states = execution.outcomes.map((outcome) => outcome as StatementState);
  return {
    phase: timeline.phase,
    states,
    // A failed execution reports no times; those that came as events are still right.
    millis: states.map((_, i) => execution.millis[i] || (timeline.millis[i] ?? null)),
    done: states.filter((state) => state === "done").length,
    current: execution.failedIndex >= 0 ? execution.failedIndex : timeline.current,
  };
}

/** No statement ran, and none will. */
export function neverRan(timeline: Timeline): Timeline {
  return { ...timeline, states: timeline.states.map(() => "not_run"), done: 0 };
}

/** How the steps stand, while it runs (result null) or at the end. "refused": it ended before the first statement. */
export function phaseStates(phase: Phase | null, result: string | null): Record<Phase, PhaseState> {
  const reached = phase === "recover" ? 2 : (phases as readonly (Phase | null)[]).indexOf(phase);
  const failedAt =
    result === "unverified" ? 3 : result === "failed" ? 2 : result === "refused" ? Math.max(reached, 0) : -1;
  const states = {} as Record<Phase, PhaseState>;
  phases.forEach((step, i) => {
    if (failedAt >= 0) {
      states[step] = i < failedAt ? "done" : i === failedAt ? "failed" : "skipped";
    } else if (result !== null) {
      states[step] = "done";
    } else if (phase === "recover") {
      states[step] = i < 2 ? "done" : i === 2 ? "failed" : "skipped";
    } else {
      states[step] = i < reached ? "done" : i === reached ? "running" : "waiting";
    }
  });
  states.recover = phase !== "recover" ? "skipped" : result === null ? "running" : "done";
  return states;
}

/** How many statements are in each state. */
export function tally(states: readonly StatementState[]): Record<StatementState, number> {
  const counts = { waiting: 0, running: 0, done: 0, failed: 0, rolled_back: 0, not_run: 0, unknown: 0 };
  for (const state of states) {
    counts[state]++;
  }
  return counts;
}
