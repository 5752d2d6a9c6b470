/** What the program knows about each kind of database before it has seen one. */
export const engines = ["postgres", "mysql", "mariadb", "sqlite"] as const;
export type EngineName = (typeof engines)[number];

type EngineFacts = {
  /** Two letters that stand for it where there is no room; names are the same in every language. */
  mark: string;
  port: number;
  user: string;
  hasSchemas: boolean;
};

export const engineFacts: Record<EngineName, EngineFacts> = {
  postgres: { mark: "Pg", port: 5432, user: "postgres", hasSchemas: true },
  mysql: { mark: "My", port: 3306, user: "root", hasSchemas: false },
  mariadb: { mark: "Ma", port: 3306, user: "root", hasSchemas: false },
  sqlite: { mark: "SL", port: 0, user: "", hasSchemas: false },
};

export function isEngine(name: string): name is EngineName {
  return (engines as readonly string[]).includes(name);
}

/** "" is a connection without any. */
export const environments = ["development", "staging", "production"] as const;
export type Environment = (typeof environments)[number];

export function isEnvironment(name: string): name is Environment {
  return (environments as readonly string[]).includes(name);
}

export const tlsModes = ["disable", "prefer", "require", "verify-ca", "verify-full"] as const;
export type TlsMode = (typeof tlsModes)[number];

export const sshAuths = ["automatic", "agent", "key", "password", "interactive"] as const;
export type SshAuth = (typeof sshAuths)[number];
