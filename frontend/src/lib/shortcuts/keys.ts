/**
 * Keys as they are written in code: "mod+k", "shift+f7", "?", "space". mod is Ctrl, and Command on a Mac.
 */
export const isMac = typeof navigator !== "undefined" && /mac/i.test(navigator.platform);

const names: Record<string, string> = {
  " ": "space",
  escape: "esc",
  arrowup: "up",
  arrowdown: "down",
  arrowleft: "left",
  arrowright: "right",
};

type KeyEvent = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/** The keys of an event, written as in code. */
export function keysOf(event: KeyEvent, mac = isMac): string {
  const key = names[event.key.toLowerCase()] ?? event.key.toLowerCase();
  const mod = mac ? event.metaKey : event.ctrlKey;
  // Shift is part of a sign such as "?", and stands by itself only beside letters and named keys.
  const shift = event.shiftKey && (key.length > 1 || /\p{L}/u.test(key));
  return [mod && "mod", event.altKey && "alt", shift && "shift", key].filter(Boolean).join("+");
}

const shown: Record<string, string> = {
  esc: "Esc",
  space: "Space",
  enter: "Enter",
  tab: "Tab",
  up: "↑",
  down: "↓",
  left: "←",
  right: "→",
  shift: "Shift",
  alt: "Alt",
  delete: "Del",
  home: "Home",
  end: "End",
};

/** The keys as they are printed on a keyboard, one by one. */
export function keyLabels(keys: string, mac = isMac): string[] {
  return keys.split("+").map((key) => {
    if (key === "mod") {
      return mac ? "⌘" : "Ctrl";
    }
    return shown[key] ?? (key.length === 1 || /^f\d+$/.test(key) ? key.toUpperCase() : key);
  });
}

/** Whether keys write text in a field, so that a field must get them first. */
export function writesText(keys: string): boolean {
  return !keys.includes("mod+") && !keys.includes("alt+") && !/(^|\+)(f\d+|esc)$/.test(keys);
}
