import { describe, expect, it } from "vitest";
import { acknowledge, mayExecute, nameMatches, noConsent, unacknowledged } from "@/features/run/consent";
import { advance, conclude, emptyTimeline, phaseStates, tally } from "@/features/run/timeline";
import type { Execution, Plan } from "@/lib/backend/client";
import type { Events } from "@/lib/backend/events";

type Phase = Events["execute:progress"]["phase"];

const event = (phase: Phase, index = -1, done = false, millis = 0) => ({
  runId: "r",
  phase,
  index,
  done,
  millis,
});

const ended = (facts: Partial<Execution>): Execution =>
  ({ result: "failed", outcomes: [], millis: [], failedIndex: -1, residual: [], ...facts }) as Execution;

describe("the timeline", () => {
  it("follows the events", () => {
    let timeline = advance(emptyTimeline(3), [event("lock"), event("check"), event("execute", 0)]);
    expect(timeline.states).toEqual(["running", "waiting", "waiting"]);
    timeline = advance(timeline, [event("execute", 0, true, 12), event("execute", 1)]);
    expect(timeline).toMatchObject({ phase: "execute", done: 1, current: 1, millis: [12, null, null] });
    expect(timeline.states).toEqual(["done", "running", "waiting"]);
  });

  it("does not count a statement twice, and takes no statement that the plan lacks", () => {
    const timeline = advance(emptyTimeline(1), [
      event("execute", 0, true, 1),
      event("execute", 0, true, 1),
      event("execute", 7, true, 1),
    ]);
    expect(timeline).toMatchObject({ done: 1, current: 0 });
  });

  it("is the same when nothing happened, and never changes in place", () => {
    const before = emptyTimeline(2);
    expect(advance(before, [])).toBe(before);
    advance(before, [event("execute", 0)]);
    expect(before.states[0]).toBe("waiting");
  });

  it("ends as the execution says, and keeps the times of the events", () => {
    const ran = advance(emptyTimeline(3), [
      event("execute", 0, true, 12),
      event("execute", 1),
      event("recover"),
    ]);
    const timeline = conclude(
      ran,
      ended({ outcomes: ["rolled_back", "failed", "not_run"], millis: [0, 0, 0], failedIndex: 1 }),
    );
    expect(timeline).toMatchObject({
      states: ["rolled_back", "failed", "not_run"],
      millis: [12, null, null],
      done: 0,
      current: 1,
    });
    expect(tally(timeline.states)).toMatchObject({ rolled_back: 1, failed: 1, not_run: 1, done: 0 });
  });

  it("takes in 20,000 events of 10,000 statements quickly", () => {
    const events = Array.from({ length: 20_000 }, (_, i) => event("execute", i >> 1, i % 2 === 1, 1));
    const began = performance.now();
    let timeline = emptyTimeline(10_000);
    for (let i = 0; i < events.length; i += 200) {
      timeline = advance(timeline, events.slice(i, i + 200));
    }
    expect(timeline.done).toBe(10_000);
    expect(performance.now() - began).toBeLessThan(1000);
  });
});

describe("the steps", () => {
  it.each([
    [null, null, "waiting waiting waiting waiting"],
    ["lock", null, "running waiting waiting waiting"],
    ["execute", null, "done done running waiting"],
    ["verify", null, "done done done running"],
    ["verify", "verified", "done done done done"],
    ["verify", "residual", "done done done done"],
    ["verify", "unverified", "done done done failed"],
    ["recover", null, "done done failed skipped"],
    ["recover", "failed", "done done failed skipped"],
    ["execute", "failed", "done done failed skipped"],
    ["check", "refused", "done failed skipped skipped"],
    [null, "refused", "failed skipped skipped skipped"],
  ] as const)("in the phase %s with the result %s are %s", (phase, result, wanted) => {
    const states = phaseStates(phase, result);
    expect(`${states.lock} ${states.check} ${states.execute} ${states.verify}`).toBe(wanted);
  });

  it("have a fifth one only after a failure", () => {
    expect(phaseStates("execute", null).recover).toBe("skipped");
    expect(phaseStates("recover", null).recover).toBe("running");
    expect(phaseStates("recover", "failed").recover).toBe("done");
  });
});

describe("executing is allowed", () => {
  const risks = [{ id: "a" }, { id: "b" }] as Plan["risks"];

  it("when every risk is acknowledged, one by one", () => {
    const demands = { risks, name: null };
    const first = acknowledge(noConsent, "a", true);
    expect(mayExecute(noConsent, demands)).toBe(false);
    expect(mayExecute(first, demands)).toBe(false);
    expect(unacknowledged(first, demands)).toBe(1);
    const both = acknowledge(first, "b", true);
    expect(mayExecute(both, demands)).toBe(true);
    expect(mayExecute(acknowledge(both, "a", false), demands)).toBe(false);
  });

  it("in production when the name is typed exactly", () => {
    const demands = { risks: [], name: "Shop (live)" };
    const typed = (typedName: string) => ({ ...noConsent, typedName });
    expect(mayExecute(noConsent, demands)).toBe(false);
    expect(nameMatches(typed("shop (live)"), demands)).toBe(false);
    expect(nameMatches(typed("Shop (live) "), demands)).toBe(false);
    expect(mayExecute(typed("Shop (live)"), demands)).toBe(true);
  });

  it("at once where nothing is at risk", () => {
    expect(mayExecute(noConsent, { risks: [], name: null })).toBe(true);
  });
});
