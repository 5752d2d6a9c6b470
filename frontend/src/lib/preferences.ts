import { useCallback, useSyncExternalStore } from "react";
import { settings } from "@/lib/backend/client";

/*
 * What the window remembers for the person: language, theme, sizes of panes. The program's settings keep it; the page's
 * own storage is a copy that is there at once, so that the first paint is right. A choice that was never made, is no
 * longer offered or cannot be read counts as not made.
 */

/** The settings of the window begin with this among those of the program. */
const prefix = "window.";

const listeners = new Set<() => void>();
/** Where the page's storage is full or forbidden, choices hold until the window closes. */
const unstored = new Map<string, string>();

function readText(name: string): string | null {
  try {
    return unstored.get(name) ?? localStorage.getItem(name);
  } catch {
    return unstored.get(name) ?? null;
  }
}

function storeText(name: string, value: string) {
  try {
    localStorage.setItem(name, value);
    unstored.delete(name);
  } catch {
    unstored.set(name, value);
  }
  for (const listener of [...listeners]) {
    listener();
  }
}

export function readPreference<T extends string>(name: string, offered: readonly T[]): T | undefined {
  const stored = readText(name);
  return offered.find((value) => value === stored);
}

export function writePreference(name: string, value: string) {
  storeText(name, value);
  settings.put(prefix + name, JSON.stringify(value)).catch(() => {
    // It still holds in the page's storage, and nothing stops the person.
  });
}

/** Takes over what the program's settings say; without any, the page's storage stands. */
export async function loadPreferences() {
  for (const [key, json] of Object.entries(await settings.all())) {
    const value: unknown = key.startsWith(prefix) ? JSON.parse(json) : undefined;
    const name = key.slice(prefix.length);
    if (typeof value === "string" && value !== readText(name)) {
      storeText(name, value);
    }
  }
}

export function subscribeToPreferences(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** A choice and how to change it; everything that shows it follows. */
export function usePreference<T extends string>(
  name: string,
  offered: readonly T[],
  usual: T,
): [T, (value: T) => void] {
  const value = useSyncExternalStore(subscribeToPreferences, () => readPreference(name, offered) ?? usual);
  const set = useCallback((next: T) => writePreference(name, next), [name]);
  return [value, set];
}

/** The size of a pane in percent, for ResizablePanes; name it after its place, such as "pane.sidebar". */
export function usePaneSize(name: string, usual: number): [number, (size: number) => void] {
  const text = useSyncExternalStore(subscribeToPreferences, () => readText(name));
  const size = text === null ? Number.NaN : Number(text);
  const set = useCallback((next: number) => writePreference(name, String(next)), [name]);
  return [size > 0 && size < 100 ? size : usual, set];
}
