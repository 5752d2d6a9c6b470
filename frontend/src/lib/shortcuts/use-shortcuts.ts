import { useEffect, useRef, useSyncExternalStore } from "react";
import { keysOf, writesText } from "@/lib/shortcuts/keys";
import { type Action, actions, findAction, register } from "@/lib/shortcuts/registry";

/**
 * Registers what can be done here, for as long as the component is on the page: keys work, and the command palette and
 * the sheet of shortcuts list it. The actions may be written anew at every render.
 */
export function useShortcuts(list: readonly Action[]) {
  const latest = useRef(list);
  latest.current = list;
  const facts = JSON.stringify(list.map(({ run, ...rest }) => ({ ...rest, runs: run !== undefined })));

  useEffect(() => {
    const registered = (JSON.parse(facts) as (Action & { runs: boolean })[]).map(({ runs, ...action }) => ({
      ...action,
      run: runs ? () => latest.current.find(({ id }) => id === action.id)?.run?.() : undefined,
    }));
    return register(registered);
  }, [facts]);
}

export function useShortcut(action: Action) {
  useShortcuts([action]);
}

/** All actions of what is on the page. */
export function useActions(): readonly Action[] {
  return useSyncExternalStore(actions.subscribe, actions.get);
}

/** Listens to the keyboard; once, in the shell. */
export function useShortcutKeys() {
  useEffect(() => {
    const onKeyDown = (early: boolean) => (event: KeyboardEvent) => {
      const keys = keysOf(event);
      if (event.defaultPrevented || event.isComposing || keys.includes("mod+") !== early) {
        return;
      }
      if (writesText(keys) && ownsKeys(event.target)) {
        return;
      }
      const dialogOpen = document.querySelector("[role=dialog], [role=alertdialog]") !== null;
      const action = findAction(keys, actions.get(), dialogOpen);
      if (action?.run) {
        event.preventDefault();
        event.stopPropagation();
        action.run();
      }
    };
    // Before the element that has the focus: buttons and boxes take Enter whatever is held with it.
    const first = onKeyDown(true);
    const last = onKeyDown(false);
    window.addEventListener("keydown", first, { capture: true });
    window.addEventListener("keydown", last);
    return () => {
      window.removeEventListener("keydown", first, { capture: true });
      window.removeEventListener("keydown", last);
    };
  }, []);
}

/** Fields in which keys write. Menus and lists prevent the keys that they use themselves. */
function ownsKeys(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target instanceof HTMLTextAreaElement ||
      target instanceof HTMLSelectElement ||
      (target instanceof HTMLInputElement && !["checkbox", "radio", "button"].includes(target.type)))
  );
}
