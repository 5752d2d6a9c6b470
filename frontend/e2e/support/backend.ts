import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

const top = resolve(import.meta.dirname, "../../..");

/** What is tested: the usual places of builds, or others. */
const program = process.env.DBSTRUCT_E2E_HEADLESS ?? join(top, "build/bin/headless");
const builtPage = process.env.DBSTRUCT_E2E_DIST ?? join(top, "frontend/dist");

/** One run of the program without a window, with its own folder for connections. */
export class Backend {
  readonly dir = mkdtempSync(join(tmpdir(), "dbstruct-e2e-"));
  readonly files = join(this.dir, "files");
  url = "";
  private child: ChildProcess | undefined;

  constructor(private readonly page = builtPage) {}

  async start() {
    mkdirSync(this.files, { recursive: true });
    const child = spawn(
      program,
      ["-config", join(this.dir, "config"), "-files", this.files, "-dist", this.page],
      // No bus: the tests must not ask whoever runs them for a keyring.
      {
        env: { ...process.env, DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent" },
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    this.child = child;
    this.url = await new Promise<string>((told, failed) => {
      createInterface({ input: child.stdout }).once("line", told);
      child.once("error", failed);
      child.once("exit", (code) => failed(new Error(`the backend ended with ${code}`)));
    });
  }

  /** Ends the program and starts it again over the same folder. */
  async restart() {
    await this.stop();
    await this.start();
  }

  async stop() {
    const child = this.child;
    if (child && child.exitCode === null) {
      const ended = new Promise((done) => child.once("exit", done));
      child.kill("SIGTERM");
      await ended;
    }
  }

  async remove() {
    await this.stop();
    rmSync(this.dir, { recursive: true, force: true });
  }
}
