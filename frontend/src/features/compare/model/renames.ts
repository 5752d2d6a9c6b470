import type { Rename } from "@/lib/backend/client";

export type RenameAnswer = "open" | "confirmed" | "refused";

/** The texts of all renames that are confirmed and refused once some have this answer. */
export function answersWith(
  renames: readonly Rename[],
  changed: readonly Rename[],
  answer: RenameAnswer,
): { confirmed: string[]; refused: string[] } {
  const texts = new Set(changed.map(({ text }) => text));
  const of = (wanted: RenameAnswer) =>
    renames
      .filter((rename) => (texts.has(rename.text) ? answer : rename.answer) === wanted)
      .map(({ text }) => text);
  return { confirmed: of("confirmed"), refused: of("refused") };
}
