import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Server } from "./servers";

/** A session of somebody else on a test's database, kept open: it holds what it has locked until it ends. */
export class Session {
  private constructor(private readonly child: ChildProcess) {}

  /** Begins a transaction with the SQL and returns once it has run. */
  static begin({ server, name }: { server: Server; name: string }, text: string): Promise<Session> {
    const [program = "", ...given] = server.client;
    const flags = server.engine === "postgres" ? ["-qAt", "-d", name] : ["-N", "--unbuffered", name];
    const child = spawn(program, [...given, ...flags], { stdio: ["pipe", "pipe", "inherit"] });
    return new Promise((begun, failed) => {
      child.once("error", failed);
      child.once("exit", (code) => failed(new Error(`${program} ended with ${code}`)));
      createInterface({ input: child.stdout }).on("line", (line) => {
        if (line === "holds") {
          begun(new Session(child));
        }
      });
      child.stdin.write(`BEGIN; ${text}; SELECT 'holds';\n`);
    });
  }

  async end() {
    if (this.child.exitCode === null) {
      const ended = new Promise((done) => this.child.once("exit", done));
      this.child.stdin?.end();
      await ended;
    }
  }
}
