import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import i18n from "i18next";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Toaster } from "@/components/ui/toast";
import { ExecuteStage } from "@/features/run/components/execute-stage";
import { noConsent } from "@/features/run/consent";
import {
  comparisonWith,
  executionWith,
  giveElementsSizes,
  planWith,
  statementsOfPlan,
} from "@/features/run/fixtures";
import { isRunning, resetRun, startRun } from "@/features/run/store";
import type { Execution, Plan } from "@/lib/backend/client";
import { startI18n } from "@/lib/i18n/i18n";
import { connectBackend } from "@/test-backend";

const onDone = vi.fn();
const onCompareAgain = vi.fn();
const onBack = vi.fn();
const setClipboard = vi.fn(async (_text: string) => true);
const cancel = vi.fn(async () => {});

let finish: (execution: Execution) => void;
let refuse: (failure: unknown) => void;
let runId: string;
let emit: (event: string, data: unknown) => void;

function execute(plan: Plan = planWith(), comparison = comparisonWith()) {
  const Plans = {
    Execute: vi.fn((request: { runId: string }) => {
      runId = request.runId;
      return new Promise((resolve, reject) => {
        finish = resolve;
        refuse = reject;
      });
    }),
    Statements: async (_id: string, from: number, count: number) =>
      statementsOfPlan(plan.statements).slice(from, from + count),
  };
  emit = connectBackend({ Plans, Comparisons: { Cancel: cancel } } as never, {
    ClipboardSetText: setClipboard,
  }).emit;
  void startRun(plan, comparison, noConsent);
  render(
    <main>
      <ExecuteStage
        plan={plan}
        comparison={comparison}
        onDone={onDone}
        onCompareAgain={onCompareAgain}
        onBack={onBack}
      />
      <Toaster />
    </main>,
  );
  return Plans;
}

const tell = (phase: string, index = -1, done = false, millis = 0) =>
  emit("execute:progress", { runId, phase, index, done, millis });

async function end(facts: Partial<Execution>) {
  await act(async () => finish(executionWith(facts)));
}

const failed = { code: "statement_failed", message: "ERROR: column contains null values", side: "" } as never;

beforeEach(async () => {
  giveElementsSizes();
  startI18n();
  await i18n.changeLanguage("en");
});

afterEach(() => {
  resetRun();
  vi.clearAllMocks();
});

describe("while it runs", () => {
  it("shows the step, the statement, and how far it is", async () => {
    execute();
    expect(screen.getByRole("heading", { name: "Executing on Shop" })).toBeTruthy();
    tell("lock");
    tell("check");
    tell("execute", 0);
    tell("execute", 0, true, 12);
    tell("execute", 1);
    expect(await screen.findByText("Running statement 2 of 3…")).toBeTruthy();
    expect(screen.getByText("1 of 3 statements")).toBeTruthy();
    const rows = within(await screen.findByRole("list", { name: "Statements" })).getAllByRole("listitem");
    expect(rows.map((row) => row.textContent?.match(/waiting|running|done/)?.[0])).toEqual([
      "done",
      "running",
      "waiting",
    ]);
    expect(rows[0]?.textContent).toContain("12 ms");
  });

  it("takes no news of other runs", async () => {
    execute();
    emit("execute:progress", { runId: "other", phase: "execute", index: 0, done: true, millis: 1 });
    tell("lock");
    expect(await screen.findByText(/^Keeping other runs/)).toBeTruthy();
    expect(screen.getByText("0 of 3 statements")).toBeTruthy();
  });

  it.each([
    [true, true, "PostgreSQL", /rolls everything back/],
    [false, false, "MySQL", /because MySQL cannot roll it back/],
  ])(
    "says what a cancel does (transactional %s), and cancels once",
    async (transactional, oneTransaction, flavor, words) => {
      execute(planWith({ transactional, oneTransaction }), comparisonWith({ flavor }));
      expect(screen.getByText(words)).toBeTruthy();
      await userEvent.click(screen.getByRole("button", { name: "Cancel execution" }));
      expect(cancel).toHaveBeenCalledExactlyOnceWith(runId);
      expect((screen.getByRole("button", { name: "Cancelling…" }) as HTMLButtonElement).disabled).toBe(true);
    },
  );

  it("follows the running statement until the person scrolls, and again when asked to", async () => {
    execute(planWith({ statements: 500 }));
    tell("execute", 0);
    await screen.findByText("Running statement 1 of 500…");
    expect(screen.queryByRole("button", { name: "Follow the running statement" })).toBeNull();
    fireEvent.wheel(screen.getByRole("list", { name: "Statements" }));
    await userEvent.click(screen.getByRole("button", { name: "Follow the running statement" }));
    expect(screen.queryByRole("button", { name: "Follow the running statement" })).toBeNull();
  });

  it("keeps the page from being closed", async () => {
    execute();
    const close = () => {
      const event = new Event("beforeunload", { cancelable: true });
      window.dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(isRunning()).toBe(true);
    expect(close()).toBe(true);
    await end({});
    expect(close()).toBe(false);
  });

  it("has no accessibility fault", async () => {
    execute();
    tell("execute", 0);
    await screen.findByText("Running statement 1 of 3…");
    const { violations } = await axe.run(document.body, { rules: { "color-contrast": { enabled: false } } });
    expect(violations).toEqual([]);
  });
});

describe("at the end", () => {
  it("proves that the target equals the source", async () => {
    execute();
    await end({});
    expect(screen.getByRole("heading", { name: "Done and verified" })).toBe(document.activeElement);
    expect(screen.getByText(/^The target now equals the source/)).toBeTruthy();
    expect(screen.getByText("1.5 s")).toBeTruthy();
    expect(onDone).toHaveBeenCalledOnce();
    await userEvent.click(screen.getByRole("button", { name: "Compare again" }));
    expect(onCompareAgain).toHaveBeenCalledOnce();
  });

  it("says that what was not in the plan still differs", async () => {
    execute();
    await end({ complete: false });
    expect(screen.getByText(/still differs from the source/)).toBeTruthy();
  });

  it("lists with one click what differs unexpectedly", async () => {
    execute();
    const object = { kind: "column", schema: "public", table: "users", name: "email" };
    await end({
      result: "residual",
      complete: false,
      residual: [
        {
          object,
          action: "alter",
          fields: [
            { name: "not_null", source: "yes", target: "" },
            { name: "default", source: "1", target: "" },
          ],
        },
      ],
    } as never);
    expect(screen.getByRole("heading", { name: "Executed, but something differs" })).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Show 1 difference" }));
    expect(screen.getByRole("row", { name: "Not null Yes No" })).toBeTruthy();
    expect(screen.getByRole("row", { name: "Default 1 absent" })).toBeTruthy();
  });

  it("says that it could not be verified", async () => {
    execute();
    await end({
      result: "unverified",
      failure: { code: "connection_lost", message: "gone", side: "" },
    } as never);
    expect(screen.getByRole("heading", { name: "Executed, but not verified" })).toBeTruthy();
    expect(screen.getByText("All 3 statements took effect.")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Execute again" })).toBeNull();
  });
});

describe("a failure", () => {
  it("that was rolled back leaves the target as it was, and can be tried again", async () => {
    const backend = execute();
    await end({
      result: "failed",
      complete: false,
      outcomes: ["rolled_back", "failed", "not_run"],
      millis: [0, 0, 0],
      failedIndex: 1,
      failure: failed,
      unchanged: true,
    });
    expect(screen.getByText("Everything was rolled back: the target is as it was before.")).toBeTruthy();
    expect(screen.getByText("ERROR: column contains null values")).toBeTruthy();
    expect(await screen.findByText("Statement 2 of 3 failed: Table public.t1")).toBeTruthy();
    expect(screen.getByText("1 statement did not run")).toBeTruthy();
    expect(onDone).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole("button", { name: "Execute again" }));
    expect(backend.Execute).toHaveBeenCalledTimes(2);
  });

  it("in the middle leaves the target partly changed, and only a new comparison helps", async () => {
    execute(planWith({ transactional: false, oneTransaction: false }));
    await end({
      result: "failed",
      complete: false,
      outcomes: ["done", "failed", "not_run"],
      millis: [0, 0, 0],
      failedIndex: 1,
      failure: failed,
    });
    expect(
      screen.getByText("1 statement took effect and stays in effect. The target is partly changed."),
    ).toBeTruthy();
    expect(screen.getByText(/only what is still missing/)).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Execute again" })).toBeNull();
    expect(onDone).toHaveBeenCalledOnce();
  });

  it.each([
    ["target_changed", /Compare again and review the new SQL/],
    ["target_locked", /Another run of this program/],
    ["auth_failed", /Check user and password/],
    ["something_new", /Compare again to see how the target stands/],
  ])("%s before the first statement says what to do", async (code, words) => {
    execute();
    await act(async () => refuse({ code, message: "the details", side: "" }));
    expect(screen.getByRole("heading", { name: "Nothing was executed" })).toBeTruthy();
    expect(screen.getByText("This run changed nothing in the target.")).toBeTruthy();
    expect(screen.getByText("the details")).toBeTruthy();
    expect(screen.getByText(words)).toBeTruthy();
  });

  it("of the look at the target is told too", async () => {
    execute();
    await end({
      result: "failed",
      outcomes: ["unknown", "not_run", "not_run"],
      failedIndex: 0,
      failure: { code: "connection_lost", message: "the connection was lost", side: "" },
      stateFailure: { code: "unreachable", message: "connecting again: refused", side: "" },
    } as never);
    expect(screen.getByText("connecting again: refused")).toBeTruthy();
    expect(screen.getByText("1 statement may or may not have taken effect")).toBeTruthy();
  });

  it("by a cancel is called by its name", async () => {
    execute();
    await end({
      result: "failed",
      outcomes: ["rolled_back", "not_run", "not_run"],
      failure: { code: "cancelled", message: "cancelled", side: "" },
      unchanged: true,
    } as never);
    expect(screen.getByRole("heading", { name: "The execution was cancelled" })).toBeTruthy();
    expect(screen.getByText(/^Execute the same SQL again/)).toBeTruthy();
  });

  it("has no accessibility fault", async () => {
    execute();
    await end({
      result: "failed",
      outcomes: ["rolled_back", "failed", "not_run"],
      failedIndex: 1,
      failure: failed,
      unchanged: true,
    });
    await screen.findByText("Statement 2 of 3 failed: Table public.t1");
    const { violations } = await axe.run(document.body, { rules: { "color-contrast": { enabled: false } } });
    expect(violations).toEqual([]);
  });
});

it("the log has everything and goes to the clipboard", async () => {
  execute();
  tell("execute", 0, true, 12);
  await end({
    result: "failed",
    outcomes: ["done", "failed", "not_run"],
    millis: [0, 0, 0],
    failedIndex: 1,
    failure: failed,
  });
  await userEvent.click(screen.getByRole("button", { name: "Copy log" }));
  await waitFor(() => expect(setClipboard).toHaveBeenCalledOnce());
  const log = setClipboard.mock.calls[0]?.[0] as string;
  expect(log).toContain("Target: Shop (postgres://app@db.example/shop, PostgreSQL 17.5)");
  expect(log).toContain("ERROR: column contains null values [statement_failed]");
  expect(log).toContain("1. [done] (12 ms) − public.t0\nDROP TABLE public.t0;");
  expect(log).toContain("3. [not run] − public.t2");
});
