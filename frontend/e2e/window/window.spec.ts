import { writeFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { tour } from "./tour";
import { Window } from "./window";

test.setTimeout(240_000);

test("the shipped window starts, paints, compares, executes and verifies", async ({
  browserName: _,
}, info) => {
  const window = new Window();
  try {
    await window.start();
    expect(await window.driver.getTitle()).toBe("Database Structure Sync");
    const pages: string[] = [];
    await tour(window, "en", "light", async (page) => {
      pages.push(page);
    });
    expect(pages).toEqual(["start", "connection", "set-up", "result", "review", "confirm", "verified"]);
    const policy = "return document.querySelector('meta[http-equiv=Content-Security-Policy]').content";
    expect(await window.driver.executeScript(policy)).toContain("connect-src 'none'");
    // What differs is what was not ticked: the two changes that destroy data.
    const connections = await window.call<{ id: string; name: string }[]>("Connections", "List");
    expect(connections).toHaveLength(2);
  } catch (problem) {
    writeFileSync(info.outputPath("window.png"), await window.picture());
    throw problem;
  } finally {
    await window.stop();
  }
});
