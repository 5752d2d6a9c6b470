export type Store<State> = {
  get: () => State;
  set: (change: State | ((state: State) => State)) => void;
  subscribe: (listener: () => void) => () => void;
};

/** A value that several components share, for useSyncExternalStore(store.subscribe, store.get). */
export function createStore<State>(initial: State): Store<State> {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    set: (change) => {
      const next = typeof change === "function" ? (change as (state: State) => State)(state) : change;
      if (Object.is(next, state)) {
        return;
      }
      state = next;
      for (const listener of [...listeners]) {
        listener();
      }
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
