import { test as base, expect, type Page } from "@playwright/test";
import { Backend } from "./backend";
import { Relay } from "./relay";
import { dropDatabase, makeDatabase, type Server, server } from "./servers";
import { Session } from "./session";

/** A database of a test, gone with it. */
export type Database = { server: Server; name: string };

type Fixtures = {
  /** Where the page is built; none: in its usual place. */
  dist: string | undefined;
  backend: Backend;
  /** The page, opened. */
  app: Page;
  database: (serverName: string, text: string) => Database;
  /** Begins a transaction of somebody else, which ends with the test at the latest. */
  somebody: (on: Database, text: string) => Promise<Session>;
  /** Stands between the program and the server. */
  relay: (to: Server) => Promise<Relay>;
};

export const test = base.extend<Fixtures>({
  dist: [undefined, { option: true }],
  backend: async ({ dist }, use) => {
    const backend = new Backend(dist);
    await backend.start();
    await use(backend);
    await backend.remove();
  },
  app: async ({ page, backend }, use) => {
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") {
        problems.push(message.text());
      }
    });
    await page.goto(backend.url);
    await use(page);
    expect(problems, "errors in the browser's console").toEqual([]);
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from the pattern.
  database: async ({}, use) => {
    const made: Database[] = [];
    await use((serverName, text) => {
      const on = server(serverName);
      const database = { server: on, name: makeDatabase(on, text) };
      made.push(database);
      return database;
    });
    for (const { server: on, name } of made) {
      dropDatabase(on, name);
    }
  },
  // It asks for the databases so that sessions end before the databases on which they hold locks are dropped.
  somebody: async ({ database: _ }, use) => {
    const begun: Session[] = [];
    await use(async (on, text) => {
      const session = await Session.begin(on, text);
      begun.push(session);
      return session;
    });
    for (const session of begun) {
      await session.end();
    }
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  relay: async ({}, use) => {
    const made: Relay[] = [];
    await use(async (to) => {
      const relay = await Relay.to(to);
      made.push(relay);
      return relay;
    });
    for (const relay of made) {
      relay.cut();
    }
  },
});

export { expect };

/** Calls the backend as the page would, to prepare what a test is not about. */
export async function call<T>(page: Page, object: string, method: string, ...args: unknown[]): Promise<T> {
  type Bridge = { go: { api: Record<string, Record<string, (...args: unknown[]) => Promise<unknown>>> } };
  return page.evaluate(
    async ({ object, method, args }) =>
      (window as unknown as Bridge).go.api[object]?.[method]?.(...args) ?? null,
    { object, method, args },
  ) as Promise<T>;
}

/** Saves a connection to a database without the dialog; the password is kept for the run. */
export async function saveConnection(
  page: Page,
  name: string,
  to: Database,
  more: Record<string, unknown> = {},
): Promise<string> {
  await call(page, "Secrets", "Choose", "session", "");
  const saved = await call<{ connection: { id: string }; problems: unknown[] }>(page, "Connections", "Save", {
    id: "",
    name,
    engine: to.server.engine,
    environment: "",
    group: "",
    host: to.server.host,
    port: to.server.port,
    socket: "",
    database: to.name,
    user: to.server.user,
    schemas: [],
    file: "",
    tls: { mode: "prefer", rootCert: "", cert: "", key: "", serverName: "" },
    ssh: { enabled: false, host: "", port: 0, user: "", auth: "", keyFile: "", askSecret: false },
    askPassword: false,
    connectTimeout: 0,
    secrets: { password: { action: "set", value: to.server.password } },
    ...more,
  });
  expect(saved.problems).toEqual([]);
  return saved.connection.id;
}
