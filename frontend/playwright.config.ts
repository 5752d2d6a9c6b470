import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

/** Debian's browser; another system's can be named. Playwright's own downloads are not used. */
const browser = [process.env.DBSTRUCT_BROWSER, "/usr/bin/chromium", "/usr/bin/chromium-browser"].find(
  (path) => path && existsSync(path),
);
if (!browser) {
  throw new Error(
    "no browser: install Debian's package chromium (make setup does), or name one in DBSTRUCT_BROWSER",
  );
}

/** The real page in a real browser, with the real backend and real servers behind it. */
export default defineConfig({
  testDir: "e2e",
  outputDir: "../build/e2e",
  fullyParallel: true,
  workers: Number(process.env.DBSTRUCT_E2E_WORKERS ?? 2),
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  projects: [
    { name: "page", testIgnore: "window/**" },
    { name: "window", testMatch: "window/window.spec.ts" },
    // Not tests, but made the same way: make screenshots, make bench-window.
    ...["screenshots", "bench"]
      .filter((name) => process.env.DBSTRUCT_E2E_EXTRA === name)
      .map((name) => ({ name, testMatch: `window/${name}.spec.ts`, timeout: 600_000 })),
  ],
  use: {
    browserName: "chromium",
    viewport: { width: 1280, height: 820 },
    locale: "en-GB",
    timezoneId: "UTC",
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: browser,
      args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"],
    },
  },
});
