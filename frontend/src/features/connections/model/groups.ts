import { environments } from "@/features/connections/model/engines";
import type { Connection } from "@/lib/backend/client";

export const groupings = ["environment", "group"] as const;
export type Grouping = (typeof groupings)[number];

/** Connections under one heading. title "": those without an environment or a group. */
export type ConnectionGroup = { title: string; connections: Connection[] };

/** Every word that was typed must be in the connection, wherever. */
export function searchConnections(all: readonly Connection[], query: string): Connection[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return all.filter((connection) => {
    const facts = [
      connection.name,
      connection.group,
      connection.environment,
      connection.engine,
      connection.host,
      connection.socket,
      connection.database,
      connection.file,
      connection.user,
    ];
    const text = facts.join("\n").toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Environments in their order from development to production, groups by name; what has none comes last. */
export function groupConnections(all: readonly Connection[], by: Grouping): ConnectionGroup[] {
  const groups = new Map<string, Connection[]>();
  for (const connection of all) {
    const title = by === "environment" ? connection.environment : connection.group;
    groups.set(title, [...(groups.get(title) ?? []), connection]);
  }
  const order = (title: string) => (environments as readonly string[]).indexOf(title);
  return [...groups]
    .map(([title, connections]) => ({ title, connections }))
    .sort((a, b) => {
      if (a.title === "" || b.title === "") {
        return Number(a.title === "") - Number(b.title === "");
      }
      return by === "environment" ? order(a.title) - order(b.title) : a.title.localeCompare(b.title);
    });
}

/** Where the database is, in one short line. */
export function placeOf(connection: Connection): string {
  if (connection.engine === "sqlite") {
    // Like that of a server: what is told apart first, then where it lies.
    const [, folder = "", file] = /^(.*[/\\])?([^/\\]*)$/.exec(connection.file) ?? [];
    return folder === "" ? connection.file : `${file} @ ${folder}`;
  }
  const port = connection.port > 0 ? `:${connection.port}` : "";
  const server = connection.socket || `${connection.host}${port}`;
  return `${connection.database} @ ${server}`;
}
