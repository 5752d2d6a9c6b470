import { MariaSQL, MySQL, PostgreSQL, SQLite, StandardSQL } from "@codemirror/lang-sql";
import { classHighlighter, highlightCode } from "@lezer/highlight";

/** A piece of SQL that is drawn in one way; classes are "" for plain text, else "tok-keyword" and the like. */
export interface SqlToken {
  text: string;
  classes: string;
}

/** Beyond this many characters a text is shown plain: nobody reads so much for its colours. */
const highlightLimit = 60_000;

/** The SQL that a server of this flavor speaks. */
export function sqlDialect(flavor: string) {
  switch (flavor.toLowerCase()) {
    case "postgresql":
    case "postgres":
      return PostgreSQL;
    case "mysql":
      return MySQL;
    case "mariadb":
      return MariaSQL;
    case "sqlite":
      return SQLite;
    default:
      return StandardSQL;
  }
}

/** Splits SQL into pieces to draw, without changing a character. */
export function sqlTokens(sql: string, flavor: string): SqlToken[] {
  if (sql.length > highlightLimit) {
    return [{ text: sql, classes: "" }];
  }
  const tokens: SqlToken[] = [];
  const put = (text: string, classes: string) => {
    const last = tokens.at(-1);
    if (last && last.classes === classes) {
      last.text += text;
    } else {
      tokens.push({ text, classes });
    }
  };
  const tree = sqlDialect(flavor).language.parser.parse(sql);
  highlightCode(sql, tree, classHighlighter, put, () => put("\n", ""));
  return tokens;
}
