import { Journey } from "./support/journey";
import { sql } from "./support/servers";
import { expect, test } from "./support/test";

/*
 * Before something is executed that existing rows may stand against, a person can have those rows counted.
 */

const wanted = `
CREATE TABLE customers (id int PRIMARY KEY, email varchar(100) NOT NULL);
CREATE TABLE orders (id int PRIMARY KEY, buyer int, code varchar(3), CONSTRAINT buyers FOREIGN KEY (buyer) REFERENCES customers (id));`;
const present = `
CREATE TABLE customers (id int PRIMARY KEY, email varchar(100));
CREATE TABLE orders (id int PRIMARY KEY, buyer int, code varchar(3));
INSERT INTO customers VALUES (1, NULL), (2, NULL), (3, 'c@example.org');
INSERT INTO orders VALUES (1, 1, 'a'), (2, 2, 'b');`;

for (const [name, language] of [
  ["postgres18", "en"],
  ["mysql9.7", "zh"],
  ["mariadb11.8", "en"],
] as const) {
  test(`rows that stand against a change are counted before it on ${name}, in ${language}`, async ({
    app,
    database,
  }) => {
    const target = database(name, present);
    const j = new Journey(app, language);
    await j.prepare(database(name, wanted), target);
    await j.compare();
    await j.review();
    const nulls = j.main
      .getByRole("listitem")
      .filter({ hasText: "NOT NULL" })
      .filter({ hasText: "email" })
      .first();
    await nulls.getByRole("button", { name: j.t("plan.count.action") }).click();
    await expect(
      nulls.getByText(j.t("hazards.found.null_values_other", { 0: "email", count: 2 }), { exact: true }),
    ).toBeVisible();
    const key = j.main.getByRole("listitem").filter({ hasText: "FOREIGN KEY" }).first();
    await key.getByRole("button", { name: j.t("plan.count.action") }).click();
    await expect(key.getByText(j.t("hazards.found.none"), { exact: true })).toBeVisible();
    expect(sql(target.server, target.name, "SELECT count(*) FROM customers WHERE email IS NULL")).toBe("2");

    sql(target.server, target.name, "UPDATE customers SET email = 'x' WHERE id = 1");
    await nulls.getByRole("button", { name: j.t("plan.count.again") }).click();
    await expect(
      nulls.getByText(
        j.t(`hazards.found.null_values_${language === "zh" ? "other" : "one"}`, { 0: "email", count: 1 }),
        { exact: true },
      ),
    ).toBeVisible();
  });
}

test("counting that waits for somebody else is cancelled, and can be asked for again", async ({
  app,
  database,
  somebody,
}) => {
  const target = database("postgres18", present);
  const j = new Journey(app, "en");
  await j.prepare(database("postgres18", wanted), target);
  await j.compare();
  await j.review();
  await somebody(target, "LOCK TABLE customers IN ACCESS EXCLUSIVE MODE");
  const nulls = j.main.getByRole("listitem").filter({ hasText: "SET NOT NULL" }).first();
  await nulls.getByRole("button", { name: j.t("plan.count.action") }).click();
  await expect(nulls.getByText(j.t("plan.count.running"))).toBeVisible();
  await nulls.getByRole("button", { name: j.t("action.cancel") }).click();
  await expect(nulls.getByRole("button", { name: j.t("plan.count.action") })).toBeVisible();
  const waiting = `SELECT count(*) FROM pg_stat_activity WHERE datname = '${target.name}' AND query LIKE 'SELECT COUNT%' AND wait_event_type = 'Lock'`;
  await expect.poll(() => sql(target.server, target.name, waiting)).toBe("0");
});
