import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import i18n from "i18next";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Providers } from "@/app/providers";
import { ConnectionDialog } from "@/features/connections/components/connection-dialog";
import { editConnection, newConnection, resetConnections } from "@/features/connections/store";
import { PromptHost } from "@/features/settings/components/prompt-host";
import type { ConnectionDraft, TestReport } from "@/lib/backend/client";
import { startI18n } from "@/lib/i18n/i18n";
import { connectBackend, savedConnection } from "@/test-backend";

const user = userEvent.setup({ delay: null });
const save = vi.fn(async (_draft: ConnectionDraft) => ({
  connection: savedConnection(),
  problems: [] as unknown[],
}));
const secretStore = { kind: "", available: ["vault", "session"], locked: false, vaultExists: false };

const report: TestReport = {
  ok: true,
  flavor: "PostgreSQL",
  version: "17.2",
  latency: 1.25,
  steps: [
    { name: "resolve", state: "skipped", detail: {}, millis: 0 },
    { name: "connect", state: "ok", detail: { address: "127.0.0.1:5432" }, millis: 0.5 },
    { name: "tls", state: "skipped", detail: {}, millis: 0 },
    { name: "rights", state: "ok", detail: { schemas: "1", tables: "42" }, millis: 3 },
  ],
} as unknown as TestReport;

function open(start: () => void = newConnection) {
  start();
  render(
    <Providers>
      <ConnectionDialog />
      <PromptHost />
    </Providers>,
  );
}

const field = (name: string) => screen.getByRole("textbox", { name });
const press = (name: string) => user.click(screen.getByRole("button", { name }));

beforeEach(async () => {
  save.mockClear();
  connectBackend({
    Connections: { List: async () => [savedConnection({ id: "9", name: "Taken" })], Save: save },
  });
  startI18n();
  await i18n.changeLanguage("en");
});

afterEach(resetConnections);

describe("the connection dialog", () => {
  it("saves what was typed, named after database and host, and closes", async () => {
    open();
    await user.type(field("Database"), "shop");
    await user.type(field("User"), "me");
    await press("Save");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(save.mock.calls[0]?.[0]).toMatchObject({
      id: "",
      name: "shop @ localhost",
      engine: "postgres",
      port: 0,
      user: "me",
      secrets: { password: { action: "keep", value: "" }, tls_key_passphrase: { action: "keep", value: "" } },
    });
  });

  it("says at the field what is wrong, and saves nothing", async () => {
    open();
    await user.type(field("Name"), "taken");
    await user.type(field("Port"), "99999");
    await press("Save");
    expect(await screen.findByText("A number from 1 to 65535")).toBeTruthy();
    expect(field("Port").getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByText("Required")).toBeTruthy();
    expect(screen.getByText("Another connection is called “taken”")).toBeTruthy();
    expect(save).not.toHaveBeenCalled();
  });

  it("shows what the backend finds at its field, on the tab where it is", async () => {
    save.mockResolvedValueOnce({
      connection: null as never,
      problems: [{ field: "tls.rootCert", code: "file_missing", args: { path: "/ca.pem" } }],
    });
    open();
    await user.type(field("Database"), "shop");
    await press("Save");
    expect(await screen.findByText("There is no such file")).toBeTruthy();
    expect(screen.getByRole("tab", { selected: true }).textContent).toContain("SSL");
  });

  it("never has a saved password, and can replace or clear it", async () => {
    open(() => editConnection(savedConnection({ savedSecrets: ["password"] })));
    expect(screen.getByText("Saved")).toBeTruthy();
    expect(document.querySelector("input[type=password]")).toBeNull();

    await press("Clear");
    expect(screen.getByText("Will be removed")).toBeTruthy();
    await press("Replace");
    await user.type(screen.getByLabelText("Password"), "new");
    await press("Save");
    await waitFor(() => expect(save).toHaveBeenCalled());
    expect(save.mock.calls[0]?.[0].secrets.password).toEqual({ action: "set", value: "new" });
  });

  it("keeps the passphrase of a client's key, or has it asked for every time", async () => {
    const tls = { ...savedConnection().tls, cert: "/c.pem", key: "/k.pem" };
    open(() => editConnection(savedConnection({ tls, savedSecrets: ["tls_key_passphrase"] })));
    await user.click(screen.getByRole("tab", { name: "SSL" }));
    expect(screen.getByText("Saved")).toBeTruthy();
    await press("Replace");
    await user.type(screen.getByLabelText("Passphrase of that key"), "sesame");
    await press("Save");
    await waitFor(() => expect(save).toHaveBeenCalled());
    expect(save.mock.calls[0]?.[0].secrets.tls_key_passphrase).toEqual({ action: "set", value: "sesame" });

    open(() => editConnection(savedConnection({ tls, savedSecrets: ["tls_key_passphrase"] })));
    await user.click(screen.getByRole("tab", { name: "SSL" }));
    await user.click(screen.getByRole("checkbox", { name: "Ask for it every time" }));
    expect(screen.queryByText("Saved")).toBeNull();
    await press("Save");
    await waitFor(() => expect(save).toHaveBeenCalledTimes(2));
    expect(save.mock.calls[1]?.[0]).toMatchObject({
      tls: { askPassphrase: true },
      secrets: { tls_key_passphrase: { action: "clear", value: "" } },
    });
  });

  it("is filled by an address", async () => {
    const parsed = { ...savedConnection({ id: "", engine: "mysql", name: "shop @ db.example", port: 3307 }) };
    const parse = vi.fn(async () => ({ ...parsed, secrets: { password: { action: "set", value: "pw" } } }));
    connectBackend({ Connections: { ParseURL: parse } });
    open();
    expect(document.activeElement).toBe(field("Paste an address"));
    await user.paste("mysql://me:pw@db.example:3307/shop");
    await waitFor(() => expect(field("Host")).toHaveProperty("value", "db.example"));
    expect(parse).toHaveBeenCalledExactlyOnceWith("mysql://me:pw@db.example:3307/shop");
    expect(field("Port")).toHaveProperty("value", "3307");
    expect(screen.getByRole("combobox", { name: "Database type" }).textContent).toContain("MySQL");
    expect(field("Paste an address")).toHaveProperty("value", "");
  });

  it("shows step by step how a test went", async () => {
    connectBackend({ Connections: { Test: async () => report } });
    open();
    await user.type(field("Database"), "shop");
    await press("Test connection");
    expect(await screen.findByText("The connection works")).toBeTruthy();
    expect(screen.getByText("PostgreSQL 17.2 · 1.3 ms per round trip")).toBeTruthy();
    const steps = within(screen.getByRole("list")).getAllByRole("listitem");
    expect(steps.map(({ textContent }) => textContent)).toEqual([
      "Find the hostpassed overNot needed",
      "Connectsucceeded127.0.0.1:54320.5 ms",
      "Encryptpassed overNot encrypted",
      "Rightssucceeded1 schema · 42 tables can be read3 ms",
    ]);
  });

  it("saves what is said about the SSH hosts on the way", async () => {
    open();
    await user.type(field("Database"), "shop");
    await user.click(screen.getByRole("tab", { name: "SSH" }));
    await user.click(screen.getByRole("checkbox", { name: "Connect through an SSH host" }));
    await user.type(field("SSH host"), "bastion");
    await user.type(field("Jump hosts"), "me@gate:2222, -x");
    await user.type(field("Configuration file"), "none");
    await user.type(field("Certificate of the key"), "/k-cert.pub");
    await press("Save");
    expect(await screen.findByText(/This contains something that cannot be here/)).toBeTruthy();
    expect(save).not.toHaveBeenCalled();
    await user.clear(field("Jump hosts"));
    await user.type(field("Jump hosts"), "me@gate:2222");
    await press("Save");
    await waitFor(() => expect(save).toHaveBeenCalled());
    expect(save.mock.calls[0]?.[0].ssh).toMatchObject({
      enabled: true,
      host: "bastion",
      auth: "automatic",
      jumps: "me@gate:2222",
      configFile: "none",
      certificate: "/k-cert.pub",
    });
  });

  it("keeps further parameters of a connection, and asks before a public key is taken from the server", async () => {
    const tls = { ...savedConnection().tls, parameters: { channel_binding: "require" } };
    open(() => editConnection(savedConnection({ engine: "mysql", tls })));
    await user.click(screen.getByRole("tab", { name: "SSL" }));
    expect(field("Further parameters")).toHaveProperty("value", "channel_binding=require");
    await user.click(screen.getByRole("checkbox", { name: "Allow public key retrieval" }));
    await press("Save");
    await waitFor(() => expect(save).toHaveBeenCalled());
    expect(save.mock.calls[0]?.[0].tls.parameters).toEqual({
      channel_binding: "require",
      allowPublicKeyRetrieval: "true",
    });
  });

  it("shows the SSH hosts on the way one by one, and what was tried at the one that refused", async () => {
    const hop = (name: string, host: string, facts: object) => ({
      name,
      state: "ok",
      millis: 2,
      ...facts,
      detail: { hop: host, ...(facts as { detail?: object }).detail },
    });
    const failure = { code: "ssh_auth_failed", message: "inner let nobody in", side: "" };
    const steps = [
      hop("ssh_connect", "me@gate", { detail: { address: "gate:22" } }),
      hop("ssh_host_key", "me@gate", {
        detail: { type: "ssh-ed25519", fingerprint: "SHA256:abc", source: "/k:3" },
      }),
      hop("ssh_login", "me@gate", { detail: { user: "me", method: "publickey", tried: "key a, key b" } }),
      hop("ssh_connect", "me@inner", { detail: { address: "inner:22" } }),
      hop("ssh_login", "me@inner", { state: "failed", failure, detail: { user: "me", tried: "key a" } }),
      ...report.steps.map((step) => ({ ...step, state: "skipped" })),
    ];
    connectBackend({ Connections: { Test: async () => ({ ...report, ok: false, version: "", steps }) } });
    open();
    await user.type(field("Database"), "shop");
    await press("Test connection");
    const gate = await screen.findByRole("list", { name: "SSH host me@gate" });
    expect(
      within(gate)
        .getAllByRole("listitem")
        .map(({ textContent }) => textContent),
    ).toEqual([
      "Connectsucceededgate:222 ms",
      "Verify the hostsucceededssh-ed25519 · SHA256:abc · known from /k:32 ms",
      "Log insucceededme · by publickey · Tried: key a, key b2 ms",
    ]);
    const inner = screen.getByRole("list", { name: "SSH host me@inner" });
    expect(within(inner).getByText("An SSH host did not accept the login")).toBeTruthy();
    expect(within(inner).getByText("me · Tried: key a")).toBeTruthy();
    expect(screen.getByText("Not reached: Find the host, Connect, Encrypt, and Rights")).toBeTruthy();
  });

  it("says at which step a test failed and why, and forgets it when the form changes", async () => {
    const refused = { code: "auth_failed", message: "password refused", side: "" };
    const steps = report.steps.map((step) =>
      step.name === "connect" ? { ...step, state: "failed", failure: refused } : step,
    );
    connectBackend({ Connections: { Test: async () => ({ ...report, ok: false, version: "", steps }) } });
    open();
    await user.type(field("Database"), "shop");
    await press("Test connection");
    expect(await screen.findByText("The connection does not work")).toBeTruthy();
    expect(screen.getByText("The server refused the login")).toBeTruthy();
    expect(screen.getByText("password refused")).toBeTruthy();
    expect(screen.getByText("Not reached: Encrypt and Rights")).toBeTruthy();
    await user.type(field("User"), "me");
    expect(screen.queryByText("The connection does not work")).toBeNull();
  });

  it("cancels a test that takes too long", async () => {
    const { Comparisons } = connectBackend({ Connections: { Test: () => new Promise(() => {}) } });
    open();
    await user.type(field("Database"), "shop");
    await press("Test connection");
    const running = await screen.findByRole("status");
    await user.click(within(running).getByRole("button", { name: "Cancel" }));
    expect(Comparisons?.Cancel).toHaveBeenCalledOnce();
    expect(screen.queryByText("Testing the connection…")).toBeNull();
  });

  it("asks where passwords are kept before the first one is saved, says why, and saves then", async () => {
    save.mockRejectedValueOnce({ code: "secrets_unchosen", message: "choose", side: "" });
    const choose = vi.fn(async () => {});
    connectBackend({
      Connections: { Save: save },
      Secrets: { Status: async () => ({ ...secretStore, problem: "no D-Bus" }), Choose: choose },
    });
    open();
    await user.type(field("Database"), "shop");
    await user.type(screen.getByLabelText("Password"), "pw");
    await press("Save");
    const question = await screen.findByRole("dialog", { name: "Where should passwords be kept?" });
    expect(await within(question).findByText("no D-Bus")).toBeTruthy();
    await user.click(within(question).getByRole("radio", { name: "For this run only" }));
    await user.click(within(question).getByRole("button", { name: "Continue" }));
    await waitFor(() => expect(save).toHaveBeenCalledTimes(2));
    expect(choose).toHaveBeenCalledExactlyOnceWith("session", "");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("asks for the master password when the vault is locked, as often as it is wrong", async () => {
    save.mockRejectedValueOnce({ code: "secrets_locked", message: "locked", side: "" });
    const unlock = vi.fn(async (_password: string) => {});
    unlock.mockRejectedValueOnce({ code: "wrong_master_password", message: "wrong", side: "" });
    connectBackend({ Connections: { Save: save }, Secrets: { Unlock: unlock } });
    open();
    await user.type(field("Database"), "shop");
    await press("Save");
    const question = await screen.findByRole("dialog", { name: "Unlock the vault" });
    await user.type(within(question).getByLabelText("Master password"), "a{Enter}");
    expect(await screen.findByText("This is not the master password")).toBeTruthy();
    await user.type(within(question).getByLabelText("Master password"), "b{Enter}");
    await waitFor(() => expect(save).toHaveBeenCalledTimes(2));
    expect(unlock.mock.calls).toEqual([["a"], ["ab"]]);
  });
});
