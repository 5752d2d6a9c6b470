import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Providers } from "@/app/providers";
import { RenamePanel } from "@/features/compare/components/result/rename-panel";
import { rowData, rowsOf } from "@/features/compare/model/fixtures";
import { answersWith } from "@/features/compare/model/renames";
import { compareState, newResult, patch, resetCompare, useCompare } from "@/features/compare/store";
import type { Comparison, Rename } from "@/lib/backend/client";
import { startI18n } from "@/lib/i18n/i18n";
import { connectBackend } from "@/test-backend";

const rename = (facts: Partial<Rename>): Rename => ({
  text: "table:users=customers",
  kind: "table",
  schema: "",
  table: "",
  name: "users",
  member: "",
  to: "customers",
  confidence: 0.85,
  answer: "open",
  ...facts,
});

const column = rename({
  text: "column:orders.nam=name",
  kind: "column",
  table: "orders",
  name: "nam",
  to: "name",
  confidence: 0.95,
});

function comparison(id: string, renames: Rename[]): Comparison {
  const side = { connectionId: "x" };
  return { id, renames, source: side, target: side, counts: { identical: 0 } } as unknown as Comparison;
}

function Panel() {
  const { result } = useCompare();
  return result ? <RenamePanel renames={result.comparison.renames} busy={result.answering ?? false} /> : null;
}

function open(renames: Rename[], answer = vi.fn()) {
  connectBackend({ Comparisons: { Rename: answer, Rows: async () => rowData("@ table customers") } });
  patch({ result: newResult(comparison("c1", renames), rowsOf("- table users")), stage: "result" });
  return render(
    <Providers>
      <Panel />
    </Providers>,
  );
}

beforeEach(async () => {
  await startI18n();
});
afterEach(resetCompare);

describe("questions about renames", () => {
  it("are shown with both names and how likely they are", async () => {
    const { container } = open([rename({}), column]);
    const line = screen.getByRole("listitem", { name: "orders.nam becomes name" });
    expect(line.textContent).toContain("95% likely");
    expect(within(line).getByRole("button", { name: "It is a rename" })).toHaveProperty("disabled", false);
    expect((await axe.run(container)).violations).toEqual([]);
  });

  it("change nothing until they are answered, and then show the new comparison", async () => {
    const after = comparison("c2", [rename({ answer: "confirmed", confidence: 0 }), column]);
    const answer = vi.fn(async () => after);
    open([rename({}), column], answer);
    expect(answer).not.toHaveBeenCalled();
    const line = screen.getByRole("listitem", { name: "users becomes customers" });
    await userEvent.click(within(line).getByRole("button", { name: "It is a rename" }));
    expect(answer).toHaveBeenCalledWith("c1", ["table:users=customers"], []);
    await waitFor(() => expect(compareState().result?.comparison.id).toBe("c2"));
    expect(compareState().result?.ticks.count).toBe(1);
    screen.getByText("Renamed");
  });

  it("can be answered with no, and taken back", async () => {
    const refused = rename({ answer: "refused" });
    const answer = vi.fn(async () => comparison("c2", [refused]));
    open([rename({})], answer);
    await userEvent.click(screen.getByRole("button", { name: "Two different things" }));
    expect(answer).toHaveBeenLastCalledWith("c1", [], ["table:users=customers"]);
    await userEvent.click(await screen.findByRole("button", { name: /answer about names/ }));
    await userEvent.click(screen.getByRole("button", { name: "Take back" }));
    expect(answer).toHaveBeenLastCalledWith("c2", [], []);
  });

  it("stay as they were when an answer cannot be taken over", async () => {
    open(
      [rename({})],
      vi.fn(async () => Promise.reject({ code: "bad_input", message: "no", side: "" })),
    );
    await userEvent.click(screen.getByRole("button", { name: "It is a rename" }));
    await screen.findByText("The renames could not be taken over");
    expect(compareState().result?.comparison.id).toBe("c1");
    expect(screen.getByRole("button", { name: "It is a rename" })).toHaveProperty("disabled", false);
  });

  it("are answered together with what was answered before", () => {
    const all = [rename({ answer: "confirmed" }), column];
    expect(answersWith(all, [column], "confirmed").confirmed).toEqual([
      "table:users=customers",
      "column:orders.nam=name",
    ]);
    expect(answersWith(all, [rename({})], "open").confirmed).toEqual([]);
  });
});
