import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { allWords, type Language } from "./words";

/** Fades and slides are over; what turns for ever is not waited for. */
async function settle(page: Page) {
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => Number(effect?.getComputedTiming().endTime) < 10_000);
    await Promise.all(ending.map((animation) => animation.finished.catch(() => undefined)));
  });
}

/** What axe finds serious or critical; in the dark theme only the colours are others. */
export async function barriers(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForFunction(
      (dark) => document.documentElement.classList.contains("dark") === dark,
      colorScheme === "dark",
    );
    await settle(page);
    const axe = new AxeBuilder({ page }).setLegacyMode();
    const { violations } = await (colorScheme === "dark" ? axe.withRules("color-contrast") : axe).analyze();
    for (const { id, impact, nodes } of violations) {
      if (impact === "serious" || impact === "critical") {
        for (const { html, failureSummary } of nodes.slice(0, 4)) {
          found.push(
            `${colorScheme}: ${id}: ${html.slice(0, 200)} (${failureSummary?.replace(/\s+/g, " ")})`,
          );
        }
      }
    }
  }
  return found;
}

/** All that can be read or is read out, but for what is set in the typeface of code: SQL, addresses, messages of servers. */
function texts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = new Set<string>();
    const code = "code, pre, .font-mono, .cm-editor, [aria-hidden=true] kbd, kbd";
    const visible = (element: Element) => element.checkVisibility({ visibilityProperty: true });
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (parent && !parent.closest(code) && visible(parent)) {
        found.add(walker.currentNode.textContent ?? "");
      }
    }
    for (const name of ["aria-label", "title", "placeholder", "alt", "aria-valuetext"]) {
      for (const element of document.body.querySelectorAll(`[${name}]`)) {
        if (!element.closest(code) && visible(element)) {
          found.add(element.getAttribute(name) ?? "");
        }
      }
    }
    return [...found];
  });
}

/** Names and units that every language leaves as they are, and what Intl makes of dates in English. */
const same = `English PostgreSQL MariaDB MySQL SQLite Pg Ma My SQ Ctrl Shift Esc Alt Del ms
  dev linux amd arm darwin windows go Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec AM PM`;

const latin = /[A-Za-z]{2,}/g;

/** What is on the page in another language than the one that was chosen. data: the names that come from databases. */
export async function foreign(page: Page, language: Language, data: string): Promise<string[]> {
  const all = await texts(page);
  if (language === "en") {
    return all.filter((text) => /\p{Script=Han}/u.test(text.replaceAll("中文", "")));
  }
  const own =
    language === "zh" ? allWords("zh").map((text) => text.replace(/\{\{.*?\}\}|<\/?\w+>/g, "")) : [];
  const known = new Set([same, data, ...own].join(" ").match(latin));
  return all.filter((text) => (text.match(latin) ?? []).some((word) => !known.has(word)));
}
