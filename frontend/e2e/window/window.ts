import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { Builder, Capabilities, type WebDriver } from "selenium-webdriver";

/** The program as it is shipped, in its own window on a display of its own, driven through WebKit's own driver. */
export class Window {
  readonly config = mkdtempSync(join(tmpdir(), "dbstruct-window-"));
  driver!: WebDriver;
  private screen = "";
  private display!: ChildProcess;
  private service!: ChildProcess;

  async start(size = "1280x820") {
    this.display = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", `${size}x24`, "-nolisten", "tcp"], {
      stdio: ["ignore", "ignore", "ignore", "pipe"],
    });
    this.screen = `:${await firstLine(this.display, 3)}`;
    const port = await freePort();
    this.service = spawn("WebKitWebDriver", [`--port=${port}`], {
      env: {
        ...process.env,
        DISPLAY: this.screen,
        WAYLAND_DISPLAY: "",
        DBSTRUCT_CONFIG_DIR: this.config,
        // What the page stores is in the user's data folder: another test's language must not be found there.
        XDG_DATA_HOME: join(this.config, "data"),
        XDG_CACHE_HOME: join(this.config, "cache"),
        // No bus: the program must not ask whoever runs the tests for a keyring.
        DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent",
        // A first start takes the system's language: English here, whatever the tests run in.
        LANG: "C.UTF-8",
        LANGUAGE: "",
        LC_ALL: "",
        LC_MESSAGES: "",
      },
      stdio: "ignore",
    });
    await answering(port);
    const capabilities = new Capabilities();
    capabilities.setBrowserName("database-structure-sync"); // as automation.c calls it
    capabilities.set("webkitgtk:browserOptions", {
      binary: resolve(import.meta.dirname, "start.sh"),
      args: [],
    });
    this.driver = await new Builder()
      .usingServer(`http://127.0.0.1:${port}`)
      .withCapabilities(capabilities)
      .build();
    await this.driver.manage().setTimeouts({ script: 60_000 });
  }

  /** When the process was started, milliseconds since 1970. */
  get startedAt(): number {
    return Number(readFileSync(`${this.config}.started`, "utf8"));
  }

  /** Whether the program runs. */
  get open(): boolean {
    return this.processes().some(({ command }) => command.startsWith("database-struct"));
  }

  /** Ends what is around the program, which keeps its folder. */
  async end() {
    await this.driver?.quit().catch(() => undefined); // a window that has closed itself has no session
    this.service?.kill();
    this.display?.kill();
  }

  async stop() {
    await this.end();
    rmSync(this.config, { recursive: true, force: true });
    rmSync(`${this.config}.started`, { force: true });
  }

  /** The screen as the display has it; WebKitWebDriver's own pictures never end while a dialog is open. */
  async picture(): Promise<Buffer> {
    // The display's own pointer stands in the middle, where it brings up tooltips.
    spawnSync("xdotool", ["mousemove", "640", "2"], { env: { ...process.env, DISPLAY: this.screen } });
    await new Promise((settled) => setTimeout(settled, 700)); // transitions end
    const taken = spawnSync("import", ["-display", this.screen, "-window", "root", "png:-"], {
      maxBuffer: 1 << 26,
    });
    if (taken.status !== 0) {
      throw new Error(`no picture of the display: ${taken.stderr || taken.error?.message}`);
    }
    return taken.stdout;
  }

  /** Calls the backend as the page does. */
  async call<T>(object: string, method: string, ...args: unknown[]): Promise<T> {
    const reply = await this.driver.executeAsyncScript<{ result?: T; error?: unknown }>(
      `const [object, method, args, done] = arguments;
       window.go.api[object][method](...args).then((result) => done({ result }), (error) => done({ error }));`,
      object,
      method,
      args,
    );
    if (reply.error) {
      throw new Error(`${object}.${method}: ${JSON.stringify(reply.error)}`);
    }
    return reply.result as T;
  }

  /** The program's process and WebKit's. */
  private processes(): { pid: string; command: string }[] {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .flatMap((pid) => {
        try {
          const environment = readFileSync(`/proc/${pid}/environ`, "utf8");
          const command = readFileSync(`/proc/${pid}/comm`, "utf8").trim();
          return environment.includes(this.config) && command !== "WebKitWebDriver" ? [{ pid, command }] : [];
        } catch {
          return []; // it has ended
        }
      });
  }

  /** Memory of the program and WebKit's processes, proportional set size in MB. */
  memory(): number {
    const kilobytes = this.processes().map(({ pid }) => {
      try {
        return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1] ?? 0);
      } catch {
        return 0;
      }
    });
    return kilobytes.reduce((sum, one) => sum + one, 0) / 1024;
  }
}

function firstLine(child: ChildProcess, descriptor: number): Promise<string> {
  const stream = child.stdio[descriptor] as NodeJS.ReadableStream;
  return new Promise((told, failed) => {
    createInterface({ input: stream }).once("line", told);
    child.once("error", failed);
    child.once("exit", (code) => failed(new Error(`Xvfb ended with ${code}`)));
  });
}

function freePort(): Promise<number> {
  return new Promise((found) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => found(typeof address === "object" && address ? address.port : 0));
    });
  });
}

async function answering(port: number) {
  const until = Date.now() + 20_000;
  for (;;) {
    try {
      await fetch(`http://127.0.0.1:${port}/status`);
      return;
    } catch (error) {
      if (Date.now() > until) {
        throw error;
      }
      await new Promise((later) => setTimeout(later, 100));
    }
  }
}
