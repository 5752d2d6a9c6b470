import { describe, expect, it, vi } from "vitest";
import { keyLabels, keysOf, writesText } from "@/lib/shortcuts/keys";
import { type Action, findAction } from "@/lib/shortcuts/registry";

const event = (key: string, held: string[] = []) => ({
  key,
  ctrlKey: held.includes("ctrl"),
  metaKey: held.includes("meta"),
  altKey: held.includes("alt"),
  shiftKey: held.includes("shift"),
});

it.each([
  [event("k", ["ctrl"]), "mod+k"],
  [event("K", ["ctrl", "shift"]), "mod+shift+k"],
  [event("F7", ["shift"]), "shift+f7"],
  [event("?", ["shift"]), "?"],
  [event(" "), "space"],
  [event("Escape"), "esc"],
  [event("ArrowDown", ["alt"]), "alt+down"],
])("an event is written as in code: %j → %s", (pressed, keys) => {
  expect(keysOf(pressed, false)).toBe(keys);
});

it("Command is the modifier of a Mac", () => {
  expect(keysOf(event("k", ["meta"]), true)).toBe("mod+k");
  expect(keyLabels("mod+k", true)).toEqual(["⌘", "K"]);
  expect(keyLabels("mod+shift+f7", false)).toEqual(["Ctrl", "Shift", "F7"]);
});

it.each([
  ["?", true],
  ["space", true],
  ["shift+k", true],
  ["mod+k", false],
  ["shift+f7", false],
  ["esc", false],
])("%s belongs to a field in which somebody types: %s", (keys, writes) => {
  expect(writesText(keys)).toBe(writes);
});

describe("of two actions with the same keys", () => {
  const action = (id: string, facts: Partial<Action> = {}): Action => ({
    id,
    label: id,
    group: "general",
    keys: ["mod+enter", "f9"],
    run: vi.fn(),
    ...facts,
  });

  it("the later runs", () => {
    expect(findAction("f9", [action("a"), action("b")], false)?.id).toBe("b");
  });

  it("one that cannot be done now makes way", () => {
    expect(findAction("f9", [action("a"), action("b", { enabled: false })], false)?.id).toBe("a");
    expect(findAction("f9", [action("a"), action("b", { run: undefined })], false)?.id).toBe("a");
  });

  it("only those that are made for it run in a dialog", () => {
    expect(findAction("f9", [action("a", { inDialogs: true }), action("b")], true)?.id).toBe("a");
    expect(findAction("f9", [action("a")], true)).toBeUndefined();
  });
});
