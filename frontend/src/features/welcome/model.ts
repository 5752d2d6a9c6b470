import type { BuildInfo } from "@/lib/backend/client";

/** The example commands; the command line program's contract is that the source comes before the target. */
const source = "postgres://me@dev/shop";
const target = "postgres://me@prod/shop";

export const diffCommand = `dbstruct diff ${source} ${target}`;
export const syncCommand = `dbstruct sync ${source} ${target}`;

/** The facts of a build that are known, in reading order: version, short commit, platform. */
export function buildFacts(build: BuildInfo): string[] {
  const commit = build.commit.slice(0, 12) + (build.commit && build.modified ? "+" : "");
  return [build.version, commit, build.platform].filter((fact) => fact !== "");
}
