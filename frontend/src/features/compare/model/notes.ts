import type { TFunction } from "i18next";
import type { Note } from "@/lib/backend/client";

/** What cannot be made comes first. */
export const severities = ["blocked", "lossy", "info"] as const;
export type NoteSeverity = (typeof severities)[number];

export function severityOf({ severity }: Pick<Note, "severity">): NoteSeverity {
  return severities.find((known) => known === severity) ?? "lossy";
}

/** The note as a sentence. What this frontend does not know yet is said in the backend's English. */
export function noteSentence(t: TFunction, { code, args, text }: Note): string {
  const values = Object.fromEntries(args.map((arg, i) => [i, arg]));
  return t(`notes.code.${code}` as "notes.code.type_mapped", { defaultValue: text, 0: "", 1: "", ...values });
}

/** Schema, table and name as the target has them. */
export function noteName({ schema, table, name }: Note): string {
  return [schema, table, name].filter((part) => part !== "").join(".");
}

/** The notes about what a row shows, the gravest first. */
export function notesOn(notes: readonly Note[], row: number): Note[] {
  return sorted(notes.filter((note) => note.row === row));
}

/** The gravest first, otherwise in their order. */
export function sorted(notes: readonly Note[]): Note[] {
  const rank = (note: Note) => severities.indexOf(severityOf(note));
  return [...notes].sort((a, b) => rank(a) - rank(b));
}

/** A comparison says what is blocked among the facts that it cannot express, too; here it is said in words. */
export function withoutBlocked(facts: readonly string[], notes: readonly Note[]): string[] {
  const said = new Set(
    notes.map(({ code, args }) => (args.length > 0 ? `${code} (${args.join(", ")})` : code)),
  );
  return facts.filter((fact) => !said.has(fact));
}
