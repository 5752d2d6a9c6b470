import type { TFunction } from "i18next";
import type { Hazard, Risk } from "@/lib/backend/client";

/** Codes whose second argument is a reason, with the reason's own arguments behind it. */
const withReason = new Set(["may_fail", "correctness"]);

function numbered(args: readonly string[]): Record<string, string> {
  return Object.fromEntries(args.map((arg, i) => [i, arg]));
}

/** The hazard as a sentence. What this frontend does not know yet is said in the backend's English. */
export function hazardSentence(t: TFunction, hazard: Hazard): string {
  const values = numbered(hazard.args);
  const reasonCode = withReason.has(hazard.code) ? hazard.args[1] : undefined;
  if (reasonCode !== undefined) {
    const reason = t(`hazards.reason.${reasonCode}` as "hazards.reason.check", {
      defaultValue: "",
      ...numbered(hazard.args.slice(2)),
    });
    if (reason === "") {
      return hazard.text;
    }
    values.reason = reason;
  }
  return t(`hazards.code.${hazard.code}` as "hazards.code.data_loss", {
    defaultValue: hazard.text,
    ...values,
  });
}

/** What so many rows have that stand against the change, as a sentence. */
export function countSentence(t: TFunction, hazard: Hazard, rows: number): string {
  if (rows === 0) {
    return t("hazards.found.none");
  }
  const reason = `hazards.found.${hazard.args[1]}` as "hazards.found.check";
  const values = { count: rows, ...numbered(hazard.args.slice(2)) };
  return t([reason, "hazards.found.other_reason"], values);
}

/** The hazard's name in two or three words. */
export function hazardTitle(t: TFunction, code: string): string {
  return t(`hazards.title.${code}` as "hazards.title.data_loss", { defaultValue: code.replaceAll("_", " ") });
}

/** The risk as a sentence: of its one object, or of all its objects together. */
export function riskSentence(t: TFunction, risk: Risk): string {
  if (risk.count <= 1) {
    return hazardSentence(t, risk.hazard);
  }
  return t(`hazards.many.${risk.hazard.code}` as "hazards.many.data_loss", {
    defaultValue: `${hazardTitle(t, risk.hazard.code)} (${risk.count})`,
    count: risk.count,
  });
}

/** Tells that the hazard's sentence says more than its name, so that it is written out beside its statement. */
export function isSpecific(hazard: Hazard): boolean {
  return hazard.severity === "destroys" || withReason.has(hazard.code);
}

/** Each hazard once: a statement that makes several changes has those of all of them. */
export function distinct(hazards: readonly Hazard[]): Hazard[] {
  const seen = new Map(hazards.map((hazard) => [keyOf(hazard), hazard]));
  return [...seen.values()];
}

/** What tells a hazard from others. */
export function keyOf({ code, args }: Hazard): string {
  return JSON.stringify([code, ...args]);
}
