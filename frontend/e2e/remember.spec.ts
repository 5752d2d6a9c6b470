import { Journey } from "./support/journey";
import { expect, test } from "./support/test";

const wanted = "CREATE TABLE customer (id int PRIMARY KEY, name varchar(80) NOT NULL);";
const present = "CREATE TABLE customer (id int PRIMARY KEY, name varchar(40) NOT NULL);";

test("the next start of the program finds what was chosen, and asks for passwords of this run only", async ({
  app,
  backend,
  database,
  browser,
}) => {
  const target = database("mariadb11.8", present);
  const before = new Journey(app, "zh");
  await before.prepare(database("mariadb11.8", wanted), target, { environment: "production" });
  await app.getByRole("radio", { name: before.t("theme.dark") }).click();
  const sizes: string[] = [];
  const border = (j: Journey, key: string) => j.page.getByRole("separator", { name: j.t(key) });
  const borders = ["sidebar.border", "compare.tree.border"];
  await before.main.getByRole("checkbox", { name: before.t("compare.ignore.comments") }).click();
  await before.compare();
  await expect(before.row("name")).toBeVisible();
  for (const key of borders) {
    await border(before, key).focus();
    const was = await border(before, key).getAttribute("aria-valuenow");
    await border(before, key).press("ArrowRight");
    await expect(border(before, key)).not.toHaveAttribute("aria-valuenow", was ?? "");
    sizes.push((await border(before, key).getAttribute("aria-valuenow")) ?? "");
  }

  // Another browser, without anything that the page itself keeps: the program must know.
  await app.goto("about:blank");
  await backend.restart();
  const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 820 } });
  const page = await context.newPage();
  await page.goto(backend.url);
  const after = new Journey(page, "zh");
  await expect(page.getByRole("radio", { name: "中文" })).toBeChecked();
  await expect(page.getByRole("radio", { name: after.t("theme.dark") })).toBeChecked();
  await expect(page.locator("html")).toHaveClass(/dark/);
  await expect(page.getByRole("button", { name: /^.*Present/ }).first()).toBeVisible();
  await after.openCompare();
  await expect(after.main.getByRole("combobox", { name: after.t("side.sourceDatabase") })).toContainText(
    "Wanted",
  );
  await expect(after.main.getByRole("combobox", { name: after.t("side.targetDatabase") })).toContainText(
    "Present",
  );
  await expect(after.main.getByRole("checkbox", { name: after.t("compare.ignore.comments") })).toBeChecked();

  // The passwords were for the run that has ended.
  await after.compare();
  const password = (name: string) => after.main.getByLabel(after.t("compare.failure.password", { name }));
  await expect(password("Wanted").or(password("Present"))).toBeVisible(); // whichever server answers first
  const names = (await password("Wanted").isVisible()) ? ["Wanted", "Present"] : ["Present", "Wanted"];
  for (const name of names) {
    await password(name).fill(target.server.password);
    await password(name).press("Enter");
  }
  await expect(after.row("name")).toBeVisible();
  for (const [i, key] of borders.entries()) {
    await expect(border(after, key)).toHaveAttribute("aria-valuenow", sizes[i] ?? "");
  }
  await context.close();
});
