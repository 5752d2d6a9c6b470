import { useState } from "react";

/** Where the keyboard was: in a menu, which closes, at what opened it. */
function focusedNow(): HTMLElement | null {
  const active = document.activeElement;
  const menu = active?.closest("[role=menu]");
  const opener = menu && document.getElementById(menu.getAttribute("aria-labelledby") ?? "");
  return opener ?? (active instanceof HTMLElement ? active : null);
}

/**
 * Gives the focus back to where it was before a dialog opened. Radix gives it to the dialog's trigger alone, and dialogs
 * that open by a key or by themselves have none. Must be called in a component that is there while the dialog is open.
 */
export function useReturnFocus(): (event: Event) => void {
  const [before] = useState(focusedNow);
  return (event) => {
    // What has taken the focus meanwhile, such as another dialog, keeps it.
    if (before?.isConnected && document.activeElement === document.body) {
      event.preventDefault();
      before.focus();
    }
  };
}
