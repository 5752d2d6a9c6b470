import { call, expect, saveConnection, test } from "./support/test";

const shop = "CREATE TABLE customer (id int PRIMARY KEY, name varchar(80) NOT NULL);";
const drifted = "CREATE TABLE customer (id int PRIMARY KEY, name varchar(40) NOT NULL, fax varchar(20));";

for (const name of ["postgres18", "mariadb11.8", "mysql9.7"]) {
  test(`the page reaches the backend and the backend ${name}`, async ({ app, database }) => {
    const source = await saveConnection(app, "Source", database(name, shop));
    const target = await saveConnection(app, "Target", database(name, drifted));
    const options = { include: [], exclude: [], ignore: [], sourceSchemas: [], targetSchemas: [] };
    const comparison = await call<{ id: string; counts: object }>(app, "Comparisons", "Run", {
      runId: "one",
      sourceId: source,
      targetId: target,
      options,
      sourcePassword: "",
      targetPassword: "",
    });
    expect(comparison.counts).toMatchObject({ create: 0, alter: 1, drop: 1, destructive: 1 });
  });
}
