const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const accented = [..."åƀçđéƒğĥîĵķļɱñöþǫŕšŧüṽŵẋýžÅƁÇĐÉƑĞĤÎĴĶĻṀÑÖÞǪŔŠŦÜṼŴẊÝŽ"];

/**
 * A text of the locale files in no language: every letter is exchanged for one that looks like it, so that a word in plain
 * letters on the page is one that does not come from the files. What the code fills in stays.
 */
export function pseudo(text: string): string {
  return text
    .split(/(\{\{.*?\}\}|<\/?\w+\/?>)/)
    .map((part, i) =>
      i % 2 === 1 ? part : part.replace(/[a-zA-Z]/g, (letter) => accented[plain.indexOf(letter)] ?? letter),
    )
    .join("");
}
