import type { Run } from "@/features/run/store";
import type { StatementState } from "@/features/run/timeline";
import type { Execution } from "@/lib/backend/client";
import type { Failure } from "@/lib/backend/failure";

/** How an execution ended, in one word. */
export type Result = "verified" | "residual" | "failed" | "unverified" | "refused";

/** Null while it runs. */
export function resultOf(run: Pick<Run, "execution" | "refusal">): Result | null {
  if (run.refusal) {
    return "refused";
  }
  return (run.execution?.result as Result | undefined) ?? null;
}

export type Tone = "success" | "warning" | "destructive" | "neutral";

/** How the end is coloured: a cancel is no failure. */
export function toneOf(result: Result, failure: Failure | null): Tone {
  if (result === "verified") {
    return "success";
  }
  if (failure?.code === "cancelled") {
    return "neutral";
  }
  return result === "residual" || result === "unverified" ? "warning" : "destructive";
}

export function failureOf(run: Pick<Run, "execution" | "refusal">): Failure | null {
  return run.refusal ?? (run.execution?.failure as Failure | null | undefined) ?? null;
}

/** What the target is like after an early end. */
export type TargetState = "unchanged" | "rolledBack" | "partly" | "uncertain" | "all";

export function targetState(
  execution: Execution | null,
  counts: Record<StatementState, number>,
): TargetState {
  if (execution === null) {
    return "unchanged";
  }
  if (execution.unchanged) {
    return counts.rolled_back > 0 ? "rolledBack" : "unchanged";
  }
  if (execution.result === "unverified") {
    return "all";
  }
  return counts.unknown > 0 || counts.done === 0 ? "uncertain" : "partly";
}

const advised = [
  "target_changed",
  "target_locked",
  "connection_lost",
  "unreachable",
  "auth_failed",
  "secret_missing",
  "tls_failed",
  "no_privilege",
  "timed_out",
  "bad_input",
] as const;

export type Advice =
  | (typeof advised)[number]
  | `${"statement_failed" | "cancelled"}.${"unchanged" | "partly"}`
  | "unverified"
  | "other";

/** What to do next, by why it ended. */
export function adviceFor(code: string, result: Result, state: TargetState): Advice {
  if (result === "unverified") {
    return "unverified";
  }
  if (code === "statement_failed" || code === "cancelled") {
    return `${code}.${state === "unchanged" || state === "rolledBack" ? "unchanged" : "partly"}`;
  }
  return advised.find((known) => known === code) ?? (code.startsWith("tls_") ? "tls_failed" : "other");
}

/** Codes after which the same plan can simply be tried again, as long as the target is as it was. */
const passing = new Set([
  "target_locked",
  "connection_lost",
  "unreachable",
  "auth_failed",
  "secret_missing",
  "tls_failed",
  "no_privilege",
  "timed_out",
  "cancelled",
  "statement_failed",
]);

export function mayTryAgain(code: string, state: TargetState): boolean {
  return (passing.has(code) || code.startsWith("tls_")) && (state === "unchanged" || state === "rolledBack");
}
