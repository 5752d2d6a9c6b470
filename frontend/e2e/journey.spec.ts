import { Journey } from "./support/journey";
import { sql } from "./support/servers";
import { expect, test } from "./support/test";
import type { Language } from "./support/words";

const wanted = `
CREATE TABLE customer (id int PRIMARY KEY, name varchar(80) NOT NULL, email varchar(120));
CREATE INDEX customer_name ON customer (name);
CREATE TABLE invoice (id int PRIMARY KEY, customer_id int NOT NULL, amount decimal(12,2) NOT NULL DEFAULT 0,
  CONSTRAINT invoice_customer FOREIGN KEY (customer_id) REFERENCES customer (id));
CREATE TABLE coupon (code varchar(20) PRIMARY KEY);`;

const drifted = `
CREATE TABLE customer (id int PRIMARY KEY, name varchar(80) NOT NULL, fax varchar(20));
INSERT INTO customer VALUES (1, 'Ada', '123');
CREATE TABLE invoice (id int PRIMARY KEY, customer_id int NOT NULL, amount decimal(12,2) NOT NULL);
CREATE TABLE old_log (id int PRIMARY KEY);`;

const journeys: [server: string, language: Language][] = [
  ["postgres18", "en"],
  ["mariadb11.8", "zh"],
  ["mysql9.7", "en"],
];

for (const [server, language] of journeys) {
  test(`the whole journey on ${server} in ${language}`, async ({ app, database }) => {
    const j = new Journey(app, language);
    const { t, main } = j;
    await j.speak();

    // Two connections, the second one tested and marked as production.
    const source = database(server, wanted);
    const target = database(server, drifted);
    const first = await j.fillConnection("Shop, development", source);
    await j.save(first);
    await j.keepForThisRun();
    await expect(first).toBeHidden();
    const second = await j.fillConnection("Shop, live", target, "production");
    await second.getByRole("button", { name: t("connections.test.action") }).click();
    await expect(second.getByText(t("connections.test.ok")).first()).toBeVisible();
    await j.save(second);
    await expect(second).toBeHidden();

    // Compare.
    await j.openCompare();
    await j.choose("source", "Shop, development");
    await j.choose("target", "Shop, live");
    await j.compare();
    await expect(j.row("old_log")).toBeVisible();
    await expect(j.tick("old_log")).not.toBeChecked();
    await expect(j.tick("fax")).not.toBeChecked();
    await expect(j.tick("coupon")).toBeChecked();

    // Filter, and untick one change.
    const filter = main.getByRole("searchbox", { name: t("compare.filter.text") });
    await filter.fill("coupon");
    await expect(j.row("old_log")).toBeHidden();
    await j.tick("coupon").click();
    await filter.fill("");
    await expect(j.row("old_log")).toBeVisible();
    await expect(j.tick("coupon")).not.toBeChecked();

    // Read the SQL and execute it.
    await j.review();
    const statements = main.getByRole("list", { name: t("plan.list") });
    await expect(statements).toContainText("invoice_customer");
    await expect(statements).not.toContainText("coupon");
    await expect(statements).not.toContainText("old_log");
    await j.execute("Shop, live");
    await expect(main.getByRole("heading", { name: t("run.title.verified") })).toBeVisible();

    // What was not ticked still differs, and is not ticked now; then everything is ticked and the two are alike.
    await main.getByRole("button", { name: t("run.actions.compareAgain") }).click();
    await expect(j.row("old_log")).toBeVisible();
    await expect(main.getByRole("row")).toHaveCount(4);
    for (const name of ["old_log", "fax", "coupon"]) {
      await expect(j.tick(name)).not.toBeChecked();
      await j.tick(name).click();
    }
    await j.review();
    await j.execute("Shop, live");
    await expect(main.getByRole("heading", { name: t("run.title.verified") })).toBeVisible();
    await main.getByRole("button", { name: t("run.actions.compareAgain") }).click();
    await expect(main.getByText(t("compare.identical.title"))).toBeVisible();
    expect(sql(target.server, target.name, "SELECT name FROM customer")).toBe("Ada");
  });
}
