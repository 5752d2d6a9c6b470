import type { Comparison, Execution, Plan, Statement } from "@/lib/backend/client";

/*
 * What the backend says in the tests of reviewing and executing.
 */

const name = (kind: string, object: string) => ({ kind, schema: "public", table: "", name: object });

export function comparisonWith(target: Partial<Comparison["target"]> = {}): Comparison {
  const database = {
    connectionId: "1",
    name: "Shop",
    address: "postgres://app@db.example/shop",
    flavor: "PostgreSQL",
    version: "17.5",
    database: "shop",
    production: false,
    objects: 10,
    tables: 5,
  };
  return {
    id: "c1",
    at: "2026-01-01T00:00:00Z",
    seconds: 1,
    source: { ...database, connectionId: "2", name: "Dev" },
    target: { ...database, ...target },
    equal: false,
    counts: { create: 2, alter: 1, drop: 1, rename: 0, destructive: 1, identical: 7 },
    ignored: [],
    notices: [],
    options: {},
    unmodelled: 0,
  } as unknown as Comparison;
}

export function planWith(facts: Partial<Plan> = {}): Plan {
  return {
    id: "p1",
    comparisonId: "c1",
    statements: 3,
    bytes: 1234,
    transactional: true,
    oneTransaction: true,
    complete: false,
    pulled: [],
    leftOut: [],
    risks: [],
    hazards: [],
    ...facts,
  } as Plan;
}

export const destroyed = { code: "data_loss", severity: "destroys", args: ["public.old"], text: "lost" };

export function statementsOfPlan(count = 3): Statement[] {
  return Array.from({ length: count }, (_, index) => ({
    index,
    sql: `DROP TABLE public.t${index}`,
    object: name("table", `t${index}`),
    action: "drop",
    alone: false,
    reason: index === 1 ? "steps_aside table:public.t0" : "",
    hazards: index === 0 ? [destroyed] : [],
  })) as Statement[];
}

export function executionWith(facts: Partial<Execution> = {}): Execution {
  return {
    result: "verified",
    complete: true,
    seconds: 1.5,
    outcomes: ["done", "done", "done"],
    millis: [1, 2, 3],
    failedIndex: -1,
    failure: null,
    unchanged: false,
    stateFailure: null,
    residual: [],
    ...facts,
  } as unknown as Execution;
}

/** jsdom lays nothing out; a list that draws only what is on the screen needs a screen. */
export function giveElementsSizes() {
  const size = (pixels: (element: HTMLElement) => number): PropertyDescriptor => ({
    configurable: true,
    get(this: HTMLElement) {
      return pixels(this);
    },
  });
  const height = size((element) => (element.dataset.index === undefined ? 600 : 60));
  const width = size(() => 800);
  Object.defineProperties(HTMLElement.prototype, { offsetHeight: height, offsetWidth: width });
  Object.defineProperties(HTMLElement.prototype, { clientHeight: height, clientWidth: width });
  Element.prototype.scrollTo = () => {};
  window.ResizeObserver = class {
    constructor(private readonly tell: ResizeObserverCallback) {}
    observe(target: Element) {
      this.tell([{ target, contentRect: target.getBoundingClientRect() } as ResizeObserverEntry], this);
    }
    unobserve() {}
    disconnect() {}
  };
}
