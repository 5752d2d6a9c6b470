import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseSync } from "vite";
import { expect, it } from "vitest";

/*
 * Every word that a person reads is in the locale files. This reads the syntax tree of every component and finds text
 * between tags, and text in the attributes that are read out or shown.
 */

const source = resolve(import.meta.dirname, "../..");

const readAttributes = [
  "aria-label",
  "aria-description",
  "aria-placeholder",
  "title",
  "placeholder",
  "alt",
  "label",
];

/** Words of any language; signs such as "·" or "?" and the keys of a keyboard are the same in all. */
const hasWords = (text: string) => /\p{L}{2}/u.test(text.replace(/\b(Shift|Ctrl|Alt|Esc)\b/g, ""));

type Node = { type: string; [key: string]: unknown };

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as Node).type === "string";
}

function visit(value: unknown, see: (node: Node) => void) {
  if (Array.isArray(value)) {
    for (const item of value) {
      visit(item, see);
    }
  } else if (isNode(value)) {
    see(value);
    for (const child of Object.values(value)) {
      visit(child, see);
    }
  }
}

/** The text that an expression stands for by itself: "a", `a`, or either branch of a choice. */
function literals(node: unknown): string[] {
  if (!isNode(node)) {
    return [];
  }
  switch (node.type) {
    case "Literal":
      return typeof node.value === "string" ? [node.value] : [];
    case "TemplateLiteral":
      return (node.quasis as { value: { cooked: string } }[]).map(({ value }) => value.cooked);
    case "ConditionalExpression":
      return [...literals(node.consequent), ...literals(node.alternate)];
    case "LogicalExpression":
      return [...literals(node.left), ...literals(node.right)];
    case "JSXExpressionContainer":
      return literals(node.expression);
    default:
      return [];
  }
}

function textsIn(path: string, code: string): string[] {
  const texts: string[] = [];
  const { program, errors } = parseSync(path, code, { lang: "tsx" });
  expect(errors, path).toEqual([]);
  visit(program, (node) => {
    if (node.type === "JSXText") {
      texts.push(String(node.value).trim());
    } else if (node.type === "JSXElement" || node.type === "JSXFragment") {
      texts.push(...(node.children as Node[]).filter(({ type }) => type !== "JSXText").flatMap(literals));
    } else if (node.type === "JSXAttribute") {
      const { name } = node.name as { name: unknown };
      if (typeof name === "string" && readAttributes.includes(name)) {
        texts.push(...literals(node.value));
      }
    }
  });
  return texts.filter(hasWords);
}

const components = readdirSync(source, { recursive: true, encoding: "utf8" }).filter(
  (path) => path.endsWith(".tsx") && !path.endsWith(".test.tsx"),
);

it("finds what it looks for", () => {
  const code = `const a = <p title="Title here" className="not this">Some words {b ? "one or" : \`the other\`} · {x}</p>;`;
  expect(textsIn("a.tsx", code).sort()).toEqual(["Some words", "Title here", "one or", "the other"]);
});

it("reads the components", () => {
  expect(components.length).toBeGreaterThan(50);
});

it.each(components)("%s has no words of its own", (path) => {
  expect(textsIn(path, readFileSync(join(source, path), "utf8"))).toEqual([]);
});
