import { expect, type Locator, type Page } from "@playwright/test";

/** A person without a mouse. */
export class Keys {
  constructor(readonly page: Page) {}

  /** One after the other, each held down for as long as a hand does at least. */
  async press(...keys: string[]) {
    for (const key of keys) {
      await this.page.keyboard.press(key, { delay: 20 });
    }
  }

  type(text: string) {
    return this.page.keyboard.type(text);
  }

  /** Goes on with Tab until the element has the focus; that it never gets it is an error. */
  async tabTo(element: Locator, key: "Tab" | "Shift+Tab" = "Tab") {
    await expect(element).toBeVisible();
    for (let step = 0; step < 80; step++) {
      if (await element.evaluate((node) => node === document.activeElement)) {
        return;
      }
      await this.press(key);
    }
    await expect(element, "reached with Tab").toBeFocused();
  }
}
