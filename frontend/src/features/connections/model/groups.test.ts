import { expect, it } from "vitest";
import { groupConnections, placeOf, searchConnections } from "@/features/connections/model/groups";
import { savedConnection } from "@/test-backend";

const all = [
  savedConnection({ id: "1", name: "Alpha", environment: "production", group: "Shop" }),
  savedConnection({ id: "2", name: "Beta", environment: "", group: "" }),
  savedConnection({ id: "3", name: "Gamma", environment: "development", group: "Billing" }),
];

const titles = (by: "environment" | "group") => groupConnections(all, by).map(({ title }) => title);

it("environments come in their order, and none last", () => {
  expect(titles("environment")).toEqual(["development", "production", ""]);
});

it("groups come by name, and none last", () => {
  expect(titles("group")).toEqual(["Billing", "Shop", ""]);
});

it("every word that is typed must be somewhere in the connection", () => {
  const names = (query: string) => searchConnections(all, query).map(({ name }) => name);
  expect(names("")).toEqual(["Alpha", "Beta", "Gamma"]);
  expect(names("shop ALPHA")).toEqual(["Alpha"]);
  expect(names("billing alpha")).toEqual([]);
});

it("a place is short: the file, the socket, or host and port", () => {
  expect(placeOf(savedConnection({ port: 6543 }))).toBe("shop @ db.example:6543");
  expect(placeOf(savedConnection({ socket: "/tmp", host: "" }))).toBe("shop @ /tmp");
  expect(placeOf(savedConnection({ engine: "sqlite", file: "/a.db" }))).toBe("a.db @ /");
});
