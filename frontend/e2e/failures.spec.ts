import { Journey } from "./support/journey";
import { server, sql } from "./support/servers";
import { expect, saveConnection, test } from "./support/test";

const wanted = `
CREATE TABLE customer (id int PRIMARY KEY, email varchar(120) NOT NULL, CONSTRAINT customer_email UNIQUE (email));
CREATE TABLE coupon (code varchar(20) PRIMARY KEY);
CREATE TABLE invoice (id int PRIMARY KEY, customer_id int NOT NULL,
  CONSTRAINT invoice_customer FOREIGN KEY (customer_id) REFERENCES customer (id));`;

const present = `
CREATE TABLE customer (id int PRIMARY KEY, email varchar(120) NOT NULL);
CREATE TABLE invoice (id int PRIMARY KEY, customer_id int NOT NULL);`;

/** Rows that a unique key and a foreign key do not allow. */
const inTheWay = `${present}
INSERT INTO customer VALUES (1, 'ada@example.org'), (2, 'ada@example.org');`;

const password = (value: string) => ({ secrets: { password: { action: "set", value } } });

test("a wrong password is asked for until it is right", async ({ app, database }) => {
  const j = new Journey(app, "en");
  const target = database("postgres18", present);
  await j.prepare(database("postgres18", wanted), target, password("not this"));
  await j.compare();
  const refused = j.sideFailure("target", "Present", "auth_failed");
  await expect(refused).toContainText(j.t("errors.auth_failed.hint"));
  const field = refused.getByLabel(j.t("compare.failure.password", { name: "Present" }));
  await expect(field).toBeFocused();
  await field.fill("nor this");
  await refused.getByRole("button", { name: j.t("compare.failure.retry") }).click();
  await expect(field).toHaveValue("");
  await field.fill(target.server.password);
  await refused.getByRole("button", { name: j.t("compare.failure.retry") }).click();
  await expect(j.row("coupon")).toBeVisible();
});

test("a host that cannot be reached is named with its side and what to do", async ({
  app,
  database,
  relay,
}) => {
  const j = new Journey(app, "en");
  const line = await relay(server("mariadb11.8"));
  line.cut(); // nobody listens there any more
  const { host, port } = line.server;
  await j.prepare(database("mariadb11.8", wanted), database("mariadb11.8", present), { host, port });
  await j.compare();
  const failed = j.sideFailure("target", "Present", "unreachable");
  await expect(failed).toContainText(j.t("errors.unreachable.hint"));
  await expect(failed).toContainText(String(port));
  await failed.getByRole("button", { name: j.t("action.retry") }).click();
  await expect(failed).toBeVisible();
  await expect(j.main.getByRole("combobox", { name: j.t("side.targetDatabase") })).toContainText("Present");
});

for (const name of ["postgres18", "mysql9.7"]) {
  test(`a database that is not there on ${name}`, async ({ app, database }) => {
    const j = new Journey(app, "zh");
    const target = database(name, present);
    await j.prepare(target, database(name, wanted), { database: "no_such_shop" });
    await j.compare();
    const failed = j.sideFailure("target", "Present", "no_database");
    await expect(failed).toContainText(j.t("errors.no_database.hint"));
    await expect(failed).toContainText("no_such_shop");
  });
}

for (const name of ["postgres18", "mariadb11.8"]) {
  test(`a connection that breaks while comparing on ${name} leaves the old result`, async ({
    app,
    database,
    relay,
  }) => {
    const j = new Journey(app, "en");
    const target = database(name, present);
    const line = await relay(target.server);
    await j.prepare(database(name, wanted), { ...target, server: line.server });
    await j.compare();
    await expect(j.row("coupon")).toBeVisible();

    const silent = line.silenceAfter(line.said / 2);
    await j.main.getByRole("button", { name: j.t("compare.header.again") }).click();
    await silent;
    const progress = j.main.getByRole("region", { name: j.t("compare.progress.title") });
    await expect(progress).toContainText(j.t("compare.stale.running"));
    line.cut();
    const failed = j.sideFailure("target", "Present", "connection_lost");
    await expect(failed).toContainText(j.t("errors.connection_lost.hint"));
    await expect(progress).toBeHidden();
    await expect(j.row("coupon")).toBeVisible();
    await expect(j.tick("coupon")).toBeChecked();
  });
}

test("a comparison that hangs can be cancelled", async ({ app, database, relay }) => {
  const j = new Journey(app, "en");
  const target = database("postgres18", present);
  const line = await relay(target.server);
  const silent = line.silenceAfter(0);
  await j.prepare(database("postgres18", wanted), { ...target, server: line.server });
  await j.compare();
  await silent;
  await j.main.getByRole("button", { name: j.t("action.cancel") }).click();
  await expect(j.main.getByRole("button", { name: j.t("compare.setup.start"), exact: true })).toBeEnabled();
  await expect(j.page.getByRole("alert")).toHaveCount(0);
});

test("a statement that fails in the middle on MariaDB: what ran stands, the rest follows later", async ({
  app,
  database,
}) => {
  const j = new Journey(app, "en");
  const target = database("mariadb11.8", inTheWay);
  await j.prepare(database("mariadb11.8", wanted), target);
  await j.compare();
  await j.review();
  await j.execute();
  await expect(j.heading("run.title.failed")).toBeVisible();
  const report = j.failure(j.t("run.failure.stateTitle"));
  await expect(report).toContainText("Duplicate entry 'ada@example.org' for key 'customer_email'");
  await expect(report).toContainText(j.t("run.next.statement_failed.partly"));

  // What is claimed of the statements is what the server has.
  const statements = j.main.getByRole("list", { name: j.t("run.timeline.label") }).getByRole("listitem");
  const stateOf = (state: string) =>
    statements.filter({ has: app.getByText(j.t(`run.timeline.state.${state}`), { exact: true }) });
  await expect(stateOf("done")).toHaveCount(1);
  await expect(stateOf("done")).toContainText("coupon");
  await expect(stateOf("failed")).toContainText("customer_email");
  await expect(stateOf("not_run")).toContainText([/invoice_customer/, /invoice_customer/]);
  expect(sql(target.server, target.name, "SHOW TABLES").split("\n")).toEqual([
    "coupon",
    "customer",
    "invoice",
  ]);

  // The cause is corrected; only what is missing is done.
  sql(target.server, target.name, "UPDATE customer SET email = 'eda@example.org' WHERE id = 2");
  await j.main.getByRole("button", { name: j.t("run.actions.compareAgain") }).click();
  await expect(j.row("customer_email")).toBeVisible();
  await expect(j.row("coupon")).toHaveCount(0);
  await j.review();
  await j.execute();
  await expect(j.heading("run.title.verified")).toBeVisible();
});

test("a statement that fails on PostgreSQL: everything is rolled back", async ({ app, database }) => {
  const j = new Journey(app, "zh");
  const target = database("postgres18", inTheWay);
  await j.prepare(database("postgres18", wanted), target);
  await j.compare();
  await j.review();
  await j.execute();
  await expect(j.heading("run.title.failed")).toBeVisible();
  const report = j.failure(j.t("run.failure.stateTitle"));
  await expect(report).toContainText("Key (email)=(ada@example.org) is duplicated");
  await expect(report).toContainText(j.t("run.state.rolledBack"));
  await expect(report).toContainText(j.t("run.next.statement_failed.unchanged"));
  expect(sql(target.server, target.name, tablesOfPostgres)).toBe("customer\ninvoice");

  // The cause is corrected, and the same SQL executed again.
  sql(target.server, target.name, "UPDATE customer SET email = 'eda@example.org' WHERE id = 2");
  await j.main.getByRole("button", { name: j.t("run.actions.tryAgain") }).click();
  await expect(j.heading("run.title.verified")).toBeVisible();
});

const tablesOfPostgres =
  "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1";

test("a target that somebody has changed since it was compared is left alone", async ({ app, database }) => {
  const j = new Journey(app, "en");
  const target = database("postgres18", present);
  await j.prepare(database("postgres18", wanted), target);
  await j.compare();
  await j.review();
  sql(target.server, target.name, "ALTER TABLE customer ADD COLUMN fax varchar(20)");
  await j.execute();
  await expect(j.heading("run.title.refused")).toBeVisible();
  const report = j.failure(j.t("run.next.target_changed"));
  await expect(report).toContainText(j.t("run.state.unchanged"));
  expect(sql(target.server, target.name, tablesOfPostgres)).toBe("customer\ninvoice");
  await j.main.getByRole("button", { name: j.t("run.actions.compareAgain") }).click();
  await expect(j.row("fax")).toBeVisible();
});

const cancelled = {
  postgres18: { lock: "LOCK TABLE customer IN ROW EXCLUSIVE MODE", total: 3, state: "rolledBack" },
  "mariadb11.8": { lock: "SELECT id FROM customer", total: 4, state: "partly_one" },
};

for (const [name, { lock, total, state }] of Object.entries(cancelled)) {
  test(`cancelling while a statement waits on ${name} tells how the target stands`, async ({
    app,
    database,
    somebody,
  }) => {
    const j = new Journey(app, "en");
    const target = database(name, present);
    await j.prepare(database(name, wanted), target);
    await j.compare();
    await j.review();
    const session = await somebody(target, lock);
    await j.execute();
    const running = j.main
      .getByRole("status")
      .filter({ hasText: j.t("run.phaseNote.execute", { number: 2, total }) });
    await expect(running).toBeVisible();
    await j.main.getByRole("button", { name: j.t("run.cancel.action") }).click();
    await expect(j.heading("run.title.cancelled")).toBeVisible();
    const report = j.failure(j.t("run.failure.stateTitle"));
    await expect(report).toContainText(j.t(`run.state.${state}`, { count: 1 }));
    await session.end();
    await j.main.getByRole("button", { name: j.t("run.actions.compareAgain") }).click();
    await expect(j.row("customer_email")).toBeVisible();
    await expect(j.row("coupon")).toHaveCount(state === "rolledBack" ? 1 : 0);
  });
}

test("on a production database nothing runs before its name is typed exactly", async ({ app, database }) => {
  const j = new Journey(app, "en");
  await j.prepare(database("mariadb11.8", wanted), database("mariadb11.8", present), {
    environment: "production",
  });
  await j.compare();
  await j.review();
  await j.main.getByRole("button", { name: j.t("plan.execute") }).click();
  const dialog = app.getByRole("alertdialog");
  for (const box of await dialog.getByRole("checkbox").all()) {
    await box.click();
  }
  const now = dialog.getByRole("button", { name: j.t("run.confirm.execute") });
  const name = dialog.getByRole("textbox", { name: j.t("run.confirm.typeLabel") });
  for (const typed of ["", "present", "Presen", "Present "]) {
    await name.fill(typed);
    await expect(now).toBeDisabled();
    await name.press("Enter");
    await expect(dialog).toBeVisible();
  }
  await name.fill("Present");
  await expect(now).toBeEnabled();
});

test("the same connection twice, and the same database by two connections, are refused", async ({
  app,
  database,
}) => {
  const j = new Journey(app, "en");
  const only = database("mysql9.7", present);
  await saveConnection(app, "First", only);
  await saveConnection(app, "Second", only);
  await app.reload();
  await j.openCompare();
  await j.choose("source", "First");
  await j.main.getByRole("combobox", { name: j.t("side.targetDatabase") }).click();
  const same = app.getByRole("option", { name: "First" });
  await expect(same).toBeDisabled();
  await expect(same).toContainText(j.t("compare.setup.isSource"));
  await app.getByRole("option", { name: "Second" }).click();
  await j.compare();
  await expect(j.failure(j.t("errors.same_database.title"))).toContainText(j.t("errors.same_database.hint"));
});

test("from the empty start page with samples to a verified target, and the samples removed", async ({
  app,
}) => {
  const j = new Journey(app, "en");
  const { t, main } = j;
  await main.getByRole("button", { name: t("connections.samples.action") }).click();
  const production = t("connections.samples.target");
  await expect(main.getByRole("combobox", { name: t("side.targetDatabase") })).toContainText(production);
  await j.compare();
  await main.getByRole("checkbox", { name: t("compare.tree.tickAll") }).click();
  await j.review();
  await j.execute();
  await expect(j.heading("run.title.verified")).toBeVisible();
  for (const name of [t("connections.samples.source"), production]) {
    await app
      .getByRole("button", { name: t("connections.menuOf", { name }) })
      .first()
      .click();
    await app.getByRole("menuitem", { name: t("action.delete") }).click();
    await app
      .getByRole("alertdialog")
      .getByRole("button", { name: t("action.delete") })
      .click();
    await expect(app.getByRole("button", { name: t("connections.menuOf", { name }) })).toHaveCount(0);
  }
  await app.getByRole("button", { name: t("sidebar.home"), exact: true }).click();
  await expect(main.getByRole("button", { name: t("connections.samples.action") })).toBeVisible();
});
