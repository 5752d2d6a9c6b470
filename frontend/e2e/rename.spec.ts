import { Journey } from "./support/journey";
import { sql } from "./support/servers";
import { expect, test } from "./support/test";

const present = `
CREATE TABLE users (id int PRIMARY KEY, nam varchar(80), email varchar(80), born date, city varchar(80));
INSERT INTO users VALUES (1, 'Ada', 'a@example.org', '1815-12-10', 'London'), (2, 'Alan', NULL, NULL, NULL);
CREATE TABLE label (id int PRIMARY KEY, colour varchar(10));
INSERT INTO label VALUES (1, 'red');`;

const wanted = `
CREATE TABLE customers (id int PRIMARY KEY, name varchar(80), email varchar(80), born date, city varchar(80));
CREATE TABLE label (id int PRIMARY KEY, weight varchar(10));`;

for (const server of ["postgres18", "mysql9.7"] as const) {
  test(`what the user calls a rename keeps its rows, and what not does not (${server})`, async ({
    app,
    database,
  }) => {
    const target = database(server, present);
    const j = new Journey(app, server === "mysql9.7" ? "zh" : "en");
    await j.prepare(database(server, wanted), target);
    await j.compare();
    const panel = j.main.getByRole("region", { name: j.t("compare.rename.title") });
    const line = (from: string, to: string) =>
      panel.getByRole("listitem", { name: new RegExp(`${from}\\b.*\\b${to}\\b`) });
    const yes = j.t("compare.rename.confirm");

    await line("users", "customers").getByRole("button", { name: yes }).click();
    await expect(j.row("users → customers")).toBeVisible();
    await line("nam", "name").getByRole("button", { name: yes }).click();
    await line("colour", "weight")
      .getByRole("button", { name: j.t("compare.rename.refuse") })
      .click();
    if (server === "postgres18") {
      await line("users_pkey", "customers_pkey").getByRole("button", { name: yes }).click();
    }
    // With nothing left to answer, the answers fold away.
    await expect(panel.getByRole("listitem")).toHaveCount(0);
    await panel.getByRole("button").first().click();
    await expect(line("colour", "weight")).toContainText(j.t("compare.rename.refused"));
    await j.review();
    await j.execute();
    await expect(j.main.getByRole("heading", { name: j.t("run.title.verified") })).toBeVisible();
    expect(sql(target.server, target.name, "SELECT name FROM customers WHERE id = 2")).toBe("Alan");
    expect(sql(target.server, target.name, "SELECT count(*) FROM label WHERE weight IS NULL")).toBe("1");
  });
}
