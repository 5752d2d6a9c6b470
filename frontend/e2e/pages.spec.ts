import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { barriers, foreign } from "./support/inspect";
import { Journey } from "./support/journey";
import { expect, test } from "./support/test";
import { type At, tour } from "./support/tour";

const nothing: string[] = [];

test.describe.configure({ timeout: 360_000 });

for (const language of ["en", "zh"] as const) {
  const other = language === "en" ? "zh" : "en";

  test(`every page in ${language}: no barriers in either theme, and its own language only`, async ({
    app,
    database,
    somebody,
    relay,
  }) => {
    const at: At = async (name, { modal, data }) => {
      await test.step(name, async () => {
        expect.soft(await foreign(app, language, data), `${name}: another language`).toEqual(nothing);
        expect.soft(await barriers(app), `${name}: barriers`).toEqual(nothing);
        if (!modal) {
          await new Journey(app, other).speak();
          expect.soft(await foreign(app, other, data), `${name}: switched to ${other}`).toEqual(nothing);
          await new Journey(app, language).speak();
        }
      });
    };
    const j = new Journey(app, language);
    await j.speak();
    await tour(j, { database, somebody, relay }, at);
  });
}

test.describe("with accented letters in place of the English texts", () => {
  const dist = join(tmpdir(), `dbstruct-pseudo-${process.pid}`);
  test.use({ dist });

  test.beforeAll(() => {
    const config = resolve(import.meta.dirname, "pseudo/vite.config.ts");
    execFileSync(
      "npx",
      ["vite", "build", "--config", config, "--outDir", dist, "--emptyOutDir", "--logLevel", "error"],
      {
        cwd: resolve(import.meta.dirname, ".."),
        stdio: "inherit",
      },
    );
  });

  test.afterAll(() => rmSync(dist, { recursive: true, force: true }));

  test("every word on every page comes from the locale files", async ({ app, database, somebody, relay }) => {
    const j = new Journey(app, "pseudo");
    await tour(j, { database, somebody, relay }, async (name, { data }) => {
      expect.soft(await foreign(app, "pseudo", data), name).toEqual(nothing);
    });
  });
});
