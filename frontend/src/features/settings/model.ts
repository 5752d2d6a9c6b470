import type { BuildInfo } from "@/lib/backend/client";

/** The facts of a build that are known, in reading order: version, short commit, platform. */
export function buildFacts(build: BuildInfo): string[] {
  const commit = build.commit.slice(0, 12) + (build.commit && build.modified ? "+" : "");
  return [build.version, commit, build.platform, build.go].filter((fact) => fact !== "");
}
