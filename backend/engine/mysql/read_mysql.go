package mysql

import (
	"context"
	"database/sql/driver"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// showAll is up to how many tables MySQL is asked SHOW CREATE TABLE for each: the whole truth, at about a millisecond
// each. Beyond, information_schema tells in bulk, and SHOW CREATE only where that is known to be incomplete or wrong.
// The two tell the same but for spelling that changes nothing, and for what is then unseen (see readTablespaces).
const showAll = 300

// listMySQL reads information_schema in bulk, in one round trip and one snapshot. Its views are never joined on the
// server, which would be slow beyond measure; the client puts them together.
func (r *reader) listMySQL(ctx context.Context) error {
	schema := quoteString(r.c.db)
	steps := append([]step{{"START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY", nil}}, r.settingSteps()...)
	from := func(view, columns, filter string) string {
		return "SELECT " + columns + " FROM information_schema." + view + " WHERE " + filter + " = " + schema
	}
	index := "IS_VISIBLE, NULL"
	if r.c.f.functionalParts() {
		index = "IS_VISIBLE, EXPRESSION"
	}
	steps = append(steps,
		step{from("TABLES", "TABLE_NAME, TABLE_TYPE, ENGINE, AUTO_INCREMENT, TABLE_COLLATION, CREATE_OPTIONS, TABLE_COMMENT", "TABLE_SCHEMA"), r.tableRow},
		step{from("COLUMNS", "TABLE_NAME, ORDINAL_POSITION, COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE, COLUMN_DEFAULT, EXTRA, CHARACTER_SET_NAME, COLLATION_NAME, "+
			"COLUMN_COMMENT, GENERATION_EXPRESSION, SRS_ID", "TABLE_SCHEMA"), r.columnRow},
		step{from("STATISTICS", "TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX, NON_UNIQUE, COLUMN_NAME, COLLATION, SUB_PART, INDEX_TYPE, INDEX_COMMENT, "+index, "TABLE_SCHEMA"), r.indexRow},
		step{from("REFERENTIAL_CONSTRAINTS", "TABLE_NAME, CONSTRAINT_NAME, UNIQUE_CONSTRAINT_SCHEMA, REFERENCED_TABLE_NAME, UPDATE_RULE, DELETE_RULE", "CONSTRAINT_SCHEMA"), r.foreignKeyRow},
		step{from("KEY_COLUMN_USAGE", "TABLE_NAME, CONSTRAINT_NAME, ORDINAL_POSITION, COLUMN_NAME, REFERENCED_COLUMN_NAME", "REFERENCED_TABLE_NAME IS NOT NULL AND TABLE_SCHEMA"), r.foreignKeyColumnRow},
	)
	// TABLES says which tables are partitioned, but forgets those by KEY ().
	steps = append(steps, step{from("PARTITIONS", "DISTINCT TABLE_NAME", "PARTITION_NAME IS NOT NULL AND TABLE_SCHEMA"), r.suspectRow})
	if r.c.f.checks() {
		clauses := map[string]string{}
		steps = append(steps,
			step{from("CHECK_CONSTRAINTS", "CONSTRAINT_NAME, CHECK_CLAUSE", "CONSTRAINT_SCHEMA"), func(row []driver.Value) error {
				clauses[text(row[0])] = text(row[1])
				return nil
			}},
			step{from("TABLE_CONSTRAINTS", "TABLE_NAME, CONSTRAINT_NAME, ENFORCED", "CONSTRAINT_TYPE = 'CHECK' AND TABLE_SCHEMA"), func(row []driver.Value) error {
				return r.checkRow(row, clauses)
			}})
	}
	if r.c.f.engineAttributes() {
		// Of indexes they are not asked: no engine of the server's own takes them.
		for _, view := range []string{"TABLES_EXTENSIONS", "COLUMNS_EXTENSIONS"} {
			steps = append(steps, step{from(view, "TABLE_NAME", "(ENGINE_ATTRIBUTE IS NOT NULL OR SECONDARY_ENGINE_ATTRIBUTE IS NOT NULL) AND TABLE_SCHEMA"), r.suspectRow})
		}
	}
	if err := r.batch(ctx, append(steps, r.scriptSteps()...)); err != nil {
		return err
	}
	return r.readTablespaces(ctx)
}

// wantsShow tells whether what information_schema says of the table is to be replaced by SHOW CREATE TABLE.
func (r *reader) wantsShow(raw *rawTable) bool {
	if len(r.names) <= r.c.showAll || raw.suspect || !r.grants.allTables() { // columns may be hidden
		return true
	}
	return slices.Contains(raw.built, nil)
}

func (r *reader) tableRow(row []driver.Value) error {
	name := text(row[0])
	switch text(row[1]) {
	case "BASE TABLE":
	case "VIEW":
		r.other.views = append(r.other.views, name)
		return nil
	default:
		return nil
	}
	raw := &rawTable{name: name}
	engine := r.known.text(row[2])
	raw.option("ENGINE", engine)
	if n := text(row[3]); n != "" {
		raw.option("AUTO_INCREMENT", n)
	}
	raw.option("COLLATE", r.known.text(row[4]))
	raw.collation = normalCollation(r.known.text(row[4]))
	if comment := text(row[6]); comment != "" {
		raw.option("COMMENT", quoteString(comment))
	}
	raw.createOptions(text(row[5]))
	if normalEngine(engine) != "InnoDB" {
		raw.suspect = true // options of other engines are not all in CREATE_OPTIONS
	}
	r.names = append(r.names, name)
	r.raws[name] = raw
	return nil
}

func (t *rawTable) option(name, value string) {
	t.options = append(t.options, rawOption{name, value})
}

// createOptions reads information_schema.TABLES.CREATE_OPTIONS: name=value or name="value", and the word partitioned.
func (t *rawTable) createOptions(options string) {
	if options == "" {
		return
	}
	tokens, err := tokenize(options)
	if err != nil {
		t.suspect = true
		return
	}
	p := parser{tokens: tokens}
	for !p.end() {
		name := strings.ToUpper(p.next().text)
		if !p.acceptPunct("=") || p.end() {
			t.suspect = true // "partitioned", and what nobody knows
			continue
		}
		switch value := p.next().text; name {
		case "SECONDARY_LOAD": // a state, no structure
		case "SECONDARY_ENGINE":
			t.suspect = true
		default:
			t.option(name, value)
		}
	}
}

// raw is the table of a row, nil when it is a view's.
func (r *reader) raw(name driver.Value) *rawTable {
	b, ok := name.([]byte)
	if !ok {
		return r.raws[text(name)]
	}
	return r.raws[string(b)] // no allocation
}

// number reads an integer that the server sends.
func number(v driver.Value) (int, error) {
	switch v := v.(type) {
	case int64:
		return int(v), nil
	case uint64:
		return int(v), nil
	}
	return strconv.Atoi(text(v))
}

// place puts an element at the server's position, which begins with one: rows come in no order.
func place[T any](list []T, position int, element T) []T {
	for len(list) < position {
		var none T
		list = append(list, none)
	}
	list[position-1] = element
	return list
}

func (r *reader) columnRow(row []driver.Value) error {
	raw := r.raw(row[0])
	if raw == nil {
		return nil
	}
	position, err := number(row[1])
	if err != nil {
		return fmt.Errorf("a column's position: %w", err)
	}
	k := r.known
	c := rawColumn{
		name: k.text(row[2]), typ: k.text(row[3]), notNull: k.text(row[4]) == "NO", charset: k.text(row[7]), collation: k.text(row[8]),
		comment: text(row[9]), srid: text(row[11]), bulk: true,
	}
	if err := c.extra(k.text(row[6])); err != nil {
		raw.suspect = true
	}
	if g := text(row[10]); g != "" {
		if c.generated, err = r.schemaExpr(g, raw); err != nil {
			return nil
		}
	}
	if row[5] != nil {
		c.def = r.schemaDefault(k.text(row[5]), &c, raw)
	}
	raw.built = place(raw.built, position, r.b.column(raw.name, &c, raw.collation))
	return nil
}

// extra reads information_schema.COLUMNS.EXTRA.
func (c *rawColumn) extra(extra string) error {
	if extra == "" {
		return nil
	}
	tokens, err := tokenize(extra)
	if err != nil {
		return err
	}
	p := &parser{tokens: tokens}
	for !p.end() {
		switch {
		case p.accept("AUTO_INCREMENT"):
			c.auto = true
		case p.accept("DEFAULT_GENERATED"):
			c.def.kind = defaultExpr
		case p.accept("ON", "UPDATE"):
			c.onUpdate = p.sql(p.until(endsDefault))
		case p.accept("VIRTUAL", "GENERATED"):
			c.genKind = "VIRTUAL"
		case p.accept("STORED", "GENERATED"):
			c.genKind = "STORED"
		case p.accept("INVISIBLE"):
			c.invisible = true
		default:
			return p.unexpected("a known word")
		}
	}
	return nil
}

// schemaDefault is the default as information_schema tells it: a value as it is, or an expression, escaped.
func (r *reader) schemaDefault(value string, c *rawColumn, raw *rawTable) rawDefault {
	typ := normalType(r.c.f, c.typ)
	if c.def.kind == defaultExpr {
		expr, err := r.schemaExpr(value, raw)
		if err != nil || expr == "NULL" {
			return rawDefault{}
		}
		return rawDefault{defaultExpr, expr}
	}
	if familyOf(typ) == familyBinary || strings.ContainsRune(value, '?') || !utf8.ValidString(value) {
		raw.suspect = true // cut at the first zero byte; characters beyond utf8mb3 lost
	}
	return rawDefault{defaultLiteral, value}
}

// schemaExpr is an expression as information_schema tells it: quotes and backslashes escaped once more, and characters
// beyond ASCII taken for single bytes.
func (r *reader) schemaExpr(escaped string, raw *rawTable) (string, error) {
	expr := escaped
	if strings.IndexByte(escaped, '\\') >= 0 {
		var err error
		if expr, err = unquoteString(`"` + strings.ReplaceAll(escaped, `"`, `\"`) + `"`); err != nil {
			raw.suspect = true
			return "", err
		}
	}
	for i := 0; i < len(expr); i++ {
		if expr[i] >= 0x80 {
			raw.suspect = true
			break
		}
	}
	tokens, err := tokenize(expr)
	if err != nil {
		raw.suspect = true
		return "", err
	}
	return exprText(stripParens(tokens), r.c.db, r.c.f), nil
}

func (r *reader) indexRow(row []driver.Value) error {
	raw := r.raw(row[0])
	if raw == nil {
		return nil
	}
	name := r.known.text(row[1])
	position, err := number(row[2])
	if err != nil {
		return fmt.Errorf("the position of an index part: %w", err)
	}
	i := len(raw.indexes) - 1
	for i >= 0 && raw.indexes[i].name != name {
		i--
	}
	if i < 0 {
		i = len(raw.indexes)
		ix := rawIndex{name: name, primary: name == "PRIMARY", unique: text(row[3]) == "0", comment: text(row[8]), invisible: text(row[9]) == "NO"}
		switch method := strings.ToLower(r.known.text(row[7])); method {
		case "fulltext":
			ix.method, raw.suspect = method, true // its parser is not told
		case "spatial":
			ix.method = method
		}
		raw.indexes = append(raw.indexes, ix)
	}
	part := rawPart{column: r.known.text(row[4]), desc: r.known.text(row[5]) == "D"}
	if row[6] != nil && raw.indexes[i].method != "spatial" {
		if part.length, err = number(row[6]); err != nil {
			return fmt.Errorf("the length of an index part: %w", err)
		}
	}
	if e := text(row[10]); e != "" {
		if part.expr, err = r.schemaExpr(e, raw); err != nil {
			return nil
		}
	}
	raw.indexes[i].parts = place(raw.indexes[i].parts, position, part)
	return nil
}

func (r *reader) foreignKeyRow(row []driver.Value) error {
	raw := r.raw(row[0])
	if raw == nil {
		return nil
	}
	raw.foreignKeys = append(raw.foreignKeys, rawForeignKey{
		name: text(row[1]), refSchema: text(row[2]), refTable: text(row[3]), onUpdate: text(row[4]), onDelete: text(row[5]),
	})
	return nil
}

func (r *reader) foreignKeyColumnRow(row []driver.Value) error {
	raw := r.raw(row[0])
	if raw == nil {
		return nil
	}
	position, err := number(row[2])
	if err != nil {
		return fmt.Errorf("the position of a foreign key's column: %w", err)
	}
	raw.foreignKeyColumn(text(row[1]), position, text(row[3]), text(row[4]))
	return nil
}

func (r *reader) checkRow(row []driver.Value, clauses map[string]string) error {
	raw := r.raw(row[0])
	if raw == nil {
		return nil
	}
	c := rawCheck{name: text(row[1]), notEnforced: text(row[2]) == "NO"}
	clause, ok := clauses[c.name]
	if !ok {
		raw.suspect = true
		return nil
	}
	var err error
	if c.expr, err = r.schemaExpr(clause, raw); err != nil {
		return nil
	}
	raw.checks = append(raw.checks, c)
	return nil
}

// suspectRow marks a table of which only SHOW CREATE TABLE tells everything.
func (r *reader) suspectRow(row []driver.Value) error {
	if raw := r.raw(row[0]); raw != nil {
		raw.suspect = true
	}
	return nil
}
