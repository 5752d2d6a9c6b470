import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import i18n from "i18next";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Providers } from "@/app/providers";
import { ReviewStage } from "@/features/plan/components/review-stage";
import { forgetPlan } from "@/features/plan/store";
import { comparisonWith, giveElementsSizes, planWith, statementsOfPlan } from "@/features/run/fixtures";
import { resetRun } from "@/features/run/store";
import type { CountRequest, Hazard, RowCount, Statement } from "@/lib/backend/client";
import { startI18n } from "@/lib/i18n/i18n";
import { connectBackend, savedConnection } from "@/test-backend";

const mayFail = (reason: string, ...args: string[]): Hazard => ({
  code: "may_fail",
  severity: "caution",
  args: ["orders", reason, ...args],
  text: "the English text",
});

const count = (facts: Partial<RowCount> = {}): RowCount => ({
  object: { kind: "column", schema: "public", table: "orders", name: "a" },
  rows: 0,
  counted: true,
  ...facts,
});

let plans = 0;

/** The review of a plan of its own whose first statement has the hazards. */
async function review(hazards: Hazard[], CountRows: (request: CountRequest) => Promise<RowCount[]>) {
  const id = `p${++plans}`;
  const [first, ...others] = statementsOfPlan() as [Statement, ...Statement[]];
  const all = [{ ...first, hazards }, ...others];
  const Cancel = vi.fn(async (_runId: string) => {});
  connectBackend({
    Plans: {
      Make: async () => planWith({ id }),
      Statements: async (_id: string, from: number, n: number) => all.slice(from, from + n),
      CountRows,
    },
    Comparisons: { Cancel },
    Connections: { List: async () => [savedConnection({ id: "1", environment: "staging" })] },
  } as never);
  const page = render(
    <Providers>
      <main>
        <ReviewStage comparison={comparisonWith()} ticked={[1]} onBack={() => {}} onExecute={() => {}} />
      </main>
    </Providers>,
  );
  const statement = within(await screen.findByRole("listitem", { name: /^Statement 1:/ }));
  return { page, statement, Cancel, id };
}

beforeEach(async () => {
  giveElementsSizes();
  startI18n();
  await i18n.changeLanguage("en");
});

afterEach(() => {
  forgetPlan();
  resetRun();
});

describe("counting the rows of a hazard", () => {
  it("asks about that hazard of that statement, and says the number in words", async () => {
    const CountRows = vi.fn(async (_: CountRequest) => [count({ rows: 1234 })]);
    const { page, statement, id } = await review([mayFail("null_values", "a")], CountRows);
    expect(CountRows).not.toHaveBeenCalled();
    await userEvent.click(statement.getByRole("button", { name: "Count the rows" }));
    expect(await statement.findByText("1,234 rows have NULL in a")).toBeTruthy();
    expect(CountRows).toHaveBeenCalledTimes(1);
    expect(CountRows.mock.calls[0]?.[0]).toMatchObject({
      planId: id,
      statement: 0,
      code: "may_fail",
      args: ["orders", "null_values", "a"],
    });
    expect(
      (await axe.run(page.container, { rules: { "color-contrast": { enabled: false } } })).violations,
    ).toEqual([]);
    await i18n.changeLanguage("zh");
    expect(await statement.findByText("有 1,234 行的 a 为 NULL")).toBeTruthy();
  });

  it("says when there is none, and counts again", async () => {
    const CountRows = vi.fn(async () => [count({ rows: 1 })]);
    const { statement } = await review([mayFail("missing_rows", "customers")], CountRows);
    await userEvent.click(statement.getByRole("button", { name: "Count the rows" }));
    expect(await statement.findByText("1 row refers to a row of customers that does not exist")).toBeTruthy();
    CountRows.mockImplementation(async () => [count()]);
    await userEvent.click(statement.getByRole("button", { name: "Count again" }));
    expect(await statement.findByText("No row stands in the way")).toBeTruthy();
  });

  it("names the changes when several have the hazard", async () => {
    const key = (name: string) => ({ kind: "foreign_key", schema: "public", table: "orders", name });
    const { statement } = await review([mayFail("missing_rows", "customers")], async () => [
      count({ object: key("buyer"), rows: 2 }),
      count({ object: key("seller") }),
    ]);
    await userEvent.click(statement.getByRole("button", { name: "Count the rows" }));
    expect(
      await statement.findByText("public.orders.buyer: 2 rows refer to rows of customers that do not exist"),
    ).toBeTruthy();
    expect(statement.getByText("public.orders.seller: No row stands in the way")).toBeTruthy();
  });

  it.each([
    ["nothing can be counted", []],
    ["only converting tells", [count({ counted: false })]],
  ])("says that executing tells where %s", async (_, counts) => {
    const { statement } = await review([mayFail("cast", "a", "xml")], async () => counts);
    await userEvent.click(statement.getByRole("button", { name: "Count the rows" }));
    expect(await statement.findByText("Only executing it tells how many rows")).toBeTruthy();
  });

  it("says why the rows could not be counted", async () => {
    const failure = { code: "no_privilege", message: "permission denied for table orders", side: "" };
    const { statement } = await review([mayFail("null_values", "a")], async () => [
      count({ counted: false, failure: failure as never }),
    ]);
    await userEvent.click(statement.getByRole("button", { name: "Count the rows" }));
    expect(
      await statement.findByText("The rows could not be counted: permission denied for table orders"),
    ).toBeTruthy();
  });

  it("can be cancelled, and asked again", async () => {
    let reject: (reason: unknown) => void = () => {};
    const CountRows = vi.fn(
      (_: CountRequest) =>
        new Promise<RowCount[]>((_resolve, no) => {
          reject = no;
        }),
    );
    const { statement, Cancel } = await review([mayFail("null_values", "a")], CountRows);
    await userEvent.click(statement.getByRole("button", { name: "Count the rows" }));
    expect(statement.getByText("Counting…")).toBeTruthy();
    await userEvent.click(statement.getByRole("button", { name: "Cancel" }));
    expect(Cancel).toHaveBeenCalledWith(CountRows.mock.calls[0]?.[0].runId);
    reject({ code: "cancelled", message: "cancelled", side: "" });
    expect(await statement.findByRole("button", { name: "Count the rows" })).toBeTruthy();
    expect(statement.queryByText(/could not be counted/)).toBeNull();
  });

  it("ends when nobody looks at the plan any more", async () => {
    const CountRows = vi.fn((_: CountRequest) => new Promise<RowCount[]>(() => {}));
    const { page, statement, Cancel } = await review([mayFail("null_values", "a")], CountRows);
    await userEvent.click(statement.getByRole("button", { name: "Count the rows" }));
    page.unmount();
    await waitFor(() => expect(Cancel).toHaveBeenCalledWith(CountRows.mock.calls[0]?.[0].runId));
  });

  it("is offered for hazards that speak of existing rows alone", async () => {
    const { statement } = await review(
      [{ code: "value_loss", severity: "destroys", args: ["orders.a", "bigint", "int"], text: "" }],
      async () => [],
    );
    expect(statement.queryByRole("button", { name: "Count the rows" })).toBeNull();
  });
});
