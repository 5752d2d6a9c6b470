import { createStore } from "@/lib/store";

export const shortcutGroups = ["general", "connections", "compare", "result", "review", "execute"] as const;
export type ShortcutGroup = (typeof shortcutGroups)[number];

/** Something that a person can do now, with its keys. */
export type Action = {
  /** Unique among what is on the page, such as "result.next". */
  id: string;
  /** In the person's language. */
  label: string;
  group: ShortcutGroup;
  /** "mod+k", or several that do the same. The first one is shown. */
  keys?: string | readonly string[];
  /** Without it the keys are handled elsewhere, as arrows in a tree are, and only the sheet lists them. */
  run?: () => void;
  /** false: cannot be done now; the sheet lists it still. */
  enabled?: boolean;
  /** false: not in the command palette. */
  palette?: boolean;
  /** true: works in a dialog too. Otherwise an open dialog keeps the keys of the page behind it away. */
  inDialogs?: boolean;
};

/** All actions of what is on the page; of two with the same keys the later wins. */
export const actions = createStore<readonly Action[]>([]);

export function register(added: readonly Action[]): () => void {
  actions.set((all) => [...all, ...added]);
  return () => actions.set((all) => all.filter((action) => !added.includes(action)));
}

export function keyList(action: Action): readonly string[] {
  return typeof action.keys === "string" ? [action.keys] : (action.keys ?? []);
}

/** The action that keys mean now. */
export function findAction(keys: string, all: readonly Action[], dialogOpen: boolean): Action | undefined {
  return all.findLast(
    (action) =>
      action.run &&
      action.enabled !== false &&
      (action.inDialogs || !dialogOpen) &&
      keyList(action).includes(keys),
  );
}
