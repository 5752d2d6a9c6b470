import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import i18n from "i18next";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Providers } from "@/app/providers";
import { PlanPreview } from "@/features/plan/components/plan-preview";
import { ReviewStage } from "@/features/plan/components/review-stage";
import { forgetPlan } from "@/features/plan/store";
import { comparisonWith, giveElementsSizes, planWith, statementsOfPlan } from "@/features/run/fixtures";
import { resetRun } from "@/features/run/store";
import type { Plan } from "@/lib/backend/client";
import { startI18n } from "@/lib/i18n/i18n";
import { connectBackend, savedConnection } from "@/test-backend";

const staging = savedConnection({ id: "1", environment: "staging" });

const onBack = vi.fn();
const onExecute = vi.fn();
const setClipboard = vi.fn(async (_text: string) => true);

function connect(make: (id: string, rows: number[]) => Promise<Plan>, all = statementsOfPlan()) {
  const Plans = {
    Make: vi.fn(make),
    Statements: vi.fn(async (_id: string, from: number, count: number) => all.slice(from, from + count)),
    Script: vi.fn(async () => "-- the script"),
    SaveScript: vi.fn(async () => "/home/me/migrate.sql"),
    Execute: vi.fn(() => new Promise(() => {})),
  };
  connectBackend({ Plans, Connections: { List: async () => [staging] } } as never, {
    ClipboardSetText: setClipboard,
  });
  return Plans;
}

const comparison = comparisonWith();

const stage = (ticked: number[], of = comparison) => (
  <Providers>
    <main>
      <ReviewStage comparison={of} ticked={ticked} onBack={onBack} onExecute={onExecute} />
    </main>
  </Providers>
);

beforeEach(async () => {
  giveElementsSizes();
  startI18n();
  await i18n.changeLanguage("en");
});

afterEach(() => {
  forgetPlan();
  resetRun();
  vi.clearAllMocks();
});

describe("the review", () => {
  it("shows the statements in order, with why they are there and what they endanger", async () => {
    connect(async () => planWith({ hazards: [{ code: "data_loss", severity: "destroys", count: 1 }] }));
    render(stage([1, 2]));
    const first = await screen.findByRole("listitem", { name: "Statement 1: drop public.t0" });
    expect(within(first).getByText("The data in public.old is lost")).toBeTruthy();
    expect(first.textContent).toContain("DROP TABLE public.t0");
    const second = screen.getByRole("listitem", { name: "Statement 2: drop public.t1" });
    expect(within(second).getByText("steps aside while public.t0 changes")).toBeTruthy();
    const summary = within(screen.getByRole("complementary", { name: "Summary" }));
    expect(summary.getByText("3 statements")).toBeTruthy();
    expect(summary.getByRole("heading", { name: "All or nothing" })).toBeTruthy();
    expect(summary.getByText("2 changes are not ticked")).toBeTruthy();
    expect(summary.getByText("Destroys data")).toBeTruthy();
  });

  it("says what came in, what was left out, and how to let it in", async () => {
    const object = (name: string) => ({ kind: "table", schema: "public", table: "", name });
    connect(async () =>
      planWith({
        pulled: [{ object: object("parent"), for: object("child"), reason: "depends_on" }],
        leftOut: [{ object: object("kept"), because: object("gone") }],
      } as never),
    );
    render(stage([1]));
    expect(await screen.findByText("used by public.child")).toBeTruthy();
    expect(screen.getByText("because of public.gone")).toBeTruthy();
    expect(
      screen.getByText("To let them in, go back to the result and tick public.gone as well."),
    ).toBeTruthy();
  });

  it("says that each statement takes effect at once where nothing can be rolled back", async () => {
    connect(async () => planWith({ transactional: false, oneTransaction: false, complete: true }));
    render(stage([1], comparisonWith({ flavor: "MariaDB" })));
    expect(await screen.findByText("Each statement takes effect at once")).toBeTruthy();
    expect(screen.getByText(/^MariaDB cannot roll back/)).toBeTruthy();
    expect(screen.getByText("The target will equal the source")).toBeTruthy();
  });

  it("follows the ticks, keeps the old SQL meanwhile, and executes none but the newest", async () => {
    let answer: (plan: Plan) => void = () => {};
    const backend = connect(async () => planWith());
    const { rerender } = render(stage([1]));
    await screen.findByText("3 statements");
    backend.Make.mockImplementation(
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    rerender(stage([1, 2]));
    rerender(stage([1, 2, 3]));
    expect((screen.getByRole("button", { name: "Execute…" }) as HTMLButtonElement).disabled).toBe(true);
    expect(screen.getByText("3 statements")).toBeTruthy();
    await waitFor(() => expect(backend.Make).toHaveBeenLastCalledWith("c1", [1, 2, 3]));
    expect(backend.Make).toHaveBeenCalledTimes(2);
    answer(planWith({ id: "p2", statements: 1 }));
    expect(await screen.findByText("1 statement")).toBeTruthy();
    expect((screen.getByRole("button", { name: "Execute…" }) as HTMLButtonElement).disabled).toBe(false);
  });

  it("without ticks is empty and asks for nothing", () => {
    const backend = connect(async () => planWith());
    render(stage([]));
    expect(screen.getByText("Nothing is ticked")).toBeTruthy();
    expect(backend.Make).not.toHaveBeenCalled();
    expect((screen.getByRole("button", { name: "Execute…" }) as HTMLButtonElement).disabled).toBe(true);
  });

  it("says why there is no SQL, and tries again", async () => {
    const backend = connect(async () => {
      throw { code: "unsupported", message: "this cannot be altered", side: "" };
    });
    render(stage([1]));
    expect(await screen.findByText("this cannot be altered")).toBeTruthy();
    backend.Make.mockImplementation(async () => planWith());
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByText("3 statements")).toBeTruthy();
  });

  it("copies the script, and saves it telling where", async () => {
    connect(async () => planWith());
    render(stage([1]));
    await screen.findByText("3 statements");
    await userEvent.click(screen.getByRole("button", { name: "Copy all" }));
    expect(setClipboard).toHaveBeenCalledWith("-- the script");
    await userEvent.click(screen.getByRole("button", { name: "Save as .sql…" }));
    expect(await screen.findByText("/home/me/migrate.sql")).toBeTruthy();
  });

  it("fetches and draws only what is looked at of 10,000 statements", async () => {
    const backend = connect(async () => planWith({ statements: 10_000 }), statementsOfPlan(10_000));
    render(stage([1]));
    await screen.findByText("10,000 statements");
    expect(screen.getAllByRole("listitem").length).toBeLessThan(60);
    expect(backend.Statements.mock.calls.map(([, from]) => from)).toEqual([0]);
  });

  it("makes the plan anew when the backend no longer keeps it", async () => {
    const backend = connect(async () => planWith());
    backend.Statements.mockImplementation(async (id) => {
      if (id === "p1") {
        throw { code: "bad_input", message: "not kept any more", side: "" };
      }
      return statementsOfPlan();
    });
    render(stage([1]));
    expect(await screen.findByText("not kept any more")).toBeTruthy();
    backend.Make.mockImplementation(async () => planWith({ id: "p2" }));
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("listitem", { name: "Statement 1: drop public.t0" })).toBeTruthy();
    expect(backend.Make).toHaveBeenCalledTimes(2);
  });

  it("has no accessibility fault", async () => {
    connect(async () => planWith());
    render(stage([1]));
    await screen.findByRole("listitem", { name: "Statement 1: drop public.t0" });
    const { violations } = await axe.run(document.body, { rules: { "color-contrast": { enabled: false } } });
    expect(violations).toEqual([]);
  });
});

describe("the confirmation", () => {
  const risk = (id: string) => ({ id, hazard: destroyedOf(id), objects: [id], count: 1 });
  const destroyedOf = (object: string) => ({
    code: "data_loss",
    severity: "destroys",
    args: [object],
    text: "",
  });

  it("wants each risk acknowledged and the name of a production target typed", async () => {
    const backend = connect(async () => planWith({ risks: [risk("a"), risk("b")] } as never));
    render(stage([1], comparisonWith({ production: true })));
    await screen.findByText("3 statements");
    await userEvent.click(screen.getByRole("button", { name: "Execute…" }));
    const dialog = within(screen.getByRole("alertdialog", { name: "Execute on Shop?" }));
    expect(dialog.getByText("postgres://app@db.example/shop")).toBeTruthy();
    expect(dialog.getByText("Production")).toBeTruthy();
    expect(document.activeElement).toBe(dialog.getByRole("button", { name: "Cancel" }));
    const execute = dialog.getByRole("button", { name: "Execute now" }) as HTMLButtonElement;
    await userEvent.click(dialog.getByRole("checkbox", { name: /The data in a is lost/ }));
    expect(dialog.getByText("1 risk is not acknowledged yet")).toBeTruthy();
    await userEvent.click(dialog.getByRole("checkbox", { name: /The data in b is lost/ }));
    expect(execute.disabled).toBe(true);
    await userEvent.type(dialog.getByRole("textbox", { name: "Name of the target" }), "Shop");
    expect(execute.disabled).toBe(false);
    await userEvent.click(execute);
    expect(backend.Execute).toHaveBeenCalledExactlyOnceWith({
      runId: expect.any(String),
      planId: "p1",
      acknowledged: ["a", "b"],
      typedName: "Shop",
    });
    expect(onExecute).toHaveBeenCalledOnce();
  });

  it("names the environment that the target's connection is of", async () => {
    connect(async () => planWith());
    render(stage([1]));
    await screen.findByText("3 statements");
    await userEvent.click(screen.getByRole("button", { name: "Execute…" }));
    expect(await screen.findByText("Staging")).toBeTruthy();
  });

  it("forgets what was ticked when it is cancelled, and executes nothing", async () => {
    const backend = connect(async () => planWith({ risks: [risk("a")] } as never));
    render(stage([1]));
    await screen.findByText("3 statements");
    await userEvent.click(screen.getByRole("button", { name: "Execute…" }));
    await userEvent.click(screen.getByRole("checkbox"));
    await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
    await userEvent.click(screen.getByRole("button", { name: "Execute…" }));
    expect(screen.getByRole("checkbox").getAttribute("aria-checked")).toBe("false");
    expect(backend.Execute).not.toHaveBeenCalled();
  });

  it("has no accessibility fault", async () => {
    connect(async () => planWith({ risks: [risk("a")] } as never));
    render(stage([1], comparisonWith({ production: true })));
    await screen.findByText("3 statements");
    await userEvent.click(screen.getByRole("button", { name: "Execute…" }));
    const { violations } = await axe.run(screen.getByRole("alertdialog"), {
      rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
    });
    expect(violations).toEqual([]);
  });
});

it("the preview shows the same plan without making it again", async () => {
  const backend = connect(async () => planWith());
  const { unmount } = render(<PlanPreview comparison={comparison} ticked={[1, 2]} />);
  await screen.findByText("3 statements");
  unmount();
  render(stage([1, 2]));
  expect(screen.getAllByText("3 statements").length).toBeGreaterThan(0);
  expect(backend.Make).toHaveBeenCalledOnce();
});
