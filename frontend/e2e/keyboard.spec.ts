import { Journey } from "./support/journey";
import { Keys } from "./support/keys";
import { type Database, expect, test } from "./support/test";

const wanted = `
CREATE TABLE customer (id int PRIMARY KEY, name varchar(80) NOT NULL, email varchar(120));
CREATE TABLE coupon (code varchar(20) PRIMARY KEY);
CREATE TABLE voucher (code varchar(20) PRIMARY KEY);`;

const present = `
CREATE TABLE customer (id int PRIMARY KEY, name varchar(40) NOT NULL, fax varchar(20));`;

const addressOf = ({ server: { engine, user, password, host, port }, name }: Database) =>
  `${engine}://${user}:${password}@${host}:${port}/${name}`;

test("the whole journey without a mouse", async ({ app, database }) => {
  const j = new Journey(app, "en");
  const { t, main } = j;
  const keys = new Keys(app);
  const dialog = app.getByRole("dialog", { name: t("connections.new") });
  const source = database("postgres18", wanted);
  const target = database("postgres18", present);

  /** In the dialog of a new connection, whose first field has the focus. */
  const fill = async (name: string, to: Database) => {
    await expect(dialog.getByRole("textbox", { name: t("connections.url.label") })).toBeFocused();
    await keys.type(addressOf(to));
    await keys.press("Enter");
    await expect(
      dialog.getByRole("textbox", { name: t("connections.field.database"), exact: true }),
    ).toHaveValue(to.name);
    await keys.tabTo(dialog.getByRole("textbox", { name: t("connections.field.name"), exact: true }));
    await keys.press("Control+a");
    await keys.type(name);
  };

  await expect(main.getByRole("button", { name: t("connections.new") })).toBeVisible();

  const palette = async (command: string) => {
    await expect(app.getByRole("dialog")).toHaveCount(0); // keys of the window do nothing behind one
    await keys.press("Control+k");
    await expect(app.getByRole("combobox", { name: t("palette.placeholder") })).toBeFocused();
    await keys.type(command);
    await keys.press("Enter");
  };

  // The first connection by its own key; where passwords are kept is chosen with arrows.
  await keys.press("Control+n");
  await fill("Shop, development", source);
  await keys.press("Enter");
  const question = app.getByRole("dialog", { name: t("secrets.choose.title") });
  await keys.tabTo(question.getByRole("radio").and(question.locator(":enabled")).first());
  const session = question.getByRole("radio", { name: t("secrets.kind.session.name") });
  await keys.press("ArrowDown");
  await expect(session).toBeChecked();
  await keys.tabTo(question.getByRole("button", { name: t("secrets.choose.action") }));
  await keys.press("Enter");
  await expect(dialog).toBeHidden();

  // The second one by the command palette, and marked as production.
  await palette(t("connections.new"));
  await fill("Shop, live", target);
  const environment = dialog.getByRole("combobox", { name: t("environment.label") });
  await keys.tabTo(environment);
  await keys.press("ArrowDown", "End", "Enter");
  await expect(environment).toContainText(t("environment.production"));
  await keys.tabTo(dialog.getByRole("button", { name: t("connections.test.action") }));
  await keys.press("Space");
  await expect(dialog.getByText(t("connections.test.ok")).first()).toBeVisible();
  await keys.tabTo(dialog.getByRole("button", { name: t("action.save"), exact: true }));
  await keys.press("Enter");
  await expect(dialog).toBeHidden();

  // Compare.
  await keys.press("Control+2");
  for (const [side, name] of [
    ["source", "development"],
    ["target", "live"],
  ] as const) {
    const field = main.getByRole("combobox", { name: t(`side.${side}Database`) });
    await keys.tabTo(field);
    await keys.press("Enter");
    await expect(app.getByRole("combobox", { name: t("compare.setup.search") })).toBeFocused();
    await keys.type(name);
    await keys.press("Enter");
    await expect(field).toContainText(name);
    await expect(field).toBeFocused();
  }
  await keys.press("Control+Enter");
  const tree = main.getByRole("treegrid", { name: t("compare.tree.label") });
  await expect(tree).toBeFocused();

  // From difference to difference, and folding.
  const chosen = tree.getByRole("row", { selected: true });
  await keys.press("Home");
  const first = await chosen.textContent();
  await keys.press("F7");
  await expect(chosen).not.toHaveText(first ?? "");
  await keys.press("Shift+F7");
  await expect(chosen).toHaveText(first ?? "");
  const customer = tree.getByRole("row", { name: "customer" }).first();
  while (!(await chosen.textContent())?.includes("customer")) {
    await keys.press("ArrowDown");
  }
  await keys.press("ArrowLeft");
  await expect(customer).toHaveAttribute("aria-expanded", "false");
  await expect(j.row("email")).toHaveCount(0);
  await keys.press("ArrowRight");
  await expect(j.row("email")).toBeVisible();

  // Filter, untick one change, tick one that destroys data.
  const untickOrTick = async (name: string) => {
    await keys.press("Control+f");
    await expect(main.getByRole("searchbox", { name: t("compare.filter.text") })).toBeFocused();
    await keys.type(name);
    await keys.press("Enter", "End", "Space", "Control+f", "Escape", "Escape");
    await expect(tree).toBeFocused();
  };
  await untickOrTick("coupon");
  await expect(j.tick("coupon")).not.toBeChecked();
  await untickOrTick("fax");
  await expect(j.tick("fax")).toBeChecked();

  // To the detail and back.
  await keys.press("Enter");
  await expect(
    main
      .getByRole("article", { name: t("compare.detail.label") })
      .getByRole("heading")
      .first(),
  ).toBeFocused();
  await keys.press("Escape");
  await expect(tree).toBeFocused();

  // All of this is written in a sheet.
  await keys.press("?");
  const sheet = app.getByRole("dialog", { name: t("shortcuts.title") });
  for (const [action, key] of [
    ["compare.shortcut.next", "F7"],
    ["compare.shortcut.previous", "ShiftF7"],
    ["compare.shortcut.filter", "CtrlF"],
    ["compare.shortcut.tick", "Space"],
    ["compare.shortcut.move", "↑"],
    ["compare.shortcut.fold", "←"],
    ["compare.bar.review", "CtrlEnter"],
    ["palette.open", "CtrlK"],
    ["connections.new", "CtrlN"],
    ["shortcuts.open", "?"],
  ] as const) {
    await expect(sheet.getByText(t(action), { exact: true }).locator("..")).toContainText(key);
  }
  await keys.press("Escape");
  await expect(sheet).toBeHidden();
  await expect(tree).toBeFocused();

  // The palette leads to the filter too, and a dialog that it opened gives the keyboard back.
  await palette(t("compare.shortcut.filter"));
  await expect(main.getByRole("searchbox", { name: t("compare.filter.text") })).toBeFocused();
  await keys.press("Escape");
  await palette(t("settings.open"));
  await expect(app.getByRole("dialog", { name: t("settings.title") })).toBeVisible();
  await keys.press("Escape");
  await expect(tree).toBeFocused();

  // Review and back, then execute with every question answered.
  await keys.press("Control+Enter");
  const review = main.getByRole("heading", { name: t("plan.title") });
  await expect(review).toBeVisible();
  await keys.press("Escape");
  await expect(tree).toBeFocused();
  await keys.press("Control+Enter");
  const execute = main.getByRole("button", { name: t("plan.execute") });
  await expect(execute).toBeEnabled();
  await keys.press("Control+Enter");
  const confirm = app.getByRole("alertdialog");
  for (const box of await confirm.getByRole("checkbox").all()) {
    await keys.tabTo(box);
    await keys.press("Space");
    await expect(box).toBeChecked();
  }
  await keys.tabTo(confirm.getByRole("textbox", { name: t("run.confirm.typeLabel") }));
  await keys.type("Shop, live");
  await keys.press("Enter");
  await expect(j.heading("run.title.verified")).toBeFocused();

  // Compare again: only what was not ticked is left; and back to the choice.
  await keys.press("Control+Enter");
  await expect(j.row("coupon")).toBeVisible();
  await expect(main.getByRole("row")).toHaveCount(1);
  await expect(tree).toBeFocused();
  await keys.press("Escape");
  await expect(j.heading("compare.setup.title")).toBeVisible();
});

test("every stop of Tab on the result shows where it is", async ({ app, database }) => {
  const j = new Journey(app, "en");
  await j.prepare(database("postgres18", wanted), database("postgres18", present));
  await j.compare();
  await expect(j.row("fax")).toBeVisible();
  const look = () =>
    app.evaluate(() => {
      let element = document.activeElement as HTMLElement;
      while (element.shadowRoot?.activeElement) {
        element = element.shadowRoot.activeElement as HTMLElement;
      }
      const marked = (one: Element) => {
        const { boxShadow, outlineStyle } = getComputedStyle(one);
        return boxShadow !== "none" || outlineStyle !== "none";
      };
      // A field in a frame lets the frame show it; a border takes another colour, and a tree marks its line.
      const around = [element, element.parentElement, element.closest(".cm-editor")];
      const otherwise = ["separator", "treegrid"].includes(element.role ?? "");
      return {
        html: element.outerHTML.slice(0, 300),
        // After the last one the window itself has the focus.
        visible: element === document.body || otherwise || around.some((one) => one !== null && marked(one)),
      };
    });
  const seen = new Set<string>();
  for (let step = 0; step < 60; step++) {
    await app.keyboard.press("Tab");
    const { html } = await look();
    await expect
      .poll(async () => (await look()).visible, {
        message: `the focus can be seen on ${html}`,
        timeout: 2000,
      })
      .toBe(true);
    seen.add(html);
  }
  expect(seen.size).toBeGreaterThan(15);
});
