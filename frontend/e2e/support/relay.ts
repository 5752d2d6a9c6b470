import { createConnection, createServer, type Server as Listener, type Socket } from "node:net";
import type { Server } from "./servers";

/** Stands between the program and a server, so that a test can break the line as a failing network does. */
export class Relay {
  private readonly sockets = new Set<Socket>();
  private allowed = Number.POSITIVE_INFINITY;
  private tellSilent: (() => void) | undefined;

  /** How much the server has said through here, in bytes. */
  said = 0;

  private constructor(
    private readonly listener: Listener,
    readonly server: Server,
  ) {}

  static to(server: Server): Promise<Relay> {
    return new Promise((ready) => {
      const listener = createServer().listen(0, "127.0.0.1", () => {
        const address = listener.address();
        const port = typeof address === "object" && address ? address.port : 0;
        const relay = new Relay(listener, { ...server, host: "127.0.0.1", port });
        listener.on("connection", (near) => relay.join(near, server));
        ready(relay);
      });
    });
  }

  private join(near: Socket, { host, port }: Server) {
    const far = createConnection(port, host);
    const ends = [near, far];
    for (const [i, one] of ends.entries()) {
      const other = ends[1 - i] as Socket;
      this.sockets.add(one);
      one.on("error", () => undefined); // the line was cut, as was wanted
      one.on("close", () => {
        this.sockets.delete(one);
        other.destroy();
      });
    }
    near.on("data", (data) => far.write(data));
    far.on("data", (data) => {
      this.said += data.length;
      if (this.said > this.allowed) {
        this.tellSilent?.();
        return;
      }
      near.write(data);
    });
  }

  /** Lets the server say so many bytes more and then no more, as if it hung; resolves once it has fallen silent. */
  silenceAfter(bytes: number): Promise<void> {
    this.allowed = this.said + bytes;
    return new Promise((silent) => {
      this.tellSilent = silent;
    });
  }

  /** Ends all connections at once, and takes no new ones. */
  cut() {
    this.listener.close();
    for (const socket of this.sockets) {
      socket.destroy();
    }
  }
}
