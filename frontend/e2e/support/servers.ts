import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/** A running test server, as scripts/servers.sh describes it. */
export type Server = {
  name: string;
  engine: "postgres" | "mysql" | "mariadb";
  version: string;
  host: string;
  port: number;
  user: string;
  password: string;
  client: string[];
};

const file =
  process.env.DBSTRUCT_SERVERS ?? resolve(import.meta.dirname, "../../../build/servers/servers.json");

export function server(name: string): Server {
  const all = JSON.parse(readFileSync(file, "utf8")) as Server[];
  const found = all.find((one) => one.name === name);
  if (!found) {
    throw new Error(`the server ${name} is not up: start the test servers with "make servers-up"`);
  }
  return found;
}

/** Runs SQL with the server's own client program. */
export function sql(on: Server, database: string, text: string): string {
  const flags =
    on.engine === "postgres" ? ["-v", "ON_ERROR_STOP=1", "-qAt", "-d", database] : ["-N", database];
  const [program = "", ...given] = on.client;
  const run = spawnSync(program, [...given, ...flags], { input: text, encoding: "utf8" });
  if (run.status !== 0) {
    throw new Error(`${on.name}: ${run.stderr || run.error?.message}`);
  }
  return run.stdout.trim();
}

const administrative = { postgres: "postgres", mysql: "mysql", mariadb: "mysql" };

/** Makes a database of its own for a test, filled with the SQL. */
export function makeDatabase(on: Server, text: string): string {
  const name = `e2e_${randomBytes(5).toString("hex")}`;
  sql(on, administrative[on.engine], `CREATE DATABASE ${name}`);
  sql(on, name, text);
  return name;
}

export function dropDatabase(on: Server, name: string) {
  const force = on.engine === "postgres" ? " WITH (FORCE)" : "";
  sql(on, administrative[on.engine], `DROP DATABASE IF EXISTS ${name}${force}`);
}
