import { vi } from "vitest";
import type { Connection } from "@/lib/backend/client";

/*
 * Stands where the window puts Go, below the generated code, so that the real client is what runs. Only for tests of the
 * page by itself; the tests in e2e have the real backend.
 */

type Methods = Record<string, (...args: never[]) => unknown>;
type Objects = Record<string, Methods>;

/** A saved connection with what a test says about it. */
export function savedConnection(facts: Partial<Connection> = {}): Connection {
  return {
    id: "1",
    name: "Shop",
    engine: "postgres",
    environment: "",
    group: "",
    host: "db.example",
    port: 0,
    socket: "",
    database: "shop",
    user: "me",
    schemas: [],
    file: "",
    tls: {
      mode: "prefer",
      rootCert: "",
      cert: "",
      key: "",
      serverName: "",
      askPassphrase: false,
      parameters: {},
    },
    ssh: {
      enabled: false,
      host: "",
      port: 0,
      user: "",
      auth: "automatic",
      keyFile: "",
      certificate: "",
      jumps: "",
      configFile: "",
      askSecret: false,
      askPassphrase: false,
    },
    askPassword: false,
    connectTimeout: 0,
    address: "postgres://me@db.example/shop",
    savedSecrets: [],
    lastUsed: "",
    sample: false,
    ...facts,
  } as Connection;
}

const build = { version: "1.2.3", commit: "", modified: false, go: "go1.26.8", platform: "linux/amd64" };

/** An answer for every call that the window makes by itself; those of a test take their place. */
function usual(): Objects {
  return {
    About: { Build: async () => build },
    Connections: { List: async () => [] },
    Settings: {
      All: async () => ({}),
      Put: vi.fn(async () => {}),
      Presets: async () => [],
      LastChoice: async () => ({
        sourceId: "",
        targetId: "",
        options: { include: [], exclude: [], ignore: [], sourceSchemas: [], targetSchemas: [], map: [] },
      }),
      PutLastChoice: async () => {},
    },
    Secrets: {
      Status: async () => ({
        kind: "keyring",
        available: ["keyring", "vault", "session"],
        locked: false,
        vaultExists: false,
        problem: "",
      }),
    },
    Comparisons: { Cancel: vi.fn(async () => {}) },
  };
}

/** Connects the page to these answers; the result has all of them, and emit sends an event to the page. */
export function connectBackend(answers: Objects = {}, runtime: Methods = {}) {
  const objects = usual();
  for (const [name, methods] of Object.entries(answers)) {
    objects[name] = { ...objects[name], ...methods };
  }
  const listeners = new Map<string, Set<(data: unknown) => void>>();
  const listen = (event: string, listener: (data: unknown) => void) => {
    const all = listeners.get(event) ?? new Set();
    listeners.set(event, all.add(listener));
    return () => void all.delete(listener);
  };
  Object.assign(window, {
    go: { api: objects },
    runtime: { EventsOn: listen, EventsOnMultiple: listen, ClipboardSetText: async () => true, ...runtime },
  });
  const emit = (event: string, data: unknown) => {
    for (const listener of listeners.get(event) ?? []) {
      listener(data);
    }
  };
  return { ...objects, emit } as Record<string, Methods> & { emit: typeof emit; Settings: Methods };
}
