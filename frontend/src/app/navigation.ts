import { useSyncExternalStore } from "react";
import { createStore } from "@/lib/store";

/** home: the connections, or what to do without any. compare: from choosing source and target to the verified result. */
export type View = "home" | "compare";
export type Side = "source" | "target";

/** Where the person is, and which connections they chose to compare ("" for none). */
export type Navigation = { view: View; sourceId: string; targetId: string };

const store = createStore<Navigation>({ view: "home", sourceId: "", targetId: "" });

export function useNavigation(): Navigation {
  return useSyncExternalStore(store.subscribe, store.get);
}

export const currentNavigation = store.get;

export function navigate(view: View) {
  store.set((state) => ({ ...state, view }));
}

/**
 * Chooses a connection as one side. A connection that already is the other side changes over: the same one twice is
 * never compared.
 */
export function chooseSide(side: Side, connectionId: string) {
  store.set((state) => withSide(state, side, connectionId));
}

export function withSide(state: Navigation, side: Side, connectionId: string): Navigation {
  const next =
    side === "source" ? { ...state, sourceId: connectionId } : { ...state, targetId: connectionId };
  if (connectionId !== "" && next.sourceId === next.targetId) {
    return side === "source" ? { ...next, targetId: state.sourceId } : { ...next, sourceId: state.targetId };
  }
  return next;
}

export function swapSides() {
  store.set((state) => ({ ...state, sourceId: state.targetId, targetId: state.sourceId }));
}

/** Forgets a connection that is gone. */
export function forgetConnection(connectionId: string) {
  store.set((state) => ({
    ...state,
    sourceId: state.sourceId === connectionId ? "" : state.sourceId,
    targetId: state.targetId === connectionId ? "" : state.targetId,
  }));
}

/** Starts again as the window does; for tests. */
export function resetNavigation() {
  store.set({ view: "home", sourceId: "", targetId: "" });
}
