import { Journey } from "./support/journey";
import { expect, saveConnection, test } from "./support/test";

test("what cannot be changed or compared is said, not passed over", async ({ app, database }) => {
  const base = "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';";
  const source = `${base} ALTER FUNCTION f() DEPENDS ON EXTENSION plpgsql; CREATE PUBLICATION news;`;
  const j = new Journey(app, "en");
  await saveConnection(app, "Source", database("postgres18", source));
  await saveConnection(app, "Target", database("postgres18", base));
  await app.reload();
  await j.openCompare();
  await j.choose("source", "Source");
  await j.choose("target", "Target");
  await j.compare();

  // The function differs in a fact that no statement of the program can write: there is nothing to tick.
  const row = j.main.getByRole("row").filter({ hasText: "f()" });
  await expect(row).toContainText(j.t("compare.state.unmodelled"));
  await expect(j.tick("f()")).toHaveCount(0);
  await row.click();
  await expect(j.main.getByText("DEPENDS ON EXTENSION")).toBeVisible();
  await expect(j.main.getByText(j.t("compare.detail.unmodelledHint"))).toBeVisible();
  await expect(j.main.getByText(j.t("compare.identical.title"))).toBeHidden();

  // The publication was not compared, which the header says.
  await j.main.getByRole("button", { name: j.t("compare.header.notices_one", { count: 1 }) }).click();
  await expect(app.getByText("publication", { exact: false }).first()).toBeVisible();
});
