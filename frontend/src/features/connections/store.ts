import { useSyncExternalStore } from "react";
import type { Connection } from "@/lib/backend/client";
import { createStore } from "@/lib/store";

export type ConnectionsState = {
  /** The connection that is shown, "" for none. */
  selectedId: string;
  /** The dialog that is open: a new connection, or one that is edited. */
  editing: { connection: Connection | null } | null;
  deleting: Connection | null;
  /** Whether the sample databases are to be removed is being asked. */
  removingSamples: boolean;
  /** The connection whose page is to test it as soon as it is there, "" for none. */
  testRequest: string;
};

const initial: ConnectionsState = {
  selectedId: "",
  editing: null,
  deleting: null,
  removingSamples: false,
  testRequest: "",
};

const store = createStore<ConnectionsState>(initial);

export function useConnectionsState(): ConnectionsState {
  return useSyncExternalStore(store.subscribe, store.get);
}

function patch(change: Partial<ConnectionsState>) {
  store.set((state) => ({ ...state, ...change }));
}

export const selectConnection = (selectedId: string) => patch({ selectedId });
export const newConnection = () => patch({ editing: { connection: null } });
export const editConnection = (connection: Connection) => patch({ editing: { connection } });
export const closeEditor = () => patch({ editing: null });
export const askToDelete = (connection: Connection) => patch({ deleting: connection });
export const closeDelete = () => patch({ deleting: null });
export const askToRemoveSamples = () => patch({ removingSamples: true });
export const closeRemoveSamples = () => patch({ removingSamples: false });

/** Shows the connection and tests it there. */
export const testConnection = ({ id }: Connection) => patch({ selectedId: id, testRequest: id });
export const takeTestRequest = () => patch({ testRequest: "" });

/** Starts again as the window does; for tests. */
export const resetConnections = () => store.set(initial);
