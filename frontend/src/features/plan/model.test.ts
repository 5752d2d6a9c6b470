import { describe, expect, it } from "vitest";
import {
  atomicity,
  byCause,
  bySeverity,
  fullName,
  outlook,
  parseKey,
  parseReason,
} from "@/features/plan/model";
import { PageCache, pagesOf } from "@/features/plan/pages";
import type { Comparison, Plan } from "@/lib/backend/client";

const table = (name: string) => ({ kind: "table", schema: "public", table: "", name });

describe("a key's text", () => {
  it.each([
    ["table:public.users", "table", "public", "", "users"],
    ["column:public.users.email", "column", "public", "users", "email"],
    ["column:users.email", "column", "", "users", "email"],
    ["view:v", "view", "", "", "v"],
    ["trigger:a\\.b.c\\\\d\\.e", "trigger", "", "a.b", "c\\d.e"],
    ["table:a:b", "table", "", "", "a:b"],
  ])("%s is read", (text, kind, schema, owner, name) => {
    expect(parseKey(text)).toEqual({ kind, schema, table: owner, name });
  });

  it("is shown with dots", () => {
    expect(fullName(parseKey("column:public.users.email"))).toBe("public.users.email");
    expect(fullName(parseKey("table:users"))).toBe("users");
  });
});

describe("a statement's reason", () => {
  it("has a code and an object", () => {
    expect(parseReason("steps_aside table:public.users")).toEqual({
      code: "steps_aside",
      object: table("users"),
    });
  });

  it("may have no object, and may not be there", () => {
    expect(parseReason("other")).toEqual({ code: "other", object: null });
    expect(parseReason("")).toBeNull();
  });
});

it("groups hazards by severity, the gravest and most frequent first; an unknown severity is a caution", () => {
  const groups = bySeverity([
    { code: "index_build", severity: "notice", count: 1 },
    { code: "may_fail", severity: "caution", count: 2 },
    { code: "odd", severity: "odd", count: 5 },
    { code: "data_loss", severity: "destroys", count: 3 },
  ]);
  expect(
    groups.map(({ severity, count, hazards }) => [severity, count, hazards.map(({ code }) => code)]),
  ).toEqual([
    ["destroys", 3, ["data_loss"]],
    ["caution", 7, ["odd", "may_fail"]],
    ["notice", 1, ["index_build"]],
  ]);
});

it("groups what was left out by its cause", () => {
  const groups = byCause([
    { object: table("a"), because: table("x") },
    { object: table("b"), because: table("y") },
    { object: table("c"), because: table("x") },
  ] as Plan["leftOut"]);
  expect(groups.map(({ because, objects }) => [because.name, objects.map(({ name }) => name)])).toEqual([
    ["x", ["a", "c"]],
    ["y", ["b"]],
  ]);
});

describe("what remains afterwards", () => {
  const comparison = { counts: { create: 2, alter: 2, drop: 4, rename: 1 }, unmodelled: 1 } as Comparison;
  const plan = (complete: boolean) => ({ complete, pulled: [{}], leftOut: [{}, {}] }) as unknown as Plan;

  it("is what nobody ticked or needs, what was left out, and what cannot be changed", () => {
    expect(outlook(plan(false), comparison, 5)).toEqual({
      complete: false,
      unticked: 3,
      leftOut: 2,
      unmodelled: 1,
    });
  });

  it("is nothing when the plan is complete", () => {
    expect(outlook(plan(true), comparison, 9)).toEqual({
      complete: true,
      unticked: 0,
      leftOut: 0,
      unmodelled: 0,
    });
  });
});

it.each([
  [true, true, "one_transaction"],
  [true, false, "several_transactions"],
  [false, false, "one_by_one"],
])("transactional %s, one transaction %s: %s", (transactional, oneTransaction, how) => {
  expect(atomicity({ transactional, oneTransaction })).toBe(how);
});

describe("the pages of a list", () => {
  it.each([
    [0, 1, 1000, [0]],
    [99, 101, 1000, [0, 1]],
    [250, 420, 1000, [2, 3, 4]],
    [-5, 10, 5, [0]],
    [990, 1200, 1000, [9]],
    [0, 10, 0, []],
  ])("from %i to %i of %i are %j", (from, to, total, pages) => {
    expect(pagesOf(from, to, total)).toEqual(pages);
  });

  it("are fetched once, when they are looked at", async () => {
    const asked: number[] = [];
    const cache = new PageCache(250, async (from, count) => {
      asked.push(from);
      return Array.from({ length: Math.min(count, 250 - from) }, (_, i) => from + i);
    });
    let told = 0;
    cache.subscribe(() => told++);
    cache.want(90, 110);
    cache.want(95, 120);
    await Promise.resolve();
    await Promise.resolve();
    expect(asked).toEqual([0, 100]);
    expect(cache.get(0)).toBe(0);
    expect(cache.get(149)).toBe(149);
    expect(cache.get(249)).toBeUndefined();
    expect(told).toBe(2);
  });

  it("are asked for again after a failure", async () => {
    let broken = true;
    const cache = new PageCache(10, async () => {
      if (broken) {
        throw new Error("gone");
      }
      return ["there"];
    });
    await cache.load(0);
    expect(cache.failure).toEqual(new Error("gone"));
    broken = false;
    cache.want(0, 1);
    await Promise.resolve();
    await Promise.resolve();
    expect(cache.failure).toBeNull();
    expect(cache.get(0)).toBe("there");
  });
});
