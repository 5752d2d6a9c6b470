import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "@playwright/test";
import { type Theme, tour } from "./tour";
import { Window } from "./window";

const folder = resolve(import.meta.dirname, "../../../build/screenshots");

for (const language of ["en", "zh"] as const) {
  for (const theme of ["light", "dark"] as Theme[]) {
    test(`every page in ${language}, ${theme}`, async () => {
      mkdirSync(folder, { recursive: true });
      const window = new Window();
      try {
        await window.start();
        let number = 0;
        await tour(window, language, theme, async (page) => {
          number += 1;
          const name = `${number}-${page}-${language}-${theme}.png`;
          writeFileSync(join(folder, name), await window.picture());
        });
      } finally {
        await window.stop();
      }
    });
  }
}
