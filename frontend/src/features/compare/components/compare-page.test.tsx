import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import i18n from "i18next";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { chooseSide, currentNavigation, resetNavigation } from "@/app/navigation";
import { Providers } from "@/app/providers";
import { ComparePage } from "@/features/compare/components/compare-page";
import { rowData } from "@/features/compare/model/fixtures";
import { compareState, resetCompare } from "@/features/compare/store";
import type { CompareRequest, Comparison } from "@/lib/backend/client";
import { startI18n } from "@/lib/i18n/i18n";
import { useShortcutKeys } from "@/lib/shortcuts/use-shortcuts";
import { connectBackend, savedConnection } from "@/test-backend";

const saved = [
  savedConnection({ id: "dev", name: "Dev", environment: "development" }),
  savedConnection({ id: "prod", name: "Prod", environment: "production" }),
  savedConnection({ id: "cache", name: "Cache", engine: "mysql" }),
];

const side = (connectionId: string, name: string) => ({
  connectionId,
  name,
  address: "",
  flavor: "PostgreSQL",
  version: "17.6",
  database: "shop",
  production: false,
  objects: 5,
  tables: 3,
});

const options = {
  include: [],
  exclude: [],
  ignore: ["auto_increment"],
  sourceSchemas: [],
  targetSchemas: [],
  map: [],
};

function comparison(facts: Partial<Comparison> = {}): Comparison {
  return {
    id: "c1",
    at: "2026-11-23T04:00:00Z",
    seconds: 1,
    source: side("dev", "Dev"),
    target: side("prod", "Prod"),
    equal: false,
    counts: { create: 1, alter: 2, drop: 1, rename: 0, destructive: 1, identical: 1 },
    ignored: [{ what: "auto_increment", differences: 0 }],
    notices: [],
    options,
    unmodelled: 0,
    renames: [],
    translated: false,
    noted: { info: 0, lossy: 0, blocked: 0 },
    ...facts,
  };
}

const rows = rowData(`
~ table app.orders
  + column total
  - column note !
> table app.customers
  ~ index by_name
= view app.recent
`);

const detail = (row: number) => ({
  row,
  kind: "column",
  schema: "app",
  table: "orders",
  name: "total",
  state: "create",
  sourceSql: "",
  targetSql: "",
  fields: [{ name: "not_null", source: "yes", target: "" }],
  hazards: [{ code: "data_loss", severity: "destroys", args: ["app.orders.note"], text: "" }],
  unmodelledSource: [],
  unmodelledTarget: [],
});

/** A comparison that ends when the test says so. */
function backend(found = comparison(), data = rows) {
  let end: { resolve: (c: Comparison) => void; reject: (failure: unknown) => void } | undefined;
  const run = vi.fn(
    (_request: CompareRequest) =>
      new Promise<Comparison>((resolve, reject) => {
        end = { resolve, reject };
      }),
  );
  const cancel = vi.fn(async () => {});
  const connected = connectBackend({
    Connections: { List: async () => saved },
    Comparisons: {
      Cancel: cancel,
      Run: run,
      Rows: async () => data,
      Detail: async (_id: string, row: number) => detail(row),
    },
  });
  return {
    ...connected,
    run,
    cancel,
    finish: () => end?.resolve(found),
    fail: (code: string, message: string, side = "target") => end?.reject({ code, message, side }),
  };
}

function Page() {
  useShortcutKeys();
  return <ComparePage />;
}

function open() {
  return render(
    <Providers>
      <Page />
    </Providers>,
  );
}

/** From the set-up to the result. */
async function compare(found?: Comparison, data = rows) {
  const connected = backend(found, data);
  chooseSide("source", "dev");
  chooseSide("target", "prod");
  open();
  await screen.findByText("Prod");
  await userEvent.click(screen.getByRole("button", { name: "Compare" }));
  connected.finish();
  return connected;
}

const lines = () => within(screen.getByRole("treegrid")).getAllByRole("row");
const line = (name: RegExp) => screen.getByRole("row", { name });
const box = (name: string) => screen.getByRole("checkbox", { name });

async function seriousFindings() {
  const { violations } = await axe.run(document.body, {
    rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
  });
  return violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(({ id }) => id);
}

beforeEach(async () => {
  resetNavigation();
  resetCompare();
  startI18n();
  await i18n.changeLanguage("en");
  // jsdom lays nothing out; a list that draws what fits needs to have a height.
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(600);
  vi.spyOn(Element.prototype, "clientWidth", "get").mockReturnValue(400);
});

afterEach(() => vi.restoreAllMocks());

describe("setting a comparison up", () => {
  it("finds connections by typing and refuses the one of the other side", async () => {
    backend();
    open();
    await userEvent.click(await screen.findByRole("combobox", { name: /Source database/ }));
    await userEvent.type(screen.getByRole("combobox", { name: "Search connections" }), "dev{Enter}");
    expect(currentNavigation().sourceId).toBe("dev");
    await userEvent.click(screen.getByRole("combobox", { name: /Target database/ }));
    const option = screen.getByRole("option", { name: /Dev/ });
    expect(option.getAttribute("aria-disabled")).toBe("true");
    expect(within(option).getByText("is the source")).toBeTruthy();
    await userEvent.click(option);
    expect(currentNavigation().targetId).toBe("");
  });

  it("compares two of different engines, with rules for their types", async () => {
    const { run } = backend();
    chooseSide("source", "cache");
    chooseSide("target", "prod");
    open();
    await userEvent.type(await screen.findByLabelText("New rule"), "tinyint(1)=smallint{Enter}");
    await userEvent.click(screen.getByRole("button", { name: "Compare" }));
    await waitFor(() => expect(run).toHaveBeenCalled());
    expect(run.mock.calls[0]?.[0].options.map).toEqual(["tinyint(1)=smallint"]);
  });

  it("swaps the sides with their schemas", async () => {
    backend();
    chooseSide("source", "dev");
    chooseSide("target", "prod");
    open();
    await userEvent.type(await screen.findByLabelText("Schemas of the source"), "app,");
    await userEvent.click(screen.getByRole("button", { name: "Swap source and target" }));
    expect(currentNavigation()).toMatchObject({ sourceId: "prod", targetId: "dev" });
    expect(compareState().options).toMatchObject({ sourceSchemas: [], targetSchemas: ["app"] });
  });

  it("sends what is chosen, and shows how far both sides are", async () => {
    const { run, emit, cancel } = backend();
    chooseSide("source", "dev");
    chooseSide("target", "prod");
    open();
    await userEvent.type(await screen.findByLabelText("Without these tables and views"), "tmp_*,");
    await userEvent.click(screen.getByRole("checkbox", { name: "Comments" }));
    await userEvent.keyboard("{Control>}{Enter}{/Control}");
    const request = run.mock.calls[0]?.[0];
    expect(request).toMatchObject({
      sourceId: "dev",
      targetId: "prod",
      options: { exclude: ["tmp_*"], ignore: ["auto_increment", "comments"] },
    });
    emit("compare:progress", { runId: request?.runId, side: "target", phase: "tables", done: 3, total: 20 });
    expect(await screen.findByText("Reading tables")).toBeTruthy();
    expect(screen.getByText("3 of 20")).toBeTruthy();
    emit("compare:progress", { runId: "another", side: "target", phase: "views", done: 9, total: 20 });
    expect(screen.getByText("3 of 20")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
    expect(cancel).toHaveBeenCalledWith(request?.runId);
  });

  it("asks for a password where one helps, and uses it once", async () => {
    const { run, fail } = backend();
    chooseSide("source", "dev");
    chooseSide("target", "prod");
    open();
    await screen.findByText("Prod");
    await userEvent.click(screen.getByRole("button", { name: "Compare" }));
    fail("auth_failed", "password authentication failed");
    await userEvent.type(await screen.findByLabelText("Password of Prod"), "secret{Enter}");
    expect(run.mock.calls[1]?.[0]).toMatchObject({ sourcePassword: "", targetPassword: "secret" });
  });

  it("has no serious finding of axe", async () => {
    backend();
    chooseSide("source", "dev");
    open();
    await screen.findByText("Dev");
    expect(await seriousFindings()).toEqual([]);
  });
});

describe("the result", () => {
  it("is a tree of what differs, in which what destroys data is not ticked", async () => {
    await compare();
    await screen.findByRole("treegrid", { name: "Differences" });
    expect(lines()).toHaveLength(6);
    expect(box("Synchronize total").getAttribute("aria-checked")).toBe("true");
    expect(box("Synchronize note").getAttribute("aria-checked")).toBe("false");
    expect(box("Synchronize orders").getAttribute("aria-checked")).toBe("mixed");
    expect(screen.getByText("1 that may destroy data is not ticked")).toBeTruthy();
  });

  it("is walked with the keyboard alone", async () => {
    await compare();
    await screen.findByRole("treegrid");
    const selected = () => screen.getByRole("row", { selected: true }).textContent;
    expect(selected()).toContain("orders");
    await userEvent.keyboard("{ArrowDown}{ArrowDown} ");
    expect(selected()).toContain("total");
    expect(box("Synchronize total").getAttribute("aria-checked")).toBe("false");
    await userEvent.keyboard("{ArrowLeft}{ArrowLeft}");
    expect(line(/orders/).getAttribute("aria-expanded")).toBe("false");
    await userEvent.keyboard("{F7}{F7}{F7}");
    expect(selected()).toContain("by_name");
    expect(line(/orders/).getAttribute("aria-expanded")).toBe("true");
    await userEvent.keyboard("{Shift>}{F7}{/Shift}");
    expect(selected()).toContain("note");
    await userEvent.keyboard("{End}{Home}");
    expect(selected()).toContain("orders");
    await userEvent.keyboard("{Enter}");
    expect(document.activeElement?.tagName).toBe("H2");
    await userEvent.keyboard("{Escape}");
    expect(document.activeElement?.getAttribute("role")).toBe("treegrid");
  });

  it("is filtered, which changes no tick", async () => {
    await compare();
    await screen.findByRole("treegrid");
    await userEvent.keyboard("{Control>}f{/Control}");
    const text = screen.getByRole("searchbox", { name: "Filter by name" });
    expect(document.activeElement).toBe(text);
    await userEvent.type(text, "by_n");
    expect(lines()).toHaveLength(2);
    await userEvent.type(text, "othing");
    expect(screen.getByText("Nothing matches the filter")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Clear filters" }));
    expect(lines()).toHaveLength(6);
    await userEvent.click(screen.getByRole("button", { name: /^New/ }));
    expect(screen.queryByRole("checkbox", { name: "Synchronize total" })).toBeNull();
    expect(compareState().result?.ticks.count).toBe(3);
  });

  it("says in words what differs and what may happen", async () => {
    await compare();
    await userEvent.click(await screen.findByText("total"));
    const table = await screen.findByRole("table");
    expect(within(table).getByRole("row", { name: "Not null Yes No" })).toBeTruthy();
    expect(screen.getByText(/The data in app.orders.note is lost/)).toBeTruthy();
  });

  it("stays, out of date, until the next one is there", async () => {
    const { finish } = await compare();
    await screen.findByRole("treegrid");
    await userEvent.click(screen.getByRole("button", { name: "Compare again" }));
    expect(screen.getByText(/The result below is the last one/)).toBeTruthy();
    expect(screen.getByRole("treegrid")).toBeTruthy();
    expect(compareState().result?.stale).toBe(true);
    finish();
    await waitFor(() => expect(compareState().result?.stale).toBe(false));
  });

  it("asks for one password after the other, and forgets none between", async () => {
    const { run, fail } = await compare();
    await screen.findByRole("treegrid");
    await userEvent.click(screen.getByRole("button", { name: "Compare again" }));
    fail("secret_missing", "no password", "target");
    await userEvent.type(await screen.findByLabelText("Password of Prod"), "one{Enter}");
    fail("secret_missing", "no password", "source");
    await userEvent.type(await screen.findByLabelText("Password of Dev"), "two{Enter}");
    expect(run.mock.lastCall?.[0]).toMatchObject({ sourcePassword: "two", targetPassword: "one" });
  });

  it("of equal databases says what that was said of", async () => {
    const equal = comparison({ equal: true, ignored: [{ what: "comments", differences: 4 }] });
    await compare(equal, rowData("= table app.orders"));
    expect(await screen.findByText("The structures are identical")).toBeTruthy();
    expect(screen.getByText("4 differences")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Show the objects" }));
    expect(await screen.findByRole("row", { name: /orders/ })).toBeTruthy();
  });

  it("has no serious finding of axe", async () => {
    await compare();
    await screen.findByRole("treegrid");
    await screen.findByRole("table");
    expect(await seriousFindings()).toEqual([]);
  });
});
