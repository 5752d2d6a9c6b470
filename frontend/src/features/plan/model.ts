import type { Comparison, HazardCount, LeftOut, ObjectName, Plan } from "@/lib/backend/client";

/** How much a hazard matters, the gravest first. */
export const severities = ["destroys", "caution", "notice"] as const;

export type Severity = (typeof severities)[number];

export function isSeverity(word: string): word is Severity {
  return (severities as readonly string[]).includes(word);
}

/** The hazards of one severity, and how many statements' worth of them there are. */
export interface SeverityGroup {
  severity: Severity;
  count: number;
  hazards: HazardCount[];
}

/** Groups hazards by severity, the gravest first; inside a group the most frequent first. */
export function bySeverity(hazards: readonly HazardCount[]): SeverityGroup[] {
  return severities.flatMap((severity) => {
    const of = hazards
      .filter((hazard) => (isSeverity(hazard.severity) ? hazard.severity : "caution") === severity)
      .sort((a, b) => b.count - a.count);
    return of.length === 0
      ? []
      : [{ severity, hazards: of, count: of.reduce((sum, hazard) => sum + hazard.count, 0) }];
  });
}

/** The object's name with its schema and table, "public.users.email". */
export function fullName(object: ObjectName): string {
  return [object.schema, object.table, object.name].filter((part) => part !== "").join(".");
}

/** Kinds that belong to a table, so that the part of a key before the name is a table. */
const ownedKinds = new Set([
  "column",
  "primary_key",
  "unique",
  "check",
  "exclusion",
  "index",
  "foreign_key",
  "trigger",
  "rule",
  "policy",
]);

/** Reads a key as the backend writes it: "kind:schema.table.name", with "\" before a dot inside of a name. */
export function parseKey(text: string): ObjectName {
  const colon = text.indexOf(":");
  const parts: string[] = [];
  let part = "";
  for (let i = colon + 1; i < text.length; i++) {
    if (text[i] === ".") {
      parts.push(part);
      part = "";
      continue;
    }
    if (text[i] === "\\" && i + 1 < text.length) {
      i++;
    }
    part += text.charAt(i);
  }
  parts.push(part);
  const kind = text.slice(0, Math.max(colon, 0));
  const name = parts.pop() ?? "";
  const table = ownedKinds.has(kind) ? (parts.pop() ?? "") : "";
  return { kind, schema: parts.pop() ?? "", table, name };
}

/** Why a statement is there whose object was not ticked: a code and the object that made it necessary. */
export interface StatementReason {
  code: string;
  object: ObjectName | null;
}

/** Reads a statement's reason, "steps_aside table:public.users"; null: it serves a ticked change. */
export function parseReason(text: string): StatementReason | null {
  if (text === "") {
    return null;
  }
  const space = text.indexOf(" ");
  return space < 0
    ? { code: text, object: null }
    : { code: text.slice(0, space), object: parseKey(text.slice(space + 1)) };
}

/** Changes that were left out because of the same destructive one. */
export interface LeftOutGroup {
  because: ObjectName;
  objects: ObjectName[];
}

export function byCause(leftOut: readonly LeftOut[]): LeftOutGroup[] {
  const groups = new Map<string, LeftOutGroup>();
  for (const { object, because } of leftOut) {
    const key = `${because.kind}:${fullName(because)}`;
    const group = groups.get(key);
    if (group) {
      group.objects.push(object);
    } else {
      groups.set(key, { because, objects: [object] });
    }
  }
  return [...groups.values()];
}

/** What will still differ once the plan has run; all zero with complete. */
export interface Outlook {
  /** Afterwards nothing differs. */
  complete: boolean;
  /** Changes that nobody ticked and nothing needs. */
  unticked: number;
  /** Ticked changes that cannot run. */
  leftOut: number;
  /** Objects that differ in what cannot be changed by the program. */
  unmodelled: number;
}

export function outlook(plan: Plan, comparison: Comparison, ticked: number): Outlook {
  const { create, alter, drop, rename } = comparison.counts;
  if (plan.complete) {
    return { complete: true, unticked: 0, leftOut: 0, unmodelled: 0 };
  }
  return {
    complete: false,
    unticked: Math.max(0, create + alter + drop + rename - ticked - plan.pulled.length),
    leftOut: plan.leftOut.length,
    unmodelled: comparison.unmodelled,
  };
}

/** How a plan takes effect on the target. */
export type Atomicity = "one_transaction" | "several_transactions" | "one_by_one";

export function atomicity(plan: Pick<Plan, "transactional" | "oneTransaction">): Atomicity {
  if (!plan.transactional) {
    return "one_by_one";
  }
  return plan.oneTransaction ? "one_transaction" : "several_transactions";
}

const signs = { create: "+", alter: "~", drop: "−", rename: "→", replace: "±" } as const;

export type Action = keyof typeof signs;

export function isAction(word: string): word is Action {
  return word in signs;
}

/** What a statement does, as a sign beside the colour. */
export function actionSign(action: Action): string {
  return signs[action];
}
