import { describe, expect, it } from "vitest";
import { type ConnectionForm, emptyForm } from "@/features/connections/model/form";
import { isDestination, isHost, problemsOf, tabOf } from "@/features/connections/model/rules";

type Change = Omit<Partial<ConnectionForm>, "ssh" | "tls" | "secrets"> & {
  ssh?: Partial<ConnectionForm["ssh"]>;
  tls?: Partial<ConnectionForm["tls"]>;
  secrets?: Partial<ConnectionForm["secrets"]>;
};

/** A form without problems, but for what a test says about it. */
function form({ ssh, tls, secrets, ...change }: Change = {}): ConnectionForm {
  const empty = emptyForm();
  return {
    ...empty,
    name: "Shop",
    database: "shop",
    ...change,
    ssh: { ...empty.ssh, ...ssh },
    tls: { ...empty.tls, ...tls },
    secrets: { ...empty.secrets, ...secrets },
  };
}

const found = (change: Change, taken: string[] = []) =>
  problemsOf(form(change), taken).map(({ field, code }) => `${field}: ${code}`);

describe("a connection", () => {
  it("with a name, a host and a database has no problems", () => {
    expect(found({})).toEqual([]);
  });

  it.each<[string, Change, string[]]>([
    ["without a name", { name: "  " }, ["name: required"]],
    ["without a host", { host: "" }, ["host: required"]],
    ["without a database", { database: "" }, ["database: required"]],
    ["with a port that is no number", { port: "http" }, ["port: port_range"]],
    ["with port 0", { port: "0" }, ["port: port_range"]],
    ["with a port beyond the last", { port: "65536" }, ["port: port_range"]],
    ["with the last port", { port: "65535" }, []],
    ["with a host that has a port in it", { host: "db:5432" }, ["host: bad_text"]],
    ["with a control character in its name", { name: "a\u0007b" }, ["name: bad_text"]],
    ["with a name of 101 signs", { name: "数".repeat(101) }, ["name: too_long"]],
    ["with a name of 100 signs", { name: "😀".repeat(100) }, []],
    ["with a time limit beyond an hour", { connectTimeout: "3601" }, ["connectTimeout: out_of_range"]],
    ["with a certificate and no key", { tls: { cert: "/c.pem" } }, ["tls.key: required"]],
    ["with a key and no certificate", { tls: { key: "/k.pem" } }, ["tls.cert: required"]],
    [
      "with a password that is set to nothing",
      { secrets: { password: { action: "set", value: "" } } },
      ["secrets.password: required"],
    ],
    ["by a socket that is no path", { via: "socket", socket: "tmp" }, ["socket: bad_text"]],
    ["by a socket, with a wrong host left over", { via: "socket", socket: "/tmp", host: "a b" }, []],
    [
      "by a socket and an SSH host",
      { via: "socket", socket: "/tmp", ssh: { enabled: true, host: "gate" } },
      [],
    ],
    ["through an SSH host that is not named", { ssh: { enabled: true } }, ["ssh.host: required"]],
    ["with an SSH host that is not used", { ssh: { enabled: false, host: "a b", port: "x" } }, []],
    [
      "with a key for SSH that is not named",
      { ssh: { enabled: true, host: "gate", auth: "key" } },
      ["ssh.keyFile: required"],
    ],
    [
      "through jump hosts that are none",
      { ssh: { enabled: true, host: "gate", jumps: "me@a:22, -x" } },
      ["ssh.jumps: bad_text"],
    ],
    ["through jump hosts", { ssh: { enabled: true, host: "gate", jumps: "me@a:22, [::1]:2222,c" } }, []],
    [
      "without the jump hosts of the configuration",
      { ssh: { enabled: true, host: "gate", jumps: "none" } },
      [],
    ],
    ["to SQLite without a file", { engine: "sqlite", host: "" }, ["file: required"]],
    [
      "to SQLite needs nothing of a server",
      { engine: "sqlite", file: "/a.db", host: "", database: "", port: "x", ssh: { enabled: true } },
      [],
    ],
  ])("%s", (_, change, problems) => {
    expect(found(change)).toEqual(problems);
  });

  it("cannot have the name of another, whatever the case", () => {
    expect(problemsOf(form({ name: " shop" }), ["SHOP"])).toEqual([
      { field: "name", code: "name_taken", args: { name: "shop" } },
    ]);
  });
});

it.each([
  ["db.example", true],
  ["127.0.0.1", true],
  ["::1", true],
  ["[::1]", true],
  ["fe80::1%eth0", true],
  ["db:5432", false],
  ["me@db", false],
  ["http://db", false],
  ["a b", false],
])("%s as a host: %s", (text, good) => {
  expect(isHost(text)).toBe(good);
});

it.each([
  ["name", "general"],
  ["secrets.password", "general"],
  ["ssh.host", "ssh"],
  ["secrets.key_passphrase", "ssh"],
  ["secrets.tls_key_passphrase", "ssl"],
  ["tls.cert", "ssl"],
] as const)("the field %s is on the tab %s", (field, tab) => {
  expect(tabOf(field)).toBe(tab);
});

it.each([
  ["gate", true],
  ["me@gate:2222", true],
  ["me@corp@gate", true],
  ["ssh://me@gate:22", true],
  ["::1", true],
  ["[::1]:22", true],
  ["", false],
  ["@gate", false],
  ["gate:0", false],
  ["gate:70000", false],
  ["gate:ssh", false],
  ["a b", false],
  ["-oProxyCommand=x", false],
])("%s as a jump host: %s", (text, good) => {
  expect(isDestination(text)).toBe(good);
});
