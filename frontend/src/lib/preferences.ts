/**
 * What the window remembers for the person on this machine. A choice that was
 * never made, is no longer offered or cannot be read counts as not made.
 */
export function readPreference<T extends string>(name: string, offered: readonly T[]): T | undefined {
  try {
    const stored = localStorage.getItem(name);
    return offered.find((value) => value === stored);
  } catch {
    return undefined;
  }
}

/** Storage can be full or forbidden; the choice then holds until the window closes. */
export function writePreference(name: string, value: string) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // Nothing a person could do about it, and nothing that stops them.
  }
}
