import { Journey } from "./support/journey";
import { sql } from "./support/servers";
import { expect, saveConnection, test } from "./support/test";

// Somebody's event trigger makes a table of its own whenever one is made: nothing in the plan could know.
const meddling = `
CREATE TABLE item (id int PRIMARY KEY);
CREATE FUNCTION meddle() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_regclass('public.surprise') IS NULL THEN CREATE TABLE public.surprise (id int); END IF;
END $$;
CREATE EVENT TRIGGER meddles ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION meddle();`;

const wanted = `
CREATE TABLE item (id int PRIMARY KEY);
CREATE TABLE fresh (id int PRIMARY KEY);
CREATE FUNCTION meddle() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_regclass('public.surprise') IS NULL THEN CREATE TABLE public.surprise (id int); END IF;
END $$;`;

test("what the target makes of the plan on its own is found by the verification", async ({
  app,
  database,
}) => {
  const target = database("postgres18", meddling);
  const j = new Journey(app, "en");
  await saveConnection(app, "Source", database("postgres18", wanted));
  await saveConnection(app, "Target", target);
  await app.reload();
  await j.openCompare();
  await j.choose("source", "Source");
  await j.choose("target", "Target");
  await j.compare();
  await expect(j.row("fresh")).toBeVisible();
  await j.review();
  await j.execute();
  await expect(j.main.getByRole("heading", { name: j.t("run.title.residual") })).toBeVisible();
  await j.main.getByRole("button", { name: j.t("run.residual.show_one", { count: 1 }) }).click();
  await expect(j.main.getByText("surprise").first()).toBeVisible();
  expect(sql(target.server, target.name, "SELECT to_regclass('fresh') IS NOT NULL")).toBe("t");
});
