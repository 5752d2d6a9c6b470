import { describe, expect, it } from "vitest";
import {
  emptyForm,
  fromConnection,
  numberOf,
  suggestedName,
  toDraft,
  withAddress,
} from "@/features/connections/model/form";
import type { ConnectionDraft } from "@/lib/backend/client";
import { savedConnection } from "@/test-backend";

describe("what is sent", () => {
  it("of a connection that was not changed is what was saved", () => {
    const saved = savedConnection({ port: 6543, schemas: ["public"], group: "Shop" });
    const draft = toDraft(fromConnection(saved));
    expect(draft).toMatchObject({ id: "1", name: "Shop", port: 6543, schemas: ["public"], group: "Shop" });
    expect(draft.secrets.password).toEqual({ action: "keep", value: "" });
  });

  it("to a host has no socket, and to a socket no host", () => {
    const form = { ...emptyForm(), host: "db", port: "1", socket: "/tmp" };
    expect(toDraft(form)).toMatchObject({ host: "db", port: 1, socket: "" });
    expect(toDraft({ ...form, via: "socket" })).toMatchObject({ host: "", port: 1, socket: "/tmp" });
    expect(toDraft({ ...form, engine: "mysql", via: "socket" })).toMatchObject({ port: 0, socket: "/tmp" });
  });

  it("to SQLite has nothing of a server", () => {
    const form = { ...emptyForm(), engine: "sqlite", file: "/a.db", database: "x", schemas: ["s"] };
    const draft = toDraft({ ...form, ssh: { ...form.ssh, enabled: true } });
    expect(draft).toMatchObject({ file: "/a.db", host: "", database: "", schemas: [] });
    expect(draft.ssh.enabled).toBe(false);
  });

  it("clears the secrets that are asked for every time, each by itself", () => {
    const set = { action: "set", value: "x" };
    const form = { ...emptyForm(), askPassword: true };
    form.secrets = { password: set, ssh_password: set, key_passphrase: set, tls_key_passphrase: set };
    const sent = (change: Partial<typeof form>) => toDraft({ ...form, ...change }).secrets;
    const clear = { action: "clear", value: "" };
    expect(sent({})).toEqual({ ...form.secrets, password: clear });
    expect(sent({ askPassword: false, tls: { ...form.tls, askPassphrase: true } })).toEqual({
      ...form.secrets,
      tls_key_passphrase: clear,
    });
  });
});

it("an address fills the form and leaves what it cannot say", () => {
  const form = { ...emptyForm(), id: "7", name: "Mine", environment: "staging", group: "Shop" };
  const parsed = {
    ...toDraft({ ...emptyForm(), engine: "mysql", name: "shop @ db", host: "db", database: "shop" }),
    secrets: {
      password: { action: "set", value: "secret" },
      tls_key_passphrase: { action: "set", value: "sesame" },
    },
  } as unknown as ConnectionDraft;
  expect(withAddress(form, parsed)).toMatchObject({
    id: "7",
    name: "Mine",
    environment: "staging",
    group: "Shop",
    engine: "mysql",
    host: "db",
    database: "shop",
    secrets: {
      password: { action: "set", value: "secret" },
      key_passphrase: { action: "keep", value: "" },
      tls_key_passphrase: { action: "set", value: "sesame" },
    },
  });
  expect(withAddress({ ...form, name: "" }, parsed).name).toBe("shop @ db");
  const mine = { ...form, ssh: { ...form.ssh, enabled: true, host: "gate", auth: "agent", jumps: "a" } };
  expect(withAddress(mine, parsed).ssh).toEqual(mine.ssh);
  const ssh = { ...parsed.ssh, enabled: true, host: "bastion", port: 2222, user: "you" };
  expect(withAddress(mine, { ...parsed, ssh }).ssh).toEqual({
    ...mine.ssh,
    host: "bastion",
    port: "2222",
    user: "you",
  });
});

it.each([
  ["", 0],
  [" 5432 ", 5432],
  ["0", -1],
  ["-1", -1],
  ["1.5", -1],
  ["x", -1],
])("%j typed as a number is %d", (text, number) => {
  expect(numberOf(text)).toBe(number);
});

it("a name is suggested after database and host, or the file", () => {
  expect(suggestedName({ ...emptyForm(), database: "shop", host: "db" })).toBe("shop @ db");
  expect(suggestedName({ ...emptyForm(), database: "shop", via: "socket" })).toBe("shop");
  expect(suggestedName({ ...emptyForm(), engine: "sqlite", file: "C:\\data\\shop.db" })).toBe("shop.db");
  expect(suggestedName(emptyForm())).toBe("");
});
