import { By } from "selenium-webdriver";
import { type Language, words } from "../support/words";
import type { Window } from "./window";

export type Theme = "light" | "dark";

/** Goes through the program from the empty start to the proof, with its sample databases, and calls at every page. */
export async function tour(
  window: Window,
  language: Language,
  theme: Theme,
  at: (page: string) => Promise<void>,
) {
  const t = words(language);
  const { driver } = window;
  const patience = 20_000;

  /** Tries until it works: an element may be drawn anew between being found and being used. */
  const attempt = async <T>(what: string, action: () => Promise<T>): Promise<T> => {
    const end = Date.now() + patience;
    for (;;) {
      try {
        return await action();
      } catch (problem) {
        if (Date.now() > end) {
          throw new Error(`${what}: ${problem}`);
        }
        await new Promise((later) => setTimeout(later, 100));
      }
    }
  };
  const find = (xpath: string) =>
    attempt(`find ${xpath}`, async () => {
      const element = await driver.findElement(By.xpath(xpath));
      if (!(await element.isDisplayed())) {
        throw new Error("hidden");
      }
      return element;
    });
  const click = (xpath: string) =>
    attempt(`click ${xpath}`, async () => {
      const element = await driver.findElement(By.xpath(xpath));
      if (!(await element.isEnabled())) {
        throw new Error("disabled");
      }
      await element.click();
    });
  const press = (name: string, within = "") =>
    click(`${within}//button[normalize-space(.)=${quoted(name)} or @aria-label=${quoted(name)}]`);
  const seen = (text: string) =>
    find(
      `//*[contains(normalize-space(.), ${quoted(text)}) and not(*[contains(normalize-space(.), ${quoted(text)})])]`,
    );
  const main = "//main";

  await click(`//*[@role='radio' and normalize-space(.)=${quoted(language === "zh" ? "中文" : "English")}]`);
  await click(`//*[@role='radio' and @aria-label=${quoted(t(`theme.${theme}`))}]`);
  await seen(t("connections.welcome.intro"));
  await at("start");

  await press(t("connections.new"), main);
  await find("//*[@role='dialog']");
  await at("connection");
  await press(t("action.cancel"), "//*[@role='dialog']");

  // The samples' own button, with the names that this language gives them.
  await press(t("connections.samples.action"), main);
  await find(`${main}//*[@role='combobox']`);
  await at("set-up");
  await press(t("compare.setup.start"), main);
  await find(`${main}//*[@role='row']`);
  await driver.executeScript("document.querySelector('[role=treegrid]')?.focus()");
  await click(`${main}//*[@role='row'][.//*[contains(text(), 'customers')]]`);
  await find(`${main}//*[@aria-label=${quoted(t("compare.detail.definitions"))}]`);
  await at("result");

  await press(t("compare.bar.review"), main);
  await find(`${main}//*[@role='listitem' or self::li]//code`);
  await at("review");
  await press(t("plan.execute"), main);
  const dialog = "//*[@role='alertdialog' or @role='dialog']";
  await find(dialog);
  await at("confirm");
  await attempt("acknowledge every risk", async () => {
    const box = By.xpath(`${dialog}//*[@role='checkbox' and not(@aria-checked='true')]`);
    for (const open of await driver.findElements(box)) {
      await open.click(); // one that is still moving into its place may be missed
    }
    if ((await driver.findElements(box)).length > 0) {
      throw new Error("not all are ticked yet");
    }
  });
  await press(t("run.confirm.execute"), dialog);
  await seen(t("run.title.verified"));
  await at("verified");
  await press(t("run.actions.compareAgain"), main);
  await find(`${main}//*[@role='treegrid' or @role='row']`);
}

/** A text as XPath writes it. */
function quoted(text: string): string {
  return text.includes("'") ? `"${text}"` : `'${text}'`;
}
