import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import i18n from "i18next";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Providers } from "@/app/providers";
import { NotesPane } from "@/features/compare/components/notes/notes-pane";
import { initialOptions } from "@/features/compare/model/choice";
import { rowData, rowsOf } from "@/features/compare/model/fixtures";
import { withoutBlocked } from "@/features/compare/model/notes";
import { compareState, newResult, patch, resetCompare, useCompare } from "@/features/compare/store";
import type { CompareRequest, Comparison, Note } from "@/lib/backend/client";
import { startI18n } from "@/lib/i18n/i18n";
import { languages } from "@/lib/i18n/languages";
import { connectBackend, savedConnection } from "@/test-backend";

const user = userEvent.setup({ delay: null });
const rows = "> table orders\n  ~ column flag\n  ? column area";

const note = (facts: Partial<Note>): Note => ({
  row: 1,
  kind: "column",
  schema: "public",
  table: "orders",
  name: "flag",
  source: "orders.flag",
  code: "type_mapped",
  severity: "info",
  args: ["tinyint(1)", "boolean"],
  text: "type mapped (tinyint(1), boolean)",
  alternatives: ["smallint"],
  ruleColumn: "orders.flag",
  ruleType: "tinyint(1)",
  ...facts,
});

const notes = [
  note({}),
  note({
    row: 2,
    name: "area",
    source: "orders.area",
    code: "no_such_type",
    severity: "blocked",
    args: ["geometry"],
    alternatives: [],
  }),
  note({
    row: -1,
    table: "",
    name: "later",
    code: "not_known_yet",
    severity: "lossy",
    text: "not known yet (x)",
  }),
];

const comparison = (map: string[]) =>
  ({
    id: "c1",
    source: { connectionId: "my" },
    target: { connectionId: "pg" },
    options: { ...initialOptions, map },
    counts: { identical: 0 },
    renames: [],
    translated: true,
    noted: { info: 1, lossy: 1, blocked: 1 },
  }) as unknown as Comparison;

function Pane() {
  const { result } = useCompare();
  return result ? <NotesPane result={result} /> : null;
}

const run = vi.fn(async (request: CompareRequest) => comparison(request.options.map));

async function open(map: string[] = []) {
  connectBackend({
    Connections: {
      List: async () => [
        savedConnection({ id: "my", engine: "mysql" }),
        savedConnection({ id: "pg", engine: "postgres", name: "Pg" }),
      ],
    },
    Comparisons: { Notes: async () => notes, Run: run, Rows: async () => rowData(rows) },
  });
  patch({ result: newResult(comparison(map), rowsOf(rows)), stage: "result" });
  render(
    <Providers>
      <Pane />
    </Providers>,
  );
  await screen.findByText("There is nothing like geometry");
}

const sentences = () =>
  within(screen.getByRole("list", { name: "Notes" }))
    .getAllByRole("listitem")
    .map((item) => item.querySelector(":scope > div p")?.textContent);

beforeEach(async () => {
  run.mockClear();
  startI18n();
  await i18n.changeLanguage("en");
});
afterEach(resetCompare);

describe("the notes of a comparison between engines", () => {
  it("are said in words, the gravest first, and those that are not known in the backend's", async () => {
    await open();
    expect(sentences()).toEqual([
      "Not possible · There is nothing like geometry",
      "Not quite the same · not known yet (x)",
      "Written otherwise · tinyint(1) becomes boolean",
    ]);
    const { violations } = await axe.run(document.body, {
      rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
    });
    expect(violations.map(({ id }) => id)).toEqual([]);
  });

  it("are filtered by how much they matter", async () => {
    await open();
    await user.click(screen.getByRole("radio", { name: /^Not possible/ }));
    expect(sentences()).toEqual(["Not possible · There is nothing like geometry"]);
  });

  it("lead to their row", async () => {
    await open();
    await user.click(screen.getByRole("button", { name: "Show public.orders.area" }));
    expect(compareState().result?.item).toBe(2);
    expect(screen.queryByRole("button", { name: "Show public.later" })).toBeNull();
  });

  it("offer another mapping, which is compared with again", async () => {
    await open(["json=text"]);
    await user.click(screen.getByRole("button", { name: "Map public.orders.flag otherwise" }));
    await user.click(await screen.findByRole("menuitem", { name: "Every tinyint(1) as smallint" }));
    await waitFor(() => expect(run).toHaveBeenCalledOnce());
    expect(run.mock.calls[0]?.[0].options.map).toEqual(["json=text", "tinyint(1)=smallint"]);
    expect(run.mock.calls[0]?.[0]).toMatchObject({ sourceId: "my", targetId: "pg" });
  });
});

describe("the rules in force", () => {
  it("are shown, and can be removed", async () => {
    await open(["tinyint(1)=smallint"]);
    expect(screen.getByText("tinyint(1) → smallint")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Remove the rule tinyint(1)=smallint" }));
    await waitFor(() => expect(run).toHaveBeenCalledOnce());
    expect(run.mock.calls[0]?.[0].options.map).toEqual([]);
  });

  it("can be written, and are refused when they say nothing", async () => {
    await open();
    await user.type(screen.getByRole("textbox", { name: "New rule" }), "json{Enter}");
    expect(screen.getByRole("alert").textContent).toContain("A rule is written as");
    await user.type(screen.getByRole("textbox", { name: "New rule" }), "=text{Enter}");
    await waitFor(() => expect(run).toHaveBeenCalledOnce());
    expect(run.mock.calls[0]?.[0].options.map).toEqual(["json=text"]);
  });
});

it("what is blocked is not said twice", () => {
  expect(withoutBlocked(["no_such_type (geometry)", "something else"], notes)).toEqual(["something else"]);
});

it("every language has the same notes", () => {
  const [english, chinese] = languages.map(({ texts }) => Object.keys(texts.notes.code));
  expect(chinese).toEqual(english);
});
