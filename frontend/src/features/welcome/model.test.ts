import { expect, it } from "vitest";
import { buildFacts } from "@/features/welcome/model";

const build = { version: "1.2.3", commit: "", modified: false, go: "go1.26.8", platform: "linux/amd64" };

it("a build without a commit is its version and platform", () => {
  expect(buildFacts(build)).toEqual(["1.2.3", "linux/amd64"]);
});

it("a commit is shortened, and marked when the work tree had changes", () => {
  const commit = "0123456789abcdef0123456789abcdef01234567";
  expect(buildFacts({ ...build, commit })).toEqual(["1.2.3", "0123456789ab", "linux/amd64"]);
  expect(buildFacts({ ...build, commit, modified: true })).toEqual(["1.2.3", "0123456789ab+", "linux/amd64"]);
});
