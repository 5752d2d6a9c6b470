import { eachSecret, type Secrets, secretKinds } from "@/features/connections/model/secrets";
import type { Connection, ConnectionDraft, SecretChange } from "@/lib/backend/client";

/** A connection as the dialog holds it: numbers as typed, and host and socket side by side so that none gets lost. */
export type ConnectionForm = {
  id: string;
  name: string;
  engine: string;
  environment: string;
  group: string;
  via: "host" | "socket";
  host: string;
  port: string;
  socket: string;
  database: string;
  user: string;
  schemas: string[];
  file: string;
  tls: {
    mode: string;
    rootCert: string;
    cert: string;
    key: string;
    serverName: string;
    askPassphrase: boolean;
    /** Of MySQL and MariaDB. */
    publicKey: boolean;
    /** Whatever else the connection's URL says, as it stands there: a=1&b=2. */
    parameters: string;
  };
  ssh: {
    enabled: boolean;
    host: string;
    port: string;
    user: string;
    auth: string;
    keyFile: string;
    certificate: string;
    jumps: string;
    configFile: string;
    askSecret: boolean;
    askPassphrase: boolean;
  };
  askPassword: boolean;
  connectTimeout: string;
  secrets: Secrets;
};

const keep: SecretChange = { action: "keep", value: "" };
const clear: SecretChange = { action: "clear", value: "" };

export function emptyForm(): ConnectionForm {
  return {
    id: "",
    name: "",
    engine: "postgres",
    environment: "",
    group: "",
    via: "host",
    host: "localhost",
    port: "",
    socket: "",
    database: "",
    user: "",
    schemas: [],
    file: "",
    tls: {
      mode: "prefer",
      rootCert: "",
      cert: "",
      key: "",
      serverName: "",
      askPassphrase: false,
      publicKey: false,
      parameters: "",
    },
    ssh: {
      enabled: false,
      host: "",
      port: "",
      user: "",
      auth: "automatic",
      keyFile: "",
      certificate: "",
      jumps: "",
      configFile: "",
      askSecret: false,
      askPassphrase: false,
    },
    askPassword: false,
    connectTimeout: "",
    secrets: eachSecret(() => keep),
  };
}

const numberText = (value: number) => (value > 0 ? String(value) : "");

type Fields = Omit<ConnectionDraft, "secrets">;

/** What is saved, or what a pasted address says. */
export function toForm(saved: Fields & Partial<ConnectionDraft>): ConnectionForm {
  return {
    id: saved.id,
    name: saved.name,
    engine: saved.engine,
    environment: saved.environment,
    group: saved.group,
    via: saved.socket !== "" ? "socket" : "host",
    host: saved.host,
    port: numberText(saved.port),
    socket: saved.socket,
    database: saved.database,
    user: saved.user,
    schemas: saved.schemas ?? [],
    file: saved.file,
    tls: { ...saved.tls, mode: saved.tls.mode || "prefer", ...shownParameters(saved.tls.parameters ?? {}) },
    ssh: { ...saved.ssh, port: numberText(saved.ssh.port), auth: saved.ssh.auth || "automatic" },
    askPassword: saved.askPassword,
    connectTimeout: numberText(saved.connectTimeout),
    secrets: eachSecret((name) => saved.secrets?.[name] ?? keep),
  };
}

export function fromConnection({ id, ...fields }: Connection): ConnectionForm {
  return toForm({ ...fields, id });
}

/** A pasted address in the form that is open: what an address cannot say stays as it is. */
export function withAddress(form: ConnectionForm, parsed: ConnectionDraft): ConnectionForm {
  const filled = toForm(parsed);
  const { enabled, host, port, user } = filled.ssh;
  return {
    ...filled,
    id: form.id,
    name: form.name.trim() === "" ? filled.name : form.name,
    environment: form.environment,
    group: form.group,
    tls: { ...filled.tls, askPassphrase: form.tls.askPassphrase },
    ssh: filled.ssh.enabled ? { ...form.ssh, enabled, host, port, user } : form.ssh,
    askPassword: form.askPassword,
    secrets: {
      ...form.secrets,
      password: filled.secrets.password,
      tls_key_passphrase: filled.secrets.tls_key_passphrase,
    },
  };
}

/** A number as typed. What is no whole number becomes -1, which no field allows. */
export function numberOf(text: string): number {
  const typed = text.trim();
  if (typed === "") {
    return 0;
  }
  return /^\d{1,9}$/.test(typed) && Number(typed) > 0 ? Number(typed) : -1;
}

const publicKeyParameter = "allowPublicKeyRetrieval";

const isMysql = (engine: string) => engine === "mysql" || engine === "mariadb";

/** Whether a private key may be named for this way to log in. */
export const hasKey = (auth: string) => auth === "key" || auth === "automatic";

function shownParameters({ [publicKeyParameter]: publicKey, ...others }: Record<string, string>) {
  return { publicKey: publicKey === "true", parameters: new URLSearchParams(others).toString() };
}

function sentParameters({ engine, tls }: ConnectionForm): Record<string, string> {
  if (engine === "sqlite") {
    return {};
  }
  const typed = Object.fromEntries(new URLSearchParams(tls.parameters.trim()));
  return isMysql(engine) && tls.publicKey ? { ...typed, [publicKeyParameter]: "true" } : typed;
}

/** A socket of PostgreSQL has the port of its server in its name. */
export function hasPort({ engine, via }: ConnectionForm): boolean {
  return engine !== "sqlite" && (via === "host" || engine === "postgres");
}

/** What is sent: only what matters for the engine and the way that were chosen. */
export function toDraft(form: ConnectionForm): ConnectionDraft {
  const { via, secrets, ...rest } = form;
  const sqlite = form.engine === "sqlite";
  const socket = !sqlite && via === "socket";
  return {
    ...rest,
    name: form.name.trim(),
    group: form.group.trim(),
    host: socket || sqlite ? "" : form.host.trim(),
    port: hasPort(form) ? numberOf(form.port) : 0,
    socket: socket ? form.socket.trim() : "",
    database: sqlite ? "" : form.database,
    user: sqlite ? "" : form.user,
    schemas: form.engine === "postgres" ? form.schemas : [],
    file: sqlite ? form.file : "",
    tls: {
      mode: form.tls.mode,
      rootCert: form.tls.rootCert,
      cert: form.tls.cert,
      key: form.tls.key,
      serverName: form.tls.serverName.trim(),
      askPassphrase: form.tls.askPassphrase,
      parameters: sentParameters(form),
    },
    ssh: {
      ...form.ssh,
      enabled: form.ssh.enabled && !sqlite,
      host: form.ssh.host.trim(),
      user: form.ssh.user.trim(),
      port: numberOf(form.ssh.port),
      jumps: form.ssh.jumps.trim(),
      // A field that is not shown does not decide which keys are offered.
      keyFile: hasKey(form.ssh.auth) ? form.ssh.keyFile : "",
      certificate: hasKey(form.ssh.auth) ? form.ssh.certificate : "",
    },
    connectTimeout: numberOf(form.connectTimeout),
    secrets: eachSecret((name) => (secretKinds[name].asked(form) ? clear : secrets[name])),
  };
}

/** A name for a connection that has none yet, as the backend suggests for an address. */
export function suggestedName(form: ConnectionForm): string {
  if (form.engine === "sqlite") {
    return form.file.split(/[/\\]/).at(-1) ?? "";
  }
  if (form.database.trim() === "") {
    return "";
  }
  return form.via === "host" && form.host.trim() !== ""
    ? `${form.database} @ ${form.host.trim()}`
    : form.database;
}
