import { sql } from "@codemirror/lang-sql";
import { forceParsing, HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { MergeView } from "@codemirror/merge";
import { EditorState, type Extension } from "@codemirror/state";
import { drawSelection, EditorView, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { wordDiff } from "@/features/compare/model/word-diff";
import { sqlDialect } from "@/lib/sql-tokens";

/** One side's definition and how it is to be read. */
export interface Definition {
  text: string;
  flavor: string;
  /** For screen readers. */
  label: string;
}

export interface EditorWords {
  /** With "$" for the number. */
  unchangedLines: string;
}

/** Fewer lines than these are shown whole. */
const foldedFrom = 40;

const mono = '"JetBrains Mono Variable", "Noto Sans Mono CJK SC", monospace';

function tint(variable: string, percent: number): string {
  return `color-mix(in oklab, var(${variable}) ${percent}%, transparent)`;
}

/** Words that differ: marked by a line below more than by their ground, on which code of any colour has to be read. */
function changedText(variable: string) {
  return {
    background: tint(variable, 14),
    boxShadow: `inset 0 -1.5px 0 ${tint(variable, 75)}`,
    borderRadius: "2px",
  };
}

/** Green is what the target gets, red is what it loses: the source stands left. */
const theme = EditorView.theme({
  "&": { fontSize: "12px", color: "var(--foreground)", backgroundColor: "transparent" },
  "&.cm-focused": { outline: "1px solid var(--ring)", outlineOffset: "-1px" },
  ".cm-scroller": {
    fontFamily: mono,
    lineHeight: "18px",
    fontVariantLigatures: "none",
    scrollbarWidth: "thin",
  },
  ".cm-content": { padding: "6px 0", caretColor: "transparent" },
  ".cm-line": { padding: "0 10px 0 6px" },
  ".cm-gutters": { backgroundColor: "transparent", border: "none", color: "var(--muted-foreground)" },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 6px 0 10px", minWidth: "34px" },
  ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": {
    background: tint("--ring", 30),
  },
  ".cm-changeGutter": { width: "3px", paddingLeft: "0" },
  "&.cm-merge-a .cm-changedLine": { backgroundColor: tint("--create", 10) },
  "&.cm-merge-b .cm-changedLine": { backgroundColor: tint("--drop", 10) },
  "&.cm-merge-a .cm-changedText": changedText("--create"),
  "&.cm-merge-b .cm-changedText": changedText("--drop"),
  "&.cm-merge-a .cm-changedLineGutter": { background: "var(--create)" },
  "&.cm-merge-b .cm-changedLineGutter": { background: "var(--drop)" },
  ".cm-collapsedLines": {
    color: "var(--muted-foreground)",
    background: "var(--muted)",
    fontFamily: "var(--font-sans)",
    padding: "4px 12px",
  },
  ".cm-collapsedLines:hover": { color: "var(--foreground)" },
  ".cm-collapsedLines:before, .cm-collapsedLines:after": { content: '""', margin: "0" },
  ".cm-mergeSpacer": { background: "none" },
});

const highlighting = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword], color: "var(--syntax-keyword)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--syntax-string)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--syntax-number)" },
  { tag: [tags.typeName, tags.standard(tags.name)], color: "var(--syntax-type)" },
  { tag: [tags.lineComment, tags.blockComment], color: "var(--syntax-comment)", fontStyle: "italic" },
]);

function extensions({ flavor, label }: Definition, wrap: boolean, words: EditorWords): Extension[] {
  return [
    EditorState.readOnly.of(true),
    EditorState.phrases.of({ "$ unchanged lines": words.unchangedLines }),
    EditorView.contentAttributes.of({ "aria-label": label, "aria-readonly": "true", tabindex: "0" }),
    EditorView.editable.of(false),
    lineNumbers(),
    drawSelection(),
    sql({ dialect: sqlDialect(flavor) }),
    syntaxHighlighting(highlighting),
    theme,
    wrap ? EditorView.lineWrapping : [],
  ];
}

/**
 * The root to draw in. CodeMirror puts its rules into a style element unless it is in a shadow tree, and the page's
 * policy allows no style elements.
 */
function shadowOf(host: HTMLElement): ShadowRoot {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  root.replaceChildren();
  return root;
}

/** Shows one definition by itself. The returned function takes it away. */
export function showDefinition(host: HTMLElement, definition: Definition, wrap: boolean, words: EditorWords) {
  const root = shadowOf(host);
  const view = new EditorView({
    doc: definition.text,
    extensions: [
      extensions(definition, wrap, words),
      EditorView.theme({ "&": { height: "100%" }, ".cm-scroller": { overflow: "auto" } }),
    ],
    root,
    parent: root,
  });
  colour(view);
  return () => view.destroy();
}

/** Colours what is short at once; long texts are coloured as they are scrolled. */
function colour(view: EditorView) {
  forceParsing(view, Math.min(view.state.doc.length, 20_000), 100);
}

/** Shows two definitions side by side, at their first difference or at the one that names `name`. */
export function showDifference(
  host: HTMLElement,
  source: Definition,
  target: Definition,
  name: string,
  options: { wrap: boolean; fold: boolean; words: EditorWords },
) {
  const root = shadowOf(host);
  const longest = Math.max(source.text.split("\n").length, target.text.split("\n").length);
  const view = new MergeView({
    a: { doc: source.text, extensions: extensions(source, options.wrap, options.words) },
    b: { doc: target.text, extensions: extensions(target, options.wrap, options.words) },
    collapseUnchanged: options.fold && longest >= foldedFrom ? { margin: 3, minSize: 6 } : undefined,
    diffConfig: { override: wordDiff },
    parent: root,
    root,
  });
  Object.assign(view.dom.style, { height: "100%", overflowY: "auto", scrollbarWidth: "thin" });
  Object.assign((view.dom.firstElementChild as HTMLElement).style, { minHeight: "100%" });
  colour(view.a);
  colour(view.b);
  const stopScrolling = scrollTogether(view.a.scrollDOM, view.b.scrollDOM);
  const frame = requestAnimationFrame(() => scrollToDifference(view, name));
  return () => {
    cancelAnimationFrame(frame);
    stopScrolling();
    view.destroy();
  };
}

/** Both sides are one box up and down; to the side they are told. */
function scrollTogether(a: HTMLElement, b: HTMLElement) {
  const follow = (from: HTMLElement, to: HTMLElement) => () => {
    if (to.scrollLeft !== from.scrollLeft) {
      to.scrollLeft = from.scrollLeft;
    }
  };
  const [ab, ba] = [follow(a, b), follow(b, a)];
  a.addEventListener("scroll", ab);
  b.addEventListener("scroll", ba);
  return () => {
    a.removeEventListener("scroll", ab);
    b.removeEventListener("scroll", ba);
  };
}

function scrollToDifference({ a, b, chunks, dom }: MergeView, name: string) {
  const mentions = (chunk: (typeof chunks)[number]) =>
    a.state.sliceDoc(chunk.fromA, chunk.endA).includes(name) ||
    b.state.sliceDoc(chunk.fromB, chunk.endB).includes(name);
  const chunk = (name !== "" && chunks.find(mentions)) || chunks[0];
  if (chunk) {
    const top = a.lineBlockAt(Math.min(chunk.fromA, a.state.doc.length)).top;
    dom.scrollTop = Math.max(0, top - dom.clientHeight / 3);
  }
}
