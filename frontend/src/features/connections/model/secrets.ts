import type { ConnectionForm } from "@/features/connections/model/form";
import type { SecretChange } from "@/lib/backend/client";

type Kind = {
  /** The tab of the dialog that it is on. */
  tab: "general" | "ssh" | "ssl";
  /** It is to be asked for every time, and never saved. */
  asked: (form: ConnectionForm) => boolean;
};

/** The secrets that a connection can have, named as the backend names them: all else follows from this list. */
export const secretKinds = {
  password: { tab: "general", asked: (form) => form.askPassword },
  ssh_password: { tab: "ssh", asked: ({ ssh }) => ssh.askSecret },
  key_passphrase: { tab: "ssh", asked: ({ ssh }) => ssh.askPassphrase },
  tls_key_passphrase: { tab: "ssl", asked: ({ tls }) => tls.askPassphrase },
} satisfies Record<string, Kind>;

export type SecretName = keyof typeof secretKinds;
export type Secrets = Record<SecretName, SecretChange>;

export const secretNames = Object.keys(secretKinds) as SecretName[];

/** What each of them is, by its name. */
export const eachSecret = <Value>(make: (name: SecretName) => Value) =>
  Object.fromEntries(secretNames.map((name) => [name, make(name)])) as Record<SecretName, Value>;
