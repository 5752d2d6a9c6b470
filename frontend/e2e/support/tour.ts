import type { Journey } from "./journey";
import type { Relay } from "./relay";
import { type Server, sql } from "./servers";
import type { Session } from "./session";
import { type Database, expect } from "./test";

const wanted = `
CREATE TABLE customer (id int PRIMARY KEY, email varchar(120) NOT NULL, CONSTRAINT customer_email UNIQUE (email));
COMMENT ON TABLE customer IS 'who buys';
CREATE TABLE coupon (code varchar(20) PRIMARY KEY);
CREATE VIEW buyer AS SELECT id FROM customer;`;

const present = `
CREATE TABLE customer (id bigint PRIMARY KEY, email varchar(200), fax varchar(20));
INSERT INTO customer VALUES (1, 'ada@example.org', '1'), (2, 'ada@example.org', '2');
CREATE TABLE old_log (id int PRIMARY KEY);`;

type Tools = {
  database: (serverName: string, text: string) => Database;
  somebody: (on: Database, text: string) => Promise<Session>;
  relay: (to: Server) => Promise<Relay>;
};

/** Called on every page; modal: a dialog keeps everything else out of reach. data: the names of the databases. */
export type At = (page: string, facts: { modal: boolean; data: string }) => Promise<void>;

/** Goes through all pages and dialogs, from the empty start to two equal databases, and calls at each. */
export async function tour(j: Journey, tools: Tools, at: At) {
  const { t, page, main } = j;
  const source = tools.database("postgres18", wanted);
  const target = tools.database("postgres18", present);
  const line = await tools.relay(target.server);
  const viaLine: Database = { ...target, server: line.server };
  const { user, host } = target.server;
  const data = `${wanted} ${present} alpha omega ${source.name} ${target.name} ${user} ${host} public postgres integer character varying`;
  const on = (name: string) => at(name, { modal: false, data });
  const over = (name: string) => at(name, { modal: true, data });
  const top = page.getByRole("banner");
  const leave = () => page.keyboard.press("Escape");
  const dialog = page.getByRole("dialog");
  const closed = async () => {
    await leave();
    await expect(dialog).toHaveCount(0);
  };

  await expect(main.getByText(t("connections.welcome.intro"))).toBeVisible();
  await on("start without connections");

  // Dialogs of the window.
  await top.getByRole("button", { name: t("settings.open") }).click();
  await expect(dialog).toBeVisible();
  await over("settings");
  await closed();
  for (const [item, name] of [
    ["shortcuts.title", "shortcuts"],
    ["about.title", "about"],
  ] as const) {
    await top.getByRole("button", { name: t("help.label") }).click();
    await page.getByRole("menuitem", { name: t(item) }).click();
    await expect(dialog).toBeVisible();
    await over(name);
    await closed();
  }
  await page.keyboard.press("Control+k");
  await expect(dialog.getByRole("option").first()).toBeVisible();
  await over("palette");
  await closed();

  // Connections.
  const first = await j.fillConnection("alpha", source);
  await over("connection, general");
  for (const tab of ["ssl", "ssh"]) {
    await first.getByRole("tab", { name: t(`connections.tab.${tab}`) }).click();
    if (tab === "ssh") {
      await first.getByRole("checkbox", { name: t("connections.field.ssh.enabled") }).click();
      await j.save(first);
      await expect(first.getByText(t("connections.problem.required")).first()).toBeVisible();
    }
    await over(`connection, ${tab}`);
  }
  await first.getByRole("checkbox", { name: t("connections.field.ssh.enabled") }).click();
  await j.save(first);
  await expect(page.getByRole("dialog", { name: t("secrets.choose.title") })).toBeVisible();
  await over("where passwords are kept");
  await j.keepForThisRun();
  await expect(first).toBeHidden();
  const second = await j.fillConnection("omega", viaLine, "production");
  await second.getByRole("button", { name: t("connections.test.action") }).click();
  await expect(second.getByText(t("connections.test.ok")).first()).toBeVisible();
  await over("connection, tested");
  await j.save(second);
  await expect(second).toBeHidden();
  await expect(main.getByRole("heading", { name: "omega" })).toBeVisible();
  // What was said in passing stays in the language in which it was said.
  await expect(page.getByText(t("connections.savedToast", { name: "omega" }))).toHaveCount(0);
  await on("a connection");
  await main.getByRole("button", { name: t("connections.menuOf", { name: "omega" }) }).click();
  await over("menu of a connection");
  await page.getByRole("menuitem", { name: t("action.delete") }).click();
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await over("delete a connection");
  await leave();
  await page.getByRole("button", { name: t("sidebar.home"), exact: true }).click();
  await expect(j.heading("connections.start.title")).toBeVisible();
  await on("start with connections");

  // Comparing.
  await j.openCompare();
  await expect(j.heading("compare.setup.title")).toBeVisible();
  await on("set-up");
  await j.choose("source", "alpha");
  await j.choose("target", "omega");
  const before = line.said;
  await j.compare();
  await expect(j.row("fax")).toBeVisible();
  const took = line.said - before;
  await j.row("email").first().click();
  await expect(main.getByRole("region", { name: t("compare.detail.definitions") })).toBeVisible();
  await on("result");
  await main.getByRole("tab", { name: t("compare.side.sql") }).click();
  await expect(main.getByRole("list", { name: t("plan.list") })).toBeVisible();
  await on("result, SQL");
  const filter = main.getByRole("searchbox", { name: t("compare.filter.text") });
  await filter.fill("zzz");
  await expect(main.getByText(t("compare.filter.nothing"))).toBeVisible();
  await on("filtered to nothing");
  await main.getByRole("button", { name: t("compare.filter.clear") }).click();

  // Reviewing and executing: rows are in the way, then somebody's lock, then nothing.
  await main.getByRole("checkbox", { name: t("compare.tree.tickAll") }).click();
  await j.review();
  await expect(
    main
      .getByRole("list", { name: t("plan.list") })
      .getByRole("listitem")
      .first(),
  ).toBeVisible();
  await on("review");
  await main.getByRole("button", { name: t("plan.execute") }).click();
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await over("confirm");
  await leave();
  await j.execute("omega");
  await expect(j.heading("run.title.failed")).toBeVisible();
  await on("failed");
  sql(target.server, target.name, "UPDATE customer SET email = 'eda@example.org' WHERE id = 2");
  const lock = await tools.somebody(target, "LOCK TABLE customer IN ROW EXCLUSIVE MODE");
  await main.getByRole("button", { name: t("run.actions.tryAgain") }).click();
  await expect(main.getByRole("progressbar", { name: t("run.progress.label") })).toBeVisible();
  await on("executing");
  await lock.end();
  await expect(j.heading("run.title.verified")).toBeVisible();
  await on("verified");
  await main.getByRole("button", { name: t("run.actions.compareAgain") }).click();
  await expect(main.getByText(t("compare.identical.title"))).toBeVisible();
  await on("identical");

  // Comparing takes its time, and fails.
  const silent = line.silenceAfter(took / 2);
  await main
    .getByRole("button", { name: t("compare.header.again") })
    .first()
    .click();
  await silent;
  await on("comparing again");
  await main.getByRole("button", { name: t("action.cancel") }).click();
  await main.getByRole("button", { name: t("compare.header.change") }).click();
  await j.compare();
  await expect(main.getByRole("region", { name: t("compare.progress.title") })).toBeVisible();
  await on("comparing");
  line.cut();
  await expect(j.page.getByRole("alert")).toBeVisible();
  await on("comparing failed");
}
