import { EventsOn } from "../../../wailsjs/runtime/runtime";

/** What an SSH host, or the program about it or about a key, wants to know. What a host says (name, instruction, prompts) is its word. */
export type Question = {
  id: string;
  kind: "host_key" | "password" | "passphrase" | "prompts" | "tls_passphrase";
  /** Of a tls_passphrase, which no host asks for: the connection whose certificate the key is for. */
  connection: string;
  /** As it was written, the address that is connected to, and who logs in. */
  host: string;
  address: string;
  user: string;
  /** Which of how many hosts on the way, counted from 1. */
  hop: number;
  hops: number;
  /** Of a host key; "save" adds it to the file. */
  keyType: string;
  fingerprint: string;
  file: string;
  /** Of a passphrase. */
  keyFile: string;
  /** Of a password or passphrase; above 1: the one before was wrong. */
  attempt: number;
  name: string;
  instruction: string;
  /** echo: what is typed may be seen. */
  prompts: { text: string; echo: boolean }[];
};

/** What the backend reports while something runs, each with the run's id. */
export type Events = {
  /** `total` 0: unknown. */
  "compare:progress": {
    runId: string;
    side: "source" | "target";
    phase: string;
    done: number;
    total: number;
  };
  /** `index` -1: the phase begins; else the statement that begins or, with `done`, has ended. */
  "execute:progress": {
    runId: string;
    phase: "lock" | "check" | "execute" | "verify" | "recover";
    index: number;
    done: boolean;
    millis: number;
  };
  /** Something that runs waits for an answer. */
  ask: Question;
  /** The id of a question that nobody waits for any more. */
  "ask:over": string;
  /** The user closes the window while something runs: nothing is closed until the page says so. */
  "window:close": null;
};

/** Listens until the returned function is called. */
export function onEvent<Name extends keyof Events>(
  name: Name,
  listen: (data: Events[Name]) => void,
): () => void {
  return EventsOn(name, listen);
}
