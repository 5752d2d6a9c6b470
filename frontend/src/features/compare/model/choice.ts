import type { CompareOptions, Connection } from "@/lib/backend/client";

/** What a comparison may leave out, in the order in which it is listed. The words are the backend's. */
export const ignorable = [
  "comments",
  "collation",
  "auto_increment",
  "storage",
  "column_order",
  "constraint_names",
  "index_names",
] as const;
export type Ignorable = (typeof ignorable)[number];

/** What is ignored when nobody chose: rather data than structure. */
export const initialOptions: CompareOptions = {
  include: [],
  exclude: [],
  ignore: ["auto_increment"],
  sourceSchemas: [],
  targetSchemas: [],
  map: [],
};

export type ChoiceProblem = "missing" | "gone" | "same";

/** Only PostgreSQL has schemas inside a database. */
export function hasSchemas(connection: Pick<Connection, "engine"> | undefined): boolean {
  return connection?.engine === "postgres";
}

/** MySQL and MariaDB are of one kind; between others what the source has is translated. */
function family(engine: string): string {
  return engine === "mariadb" ? "mysql" : engine;
}

/** Whether what the source has is translated for the target. */
export function translates(
  source: Pick<Connection, "engine"> | undefined,
  target: Pick<Connection, "engine"> | undefined,
): boolean {
  return source !== undefined && target !== undefined && family(source.engine) !== family(target.engine);
}

/** What is wrong with the choice of each side; nothing when it can be compared. */
export function checkChoice(
  connections: readonly Pick<Connection, "id" | "engine">[],
  sourceId: string,
  targetId: string,
): { source?: ChoiceProblem; target?: ChoiceProblem } {
  const source = connections.find(({ id }) => id === sourceId);
  const target = connections.find(({ id }) => id === targetId);
  const missing = (id: string, found: unknown): ChoiceProblem | undefined =>
    id === "" ? "missing" : found ? undefined : "gone";
  const problems = { source: missing(sourceId, source), target: missing(targetId, target) };
  if (source && target && source === target) {
    return { target: "same" };
  }
  return problems;
}

/** What ends a token where names are listed; a name may hold spaces. */
export const tokenEnd = /[,;，；、\n\t]/u;

/** The texts of a typed or pasted list, each once. */
export function splitTokens(text: string): string[] {
  return [...new Set(text.split(tokenEnd).map((token) => token.trim()))].filter(Boolean);
}

/** Why the backend would refuse a glob; undefined when it would not. */
export function globProblem(glob: string): "brackets" | "escape" | undefined {
  let open = false;
  for (let i = 0; i < glob.length; i++) {
    const character = glob[i];
    if (character === "\\") {
      i++;
      if (i === glob.length) {
        return "escape";
      }
    } else if (character === "[" && !open) {
      open = true;
      if (glob[i + 1] === "^") {
        i++;
      }
      if (glob[i + 1] === "]") {
        return "brackets";
      }
    } else if (character === "]" && open) {
      open = false;
    }
  }
  return open ? "brackets" : undefined;
}

/** The same options, whatever the order of what is ignored. */
export function sameOptions(a: CompareOptions, b: CompareOptions): boolean {
  const text = (o: CompareOptions) =>
    JSON.stringify([o.include, o.exclude, [...o.ignore].sort(), o.sourceSchemas, o.targetSchemas, o.map]);
  return text(a) === text(b);
}

/** Options without schemas, or rules for types, where the connections have no use for them, so that they do no harm when the sides change. */
export function effectiveOptions(
  options: CompareOptions,
  source: Pick<Connection, "engine"> | undefined,
  target: Pick<Connection, "engine"> | undefined,
): CompareOptions {
  return {
    ...options,
    sourceSchemas: hasSchemas(source) ? options.sourceSchemas : [],
    targetSchemas: hasSchemas(target) ? options.targetSchemas : [],
    map: translates(source, target) ? options.map : [],
  };
}

/** An address without what is said beside it: no scheme, no parameters. */
export function shortAddress(address: string): string {
  return address.replace(/^\w+:(\/\/)?/, "").replace(/\?.*$/, "");
}

/** A rule for types as the backend takes it: something on both sides of the sign. */
export function isRule(text: string): boolean {
  const sign = text.indexOf("=");
  return sign > 0 && text.slice(0, sign).trim() !== "" && text.slice(sign + 1).trim() !== "";
}

/** The rules with one more; it takes the place of the one about the same column or type. */
export function withRule(rules: readonly string[], rule: string): string[] {
  const about = (text: string) => text.slice(0, text.indexOf("=")).trim();
  return [...rules.filter((other) => about(other) !== about(rule)), rule.trim()];
}
