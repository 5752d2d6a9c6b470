package translate

import (
	"fmt"
	"slices"
	"strings"

	"database-structure-sync/backend/schema"
)

// parts translates the parts of a key; why says what keeps the target from having it.
func (tr *translation) parts(src, dst *schema.Table, k *key) (parts []schema.IndexPart, why string) {
	if why := tr.method(src, dst, k); why != "" {
		return nil, why
	}
	if k.method == "gin" && len(k.parts) == 1 && k.parts[0].Column == "" && strings.HasPrefix(k.parts[0].Expr, "to_tsvector(") && !tr.from.postgres() {
		return k.parts, ""
	}
	if tr.to.mysql() && len(k.parts) > 16 {
		return nil, "parts"
	}
	for _, p := range k.parts {
		out := schema.IndexPart{Desc: p.Desc}
		switch {
		case p.Column != "":
			out.Column = tr.newNames(src, []string{p.Column})[0]
			c, sc := dst.Column(out.Column), src.Column(p.Column)
			if c == nil || sc == nil {
				return nil, "column"
			}
			if tr.to.mysql() && slices.ContainsFunc(parts, func(x schema.IndexPart) bool { return x.Column == out.Column }) {
				continue // PostgreSQL and SQLite take a column twice, for nothing
			}
			if why := tr.partLength(src, dst, k, p, &out, c); why != "" {
				return nil, why
			}
		default:
			text, err := tr.indexExpression(src, dst, p.Expr, k.source)
			if err != nil {
				return nil, "expression: " + err.Error()
			}
			out.Expr = text
		}
		parts = append(parts, out)
	}
	return parts, ""
}

// method finds the index method in the target. Only trees are everywhere.
func (tr *translation) method(src, dst *schema.Table, k *key) (why string) {
	switch {
	case btree(k.method), k.method == "hash" && !tr.to.postgres():
		k.method = ""
	case k.method == "hash":
		if len(k.parts) > 1 || k.unique {
			k.method = ""
		}
	case k.method == "fulltext" && tr.to.postgres():
		k.method, k.predicate = "gin", ""
		names := tr.newNames(src, columnsOf(k.parts))
		tr.about(schema.Key{Kind: schema.KindIndex, Schema: dst.Schema, Owner: dst.Name, Name: k.name}, k.source,
			Note{Code: FulltextAsGIN, Severity: Lossy, Args: names})
		k.parts = []schema.IndexPart{{Expr: tsvector(dst, names)}}
	default:
		return k.method
	}
	return ""
}

// tsvector is the words of texts as PostgreSQL prints the expression.
func tsvector(t *schema.Table, columns []string) string {
	text := ""
	for i, name := range columns {
		operand := quotedIfNeeded(name)
		if c := t.Column(name); c != nil && c.Type.Text != "text" {
			operand = "(" + operand + ")::text"
		}
		switch {
		case len(columns) == 1:
			text = operand
		case i == 0:
			text = "COALESCE(" + operand + ", ''::text)"
		default:
			text = "((" + text + " || ' '::text) || COALESCE(" + operand + ", ''::text))"
		}
	}
	return "to_tsvector('simple'::regconfig, " + text + ")"
}

// partLength decides how much of a column is indexed.
func (tr *translation) partLength(src, dst *schema.Table, k *key, p schema.IndexPart, out *schema.IndexPart, c *schema.Column) (why string) {
	at := k.source
	at.Schema, at.Owner = dst.Schema, dst.Name
	typ := tr.to.read(c.Type, tr.out)
	if p.Length > 0 {
		if k.primary && !tr.to.mysql() {
			tr.about(at, k.source, Note{Code: PrefixDropped, Severity: Lossy, Args: []string{p.Column, fmt.Sprint(p.Length)}})
			return ""
		}
		if !tr.to.mysql() {
			tr.about(at, k.source, Note{Code: PrefixAsExpr, Severity: Info, Args: []string{p.Column, fmt.Sprint(p.Length)}})
			out.Expr = tr.to.prefix(c, typ, p.Length)
			tr.prefixed[prefixKey(dst.Key(), out.Expr)] = out.Column
			out.Column = ""
			return ""
		}
		out.Length = p.Length
	}
	if !tr.to.mysql() {
		if tr.to.postgres() && slices.Contains([]Class{JSON, XML, Other}, typ.Class) {
			return string(typ.Class)
		}
		return ""
	}
	switch {
	case typ.Class == JSON || typ.Class == Array:
		return string(typ.Class)
	case typ.lengthy():
		if k.unique {
			return "length"
		}
		out.Length = 255
		tr.about(at, k.source, Note{Code: IndexShortened, Severity: Info, Args: []string{p.Column, "255"}})
	}
	return ""
}

// prefix is the first characters of a column as the dialect's reader has the expression.
func (d dialect) prefix(c *schema.Column, typ Type, n int) string {
	name := quotedIfNeeded(c.Name)
	switch {
	case d.sqlite():
		return fmt.Sprintf("substr(%s, 1, %d)", name, n)
	case typ.Class == Blob || typ.Class == Binary || typ.Class == Varbinary:
		return fmt.Sprintf("substr(%s, 1, %d)", name, n)
	case typ.Class != Text:
		name = "(" + name + ")::text"
	}
	return fmt.Sprintf(`"left"(%s, %d)`, name, n)
}

// quotedIfNeeded is a name as PostgreSQL and SQLite print it.
func quotedIfNeeded(name string) string {
	bare := name != "" && !reservedWords[name]
	for i := 0; i < len(name) && bare; i++ {
		c := name[i]
		bare = c == '_' || c >= 'a' && c <= 'z' || i > 0 && c >= '0' && c <= '9'
	}
	if bare {
		return name
	}
	return quoteName(name, '"')
}

// reservedWords are those that people give to columns all the same. A quote too many makes no difference but in the text.
var reservedWords = map[string]bool{
	"all": true, "analyse": true, "analyze": true, "and": true, "any": true, "array": true, "as": true, "asc": true, "both": true, "case": true, "cast": true,
	"check": true, "collate": true, "column": true, "constraint": true, "create": true, "current_date": true, "default": true, "desc": true,
	"distinct": true, "do": true, "else": true, "end": true, "except": true, "false": true, "for": true, "foreign": true, "from": true,
	"grant": true, "group": true, "having": true, "in": true, "initially": true, "into": true, "leading": true, "limit": true, "not": true,
	"null": true, "offset": true, "on": true, "only": true, "or": true, "order": true, "primary": true, "references": true, "select": true,
	"some": true, "table": true, "then": true, "to": true, "trailing": true, "true": true, "union": true, "unique": true, "user": true,
	"using": true, "when": true, "where": true, "window": true, "with": true, "left": true, "right": true, "left_join": false, "like": true,
	"between": true, "bigint": true, "bit": true, "boolean": true, "char": true, "character": true, "coalesce": true, "dec": true,
	"decimal": true, "exists": true, "extract": true, "float": true, "int": true, "integer": true, "interval": true, "national": true,
	"none": true, "numeric": true, "out": true, "overlay": true, "position": true, "precision": true, "real": true, "row": true,
	"smallint": true, "substring": true, "time": true, "timestamp": true, "trim": true, "values": true, "varchar": true, "is": true,
	"join": true, "natural": true, "inner": true, "outer": true, "cross": true, "full": true, "similar": true, "verbose": true,
}
