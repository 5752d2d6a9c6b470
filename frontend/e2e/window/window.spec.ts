import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
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

test("closing while something runs asks first; the window comes back in its size", async () => {
  // A server that accepts and never says a word.
  const silent = createServer(() => undefined).listen(0, "127.0.0.1");
  await new Promise((listening) => silent.once("listening", listening));
  const { port } = silent.address() as { port: number };
  const window = new Window();
  try {
    await window.start("1600x1000");
    // The window manager may still be at its first size.
    await expect
      .poll(() => window.driver.executeScript("window.runtime.WindowSetSize(1444, 777); return innerWidth"))
      .toBe(1444);
    await window.driver.executeScript(
      `window.go.api.Connections.Test("busy", arguments[0], "secret").catch(() => undefined); return null;`,
      draft(port),
    );
    await window.driver.executeScript("setTimeout(() => window.runtime.Quit(), 300); return null;");
    const question = "return document.querySelector('[role=alertdialog]')?.textContent ?? ''";
    await expect.poll(() => window.driver.executeScript(question)).toContain("still running");
    expect(window.open).toBe(true);
    await window.driver.executeScript(
      "setTimeout(() => [...document.querySelectorAll('[role=alertdialog] button')].at(-1).click(), 300); return null;",
    );
    await expect.poll(() => window.open, { timeout: 20_000 }).toBe(false);
    await window.end();

    await window.start("1600x1000");
    expect(await window.driver.executeScript("return [innerWidth, innerHeight]")).toEqual([1444, 777]);
  } finally {
    await window.stop();
    silent.close();
  }
});

function draft(port: number) {
  return {
    id: "",
    name: "Silent",
    engine: "postgres",
    environment: "",
    group: "",
    host: "127.0.0.1",
    port,
    socket: "",
    database: "any",
    user: "any",
    schemas: [],
    file: "",
    tls: { mode: "disable", rootCert: "", cert: "", key: "", serverName: "" },
    ssh: { enabled: false, host: "", port: 0, user: "", auth: "", keyFile: "", askSecret: false },
    askPassword: false,
    connectTimeout: 60,
    secrets: {},
  };
}
