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

test("the sample databases differ until they are made equal, and can be removed", async ({ app }) => {
  const { sourceId, targetId } = await call<{ sourceId: string; targetId: string }>(
    app,
    "Samples",
    "Create",
    "Sample: development",
    "Sample: production",
  );
  const request = {
    runId: "samples",
    sourceId,
    targetId,
    options: { include: [], exclude: [], ignore: [], sourceSchemas: [], targetSchemas: [] },
    sourcePassword: "",
    targetPassword: "",
  };
  type Result = { id: string; equal: boolean };
  const before = await call<Result>(app, "Comparisons", "Run", request);
  expect(before.equal).toBe(false);
  type Rows = { states: string[]; state: number[] };
  const rows = await call<Rows>(app, "Comparisons", "Rows", before.id);
  const ticked = rows.state.flatMap((state, row) =>
    ["create", "alter", "drop"].includes(rows.states[state] ?? "") ? [row] : [],
  );
  type Plan = { id: string; risks: { id: string }[] };
  const plan = await call<Plan>(app, "Plans", "Make", before.id, ticked);
  const execution = await call<{ result: string; complete: boolean }>(app, "Plans", "Execute", {
    runId: "execute",
    planId: plan.id,
    acknowledged: plan.risks.map((risk) => risk.id),
    typedName: "",
  });
  expect(execution).toMatchObject({ result: "verified", complete: true });
  expect(await call<Result>(app, "Comparisons", "Run", { ...request, runId: "again" })).toMatchObject({
    equal: true,
  });
  await call(app, "Samples", "Remove");
  expect(await call(app, "Connections", "List")).toEqual([]);
});
