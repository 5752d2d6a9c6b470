import { type RowData, type Rows, readRows, type State, states } from "@/features/compare/model/rows";

/** A row as tests write it: "+ table app.orders", "- column note !" under a table by two leading spaces. */
const signs: Record<string, State> = {
  "+": "create",
  "~": "alter",
  "-": "drop",
  "@": "rename",
  ">": "contains",
  "?": "unmodelled",
  "=": "identical",
};

/** Rows from an indented text; "!" at the end marks what may destroy data. */
export function rowData(text: string): RowData {
  const data = {
    kinds: [] as string[],
    schemas: [] as string[],
    states: [...states] as string[],
    name: [] as string[],
    kind: [] as number[],
    schema: [] as number[],
    state: [] as number[],
    parent: [] as number[],
    flags: [] as number[],
    was: [] as { row: number; name: string }[],
  };
  const number = (words: string[], word: string) => {
    const index = words.indexOf(word);
    return index >= 0 ? index : words.push(word) - 1;
  };
  let above = -1;
  for (const line of text.split("\n").filter((l) => l.trim() !== "")) {
    const nested = line.startsWith("  ");
    const [sign = "", kind = "", path = "", mark = ""] = line.trim().split(" ");
    const [name = "", schema = ""] = path.split(".").reverse();
    const row = data.name.push(name) - 1;
    data.kind.push(number(data.kinds, kind));
    data.schema.push(number(data.schemas, schema));
    data.state.push(states.indexOf(signs[sign] as State));
    data.parent.push(nested ? above : -1);
    data.flags.push((mark.includes("!") ? 3 : 0) + (mark.includes("?") ? 4 : 0));
    above = nested ? above : row;
  }
  return data;
}

export function rowsOf(text: string): Rows {
  return readRows(rowData(text));
}

/** As large as the window has to bear: tables with three differing columns each. */
export function manyRows(tables: number): RowData {
  const count = tables * 4;
  const parents = Array.from({ length: count }, (_, row) => (row % 4 === 0 ? -1 : row - (row % 4)));
  return {
    kinds: ["table", "column"],
    schemas: ["app"],
    states: [...states],
    name: Array.from({ length: count }, (_, row) =>
      row % 4 === 0 ? `Table_${row / 4}` : `column_${row % 4}`,
    ),
    kind: parents.map((parent) => (parent < 0 ? 0 : 1)),
    schema: parents.map(() => 0),
    state: parents.map((parent, row) => (parent < 0 ? states.indexOf("contains") : row % 3)),
    parent: parents,
    was: [],
    flags: parents.map((parent, row) => (parent >= 0 && row % 3 === 2 ? 3 : 0)),
  };
}
