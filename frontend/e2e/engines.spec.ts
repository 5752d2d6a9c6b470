import { barriers } from "./support/inspect";
import { Journey } from "./support/journey";
import { expect, test } from "./support/test";

const shop = `CREATE TABLE orders (
  id int unsigned AUTO_INCREMENT PRIMARY KEY,
  paid tinyint(1) NOT NULL DEFAULT 0,
  status enum('new','sent') NOT NULL,
  place point,
  note varchar(40) COLLATE utf8mb4_general_ci
);
CREATE VIEW paid AS SELECT id FROM orders WHERE paid;
CREATE PROCEDURE pay(o int) UPDATE orders SET paid = 1 WHERE id = o;`;

for (const language of ["en", "zh"] as const) {
  test(`what a MySQL database has is translated for PostgreSQL, with notes and rules (${language})`, async ({
    app,
    database,
  }) => {
    const j = new Journey(app, language);
    const { t } = j;
    await j.prepare(database("mysql9.7", shop), database("postgres18", "SELECT 1;"));
    await j.compare();
    await j.main.getByRole("tab", { name: t("notes.tab") }).click();
    const notes = j.main.getByRole("region", { name: t("notes.title") });
    await expect(notes.getByText(t("notes.code.no_such_type", { 0: "point" }))).toBeVisible();
    await expect(notes.getByText(t("notes.code.unsigned_widened"))).toBeVisible();
    await expect(notes.getByText(t("notes.code.kind_left_out")).first()).toBeVisible();
    expect(await barriers(app)).toEqual([]);

    const box = notes.getByRole("textbox", { name: t("notes.rules.label") });
    await box.fill("tinyint(1)=smallint");
    await box.press("Enter");
    await expect(
      notes.getByText(t("notes.code.type_by_rule", { 0: "tinyint(1)", 1: "smallint" })),
    ).toBeVisible();
    await expect(notes.getByText("tinyint(1) → smallint", { exact: true })).toBeVisible();
    await notes.getByRole("button", { name: t("notes.chooseFor", { name: "public.orders.place" }) }).click();
    await app.getByRole("menuitem").first().click();
    await expect(notes.getByText(/^orders\.place → /)).toBeVisible();
    await notes.getByRole("button", { name: t("notes.jump", { name: "public.orders.id" }) }).click();
    await j.main.getByRole("tab", { name: t("compare.side.detail") }).click();
    await expect(j.main.getByText(t("notes.code.unsigned_widened"))).toBeVisible();
  });
}
