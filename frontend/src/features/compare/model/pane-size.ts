const name = "compare.tree.size";
const initial = 38;

/** The tree's share of the width in percent, as it was left. */
export function readSize(): number {
  try {
    const stored = Number(localStorage.getItem(name) ?? Number.NaN);
    return stored > 0 && stored < 100 ? stored : initial;
  } catch {
    return initial;
  }
}

export function writeSize(size: number) {
  try {
    localStorage.setItem(name, String(size));
  } catch {
    // It then holds until the window closes.
  }
}
