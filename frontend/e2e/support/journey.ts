import { expect, type Locator, type Page } from "@playwright/test";
import { type Database, saveConnection } from "./test";
import { type Language, words } from "./words";

/** What a person does in the window, in the words of one language. */
export class Journey {
  readonly t: ReturnType<typeof words>;
  readonly main: Locator;

  constructor(
    readonly page: Page,
    readonly language: Language,
  ) {
    this.t = words(language);
    this.main = page.getByRole("main");
  }

  async speak() {
    await this.page.getByRole("radio", { name: this.language === "zh" ? "中文" : "English" }).click();
  }

  /** Opens the dialog for a new connection and fills it from an address. */
  async fillConnection(name: string, to: Database, environment?: string): Promise<Locator> {
    const { t, page } = this;
    await page
      .getByRole("button", { name: t("connections.new") })
      .first()
      .click();
    const dialog = page.getByRole("dialog", { name: t("connections.new") });
    const { engine, user, password, host, port } = to.server;
    await dialog
      .getByRole("textbox", { name: t("connections.url.label") })
      .fill(`${engine}://${user}:${password}@${host}:${port}/${to.name}`);
    const fill = dialog.getByRole("button", { name: t("connections.url.fill") });
    if (await fill.isEnabled()) {
      await fill.click();
    }
    await expect(
      dialog.getByRole("textbox", { name: t("connections.field.database"), exact: true }),
    ).toHaveValue(to.name);
    await dialog.getByRole("textbox", { name: t("connections.field.name"), exact: true }).fill(name);
    if (environment) {
      await dialog.getByRole("combobox", { name: t("environment.label") }).click();
      await page.getByRole("option", { name: t(`environment.${environment}`) }).click();
    }
    return dialog;
  }

  async save(dialog: Locator) {
    await dialog.getByRole("button", { name: this.t("action.save"), exact: true }).click();
  }

  /** Answers where passwords are kept: for this run only. */
  async keepForThisRun() {
    const question = this.page.getByRole("dialog", { name: this.t("secrets.choose.title") });
    await question.getByRole("radio", { name: this.t("secrets.kind.session.name") }).click();
    await question.getByRole("button", { name: this.t("secrets.choose.action") }).click();
    await expect(question).toBeHidden();
  }

  async openCompare() {
    await this.page
      .getByRole("navigation")
      .getByRole("button", { name: this.t("sidebar.compare"), exact: true })
      .click();
  }

  async choose(side: "source" | "target", name: string) {
    const label = this.t(`side.${side}Database`);
    await this.main.getByRole("combobox", { name: new RegExp(`^${label}`) }).click();
    await this.page.getByRole("option", { name: new RegExp(escaped(name)) }).click();
  }

  async compare() {
    await this.main.getByRole("button", { name: this.t("compare.setup.start"), exact: true }).click();
  }

  /** Saves both connections without their dialog, and chooses them. */
  async prepare(source: Database, target: Database, more: Record<string, unknown> = {}) {
    await saveConnection(this.page, "Wanted", source);
    await saveConnection(this.page, "Present", target, more);
    await this.page.reload();
    await this.speak();
    await this.openCompare();
    await this.choose("source", "Wanted");
    await this.choose("target", "Present");
  }

  /** What is said where something failed. */
  failure(text: string): Locator {
    return this.page.getByRole("alert").filter({ hasText: text });
  }

  /** A failed comparison, as the side that failed is told. */
  sideFailure(side: "source" | "target", name: string, code: string): Locator {
    return this.failure(this.t(`compare.failure.${side}`, { name, title: this.t(`errors.${code}.title`) }));
  }

  heading(key: string, values: Record<string, string | number> = {}): Locator {
    return this.main.getByRole("heading", { name: this.t(key, values), exact: true });
  }

  /** The line of the tree for an object, by what it is ticked as. */
  row(name: string): Locator {
    const label = this.t("compare.tree.tick", { name });
    return this.main
      .getByRole("row")
      .filter({ has: this.page.getByRole("checkbox", { name: label, exact: true }) });
  }

  tick(name: string): Locator {
    return this.main.getByRole("checkbox", { name: this.t("compare.tree.tick", { name }), exact: true });
  }

  async review() {
    await this.main.getByRole("button", { name: this.t("compare.bar.review") }).click();
    await expect(this.main.getByRole("heading", { name: this.t("plan.title") })).toBeVisible();
  }

  /** Confirms with every risk acknowledged, and the name typed where that is asked for. */
  async execute(typedName?: string) {
    const { t, page } = this;
    await this.main.getByRole("button", { name: t("plan.execute") }).click();
    const dialog = page.getByRole("alertdialog").or(page.getByRole("dialog"));
    const now = dialog.getByRole("button", { name: t("run.confirm.execute") });
    for (const box of await dialog.getByRole("checkbox").all()) {
      await expect(now).toBeDisabled();
      await box.click();
    }
    if (typedName) {
      await expect(now).toBeDisabled();
      await dialog.getByRole("textbox", { name: t("run.confirm.typeLabel") }).fill(typedName);
    }
    await now.click();
  }
}

export const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
