import { useMemo } from "react";
import { sqlTokens } from "@/lib/sql-tokens";
import { cn } from "@/lib/utils";
import "@/components/sql-code.css";

/** A text of more lines than this scrolls by itself, so that it does not push all others away. */
const shownLines = 20;

function isLong(sql: string): boolean {
  let lines = 1;
  for (let at = sql.indexOf("\n"); at >= 0 && lines <= shownLines; at = sql.indexOf("\n", at + 1)) {
    lines++;
  }
  return lines > shownLines || sql.length > shownLines * 100;
}

/** SQL to read and to select, coloured for the server's dialect. It is text whatever it contains, never HTML. */
export function SqlCode({
  sql,
  flavor,
  label,
  className,
}: {
  sql: string;
  flavor: string;
  /** What a screen reader calls a text that scrolls. */
  label: string;
  className?: string;
}) {
  const tokens = useMemo(() => sqlTokens(sql, flavor), [sql, flavor]);
  let at = 0;
  const code = (
    <pre
      className={cn(
        "select-text whitespace-pre-wrap break-words font-mono text-xs leading-[1.125rem] [overflow-wrap:anywhere] [tab-size:4]",
        className,
      )}
    >
      <code>
        {tokens.map(({ text, classes }) => {
          const key = at;
          at += text.length;
          return classes === "" ? (
            text
          ) : (
            <span key={key} className={classes}>
              {text}
            </span>
          );
        })}
      </code>
    </pre>
  );
  if (!isLong(sql)) {
    return code;
  }
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
      tabIndex={0}
      aria-label={label}
      className="max-h-92 overflow-auto rounded-sm outline-none focus-visible:ring-2 focus-visible:ring-ring"
    >
      {code}
    </section>
  );
}
