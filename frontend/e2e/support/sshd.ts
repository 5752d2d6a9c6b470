import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";

/** A real SSH server on this computer, with a key that may log in, and the files of whoever logs in to it. */
export class SshServer {
  private readonly dir = mkdtempSync(join(tmpdir(), "dbstruct-e2e-ssh-"));
  private child: ChildProcess | undefined;
  private port = 0;
  /** In the place of ~/.ssh/config; it calls the server "bastion". */
  readonly config = join(this.dir, "config");
  readonly knownHosts = join(this.dir, "known_hosts");
  readonly user = userInfo().username;

  static async start(): Promise<SshServer> {
    const server = new SshServer();
    server.port = await freePort();
    keygen(server.path("id"));
    keygen(server.path("host"));
    execFileSync("cp", [server.path("id.pub"), server.path("authorized_keys")]);
    writeFileSync(
      server.path("sshd_config"),
      `ListenAddress 127.0.0.1:${server.port}
HostKey ${server.path("host")}
AuthorizedKeysFile ${server.path("authorized_keys")}
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin yes
`,
    );
    writeFileSync(
      server.config,
      `Host bastion
  HostName 127.0.0.1
  Port ${server.port}
  User ${server.user}
  IdentityFile ${server.path("id")}
  IdentitiesOnly yes
  UserKnownHostsFile ${server.knownHosts}
`,
    );
    await server.run();
    return server;
  }

  /** As ssh-keygen tells it. */
  fingerprint(): string {
    const [, fingerprint = ""] = execFileSync("ssh-keygen", ["-lf", this.path("host.pub")], {
      encoding: "utf8",
    }).split(" ");
    return fingerprint;
  }

  /** Another key in the place of the one that is known. */
  async changeHostKey() {
    await this.stop();
    rmSync(this.path("host"));
    keygen(this.path("host"));
    await this.run();
  }

  async remove() {
    await this.stop();
    rmSync(this.dir, { recursive: true, force: true });
  }

  private path(name: string): string {
    return join(this.dir, name);
  }

  private async run() {
    const program = ["/usr/sbin/sshd", "/usr/bin/sshd"].find(existsSync);
    if (!program) {
      throw new Error("sshd is missing: run scripts/setup.sh ssh");
    }
    if (process.getuid?.() === 0) {
      mkdirSync("/run/sshd", { recursive: true });
    }
    this.child = spawn(program, ["-D", "-e", "-f", this.path("sshd_config")], { stdio: "ignore" });
    for (let tries = 0; !(await answers(this.port)); tries++) {
      if (tries > 100 || this.child.exitCode !== null) {
        throw new Error("sshd does not answer");
      }
      await new Promise((done) => setTimeout(done, 100));
    }
  }

  private async stop() {
    const { child } = this;
    if (child && child.exitCode === null) {
      const ended = new Promise((done) => child.once("exit", done));
      child.kill("SIGTERM");
      await ended;
    }
  }
}

function keygen(path: string) {
  execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", path]);
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const server = createServer();
    server.once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => found(typeof address === "object" && address ? address.port : 0));
    });
  });
}

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("data", () => {
      socket.destroy();
      done(true);
    });
    socket.once("error", () => done(false));
  });
}
