import { Change, diff, presentableDiff } from "@codemirror/merge";

/** As many different pieces fit into the characters that texts are compared by; surrogates are none. */
const alphabetSize = 0xf7ff;

const limits = { scanLimit: 4000, timeout: 300 };

/** Numbers the pieces of two texts, so that the texts can be compared piece by piece as if those were characters. */
class Alphabet {
  private readonly letters = new Map<string, string>();

  spell(pieces: readonly string[]): string | undefined {
    let word = "";
    for (const piece of pieces) {
      let letter = this.letters.get(piece);
      if (letter === undefined) {
        const code = this.letters.size;
        if (code >= alphabetSize) {
          return undefined;
        }
        letter = String.fromCharCode(code < 0xd800 ? code : code + 0x800);
        this.letters.set(piece, letter);
      }
      word += letter;
    }
    return word;
  }
}

/** Where each piece begins, and where the last one ends. */
function offsets(pieces: readonly string[]): number[] {
  const out = [0];
  for (const piece of pieces) {
    out.push((out.at(-1) as number) + piece.length);
  }
  return out;
}

/** The changes between two texts in whole pieces; undefined when there are too many different ones. */
function pieceDiff(a: readonly string[], b: readonly string[]): Change[] | undefined {
  const alphabet = new Alphabet();
  const spelledA = alphabet.spell(a);
  const spelledB = alphabet.spell(b);
  if (spelledA === undefined || spelledB === undefined) {
    return undefined;
  }
  const [atA, atB] = [offsets(a), offsets(b)];
  const place = (at: readonly number[], piece: number) => at[piece] as number;
  return diff(spelledA, spelledB, limits).map(
    ({ fromA, toA, fromB, toB }) =>
      new Change(place(atA, fromA), place(atA, toA), place(atB, fromB), place(atB, toB)),
  );
}

const linesOf = (text: string) => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
const wordsOf = (text: string) => text.match(/[\p{L}\p{N}_$]+|\s+|[^\p{L}\p{N}_$\s]/gu) ?? [];

/**
 * What differs between two definitions: lines first, for a definition is read by lines, and within those the words, for
 * half a word that is the same says nothing.
 */
export function wordDiff(a: string, b: string): readonly Change[] {
  const lines = pieceDiff(linesOf(a), linesOf(b));
  if (!lines) {
    return presentableDiff(a, b, limits);
  }
  return lines.flatMap((line) => {
    const [textA, textB] = [a.slice(line.fromA, line.toA), b.slice(line.fromB, line.toB)];
    if (textA === "" || textB === "") {
      return [line];
    }
    const words = pieceDiff(wordsOf(textA), wordsOf(textB)) ?? [new Change(0, textA.length, 0, textB.length)];
    return joined(words, textA, textB).map(
      ({ fromA, toA, fromB, toB }) =>
        new Change(fromA + line.fromA, toA + line.fromA, fromB + line.fromB, toB + line.fromB),
    );
  });
}

/** Joins changes with nothing but blanks and signs between them: it is easier to read one than three. */
function joined(changes: readonly Change[], a: string, b: string): Change[] {
  const out: Change[] = [];
  for (const change of changes) {
    const last = out.at(-1);
    const between = last && `${a.slice(last.toA, change.fromA)}${b.slice(last.toB, change.fromB)}`;
    if (last && between !== undefined && /^[^\p{L}\p{N}\n]*$/u.test(between) && between.length <= 4) {
      out[out.length - 1] = new Change(last.fromA, change.toA, last.fromB, change.toB);
    } else {
      out.push(change);
    }
  }
  return out;
}
