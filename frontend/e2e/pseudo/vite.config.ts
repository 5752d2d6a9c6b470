import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Plugin } from "vite";
import { mergeConfig } from "vitest/config";
import usual from "../../vite.config";
import { pseudo } from "../support/pseudo";

/** Stands in for the English texts. The page is otherwise as it is shipped. */
function pseudoTexts(): Plugin {
  return {
    name: "pseudo-texts",
    enforce: "pre",
    load(id) {
      if (!/\/locales\/en\/\w+\.json$/.test(id)) {
        return null;
      }
      const inText = (_: string, value: unknown) => (typeof value === "string" ? pseudo(value) : value);
      return JSON.stringify(JSON.parse(readFileSync(id, "utf8"), inText));
    },
  };
}

export default mergeConfig(usual, {
  root: resolve(import.meta.dirname, "../.."),
  plugins: [pseudoTexts()],
});
