import { useSyncExternalStore } from "react";
import { createStore } from "@/lib/store";

/** The dialogs of the window itself, one at a time. */
export type WindowDialog = "settings" | "about" | "shortcuts" | "palette" | null;

const store = createStore<WindowDialog>(null);

export function useWindowDialog(): WindowDialog {
  return useSyncExternalStore(store.subscribe, store.get);
}

export const openDialog = (dialog: Exclude<WindowDialog, null>) => store.set(dialog);
export const closeDialog = () => store.set(null);
