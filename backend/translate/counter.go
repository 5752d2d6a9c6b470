package translate

import (
	"cmp"
	"strings"

	"database-structure-sync/backend/schema"
)

// counting is how a column gets values by itself.
type counting struct {
	on      bool
	perhaps bool   // the engine counts in any case, whether that was meant or not: SQLite's rowid
	start   string // "" for 1
}

// counterOf tells whether a column counts: an identity, a serial, AUTO_INCREMENT, the rowid.
func counterOf(t *schema.Table, c *schema.Column, d dialect, db *schema.Database) counting {
	switch {
	case c.Identity != nil:
		return counting{on: true, start: start(c.Identity.Options)}
	case c.AutoIncrement && d.mysql():
		return counting{on: true, start: t.Attrs.Get("auto_increment")}
	case c.AutoIncrement:
		return counting{on: true}
	case d.sqlite() && rowid(t) == c.Name && c.Default == "":
		return counting{on: true, perhaps: true}
	}
	if s := sequenceOf(c, db); s != nil && d.postgres() {
		return counting{on: true, start: start(s.Options)}
	}
	return counting{}
}

func start(o schema.SequenceOptions) string {
	if o.Start == "1" {
		return ""
	}
	return o.Start
}

// sequenceOf is the sequence that a column takes its default from: a serial, or one that was put together by hand.
func sequenceOf(c *schema.Column, db *schema.Database) *schema.Sequence {
	if !strings.HasPrefix(c.Default, "nextval(") {
		return nil
	}
	for _, k := range c.DependsOn {
		if s, ok := db.Get(k).(*schema.Sequence); ok && (s.OwnedBy.IsZero() || s.OwnedBy == c.Key()) {
			return s
		}
	}
	return nil
}

// rowid is the column that is SQLite's own number of a row; "" when there is none.
func rowid(t *schema.Table) string {
	pk := t.PrimaryKey()
	if pk == nil || len(pk.Columns) != 1 || t.Attrs.Get("without_rowid") != "" || pk.Columns[0].Desc {
		return ""
	}
	if c := t.Column(pk.Columns[0].Column); c != nil && c.Type.Text == "INTEGER" {
		return c.Name
	}
	return ""
}

// counter makes the column count in the target's way.
func (tr *translation) counter(src, table *schema.Table, c, dst *schema.Column, typ Type, counts counting) {
	at := dst.Key()
	switch {
	case tr.to.postgres():
		typ = tr.counterType(c, dst, typ)
		dst.NotNull = true
		dst.Identity = &schema.Identity{
			Generation: "BY DEFAULT", Sequence: tr.to.fit(madeName(table.Name, []string{dst.Name}, "seq")),
			Options: schema.SequenceOptions{
				Type: dst.Type.Text, Start: cmp.Or(counts.start, "1"), Increment: "1", Min: "1", Max: largest[typ.Size], Cache: "1",
			},
		}
	case tr.to.mysql():
		switch {
		case typ.Class != Int && typ.Class != Float:
			tr.about(at, c.Key(), Note{Code: CounterLost, Severity: Lossy, Args: []string{dst.Type.Text}})
		case !startsKey(src, c.Name, tr.from):
			tr.about(at, c.Key(), Note{Code: CounterLost, Severity: Lossy, Args: []string{"key"}})
		case hasCounter(table):
			tr.about(at, c.Key(), Note{Code: CounterLost, Severity: Lossy, Args: []string{"second"}})
		default:
			dst.AutoIncrement, dst.NotNull = true, true
			if counts.start != "" && !strings.HasPrefix(counts.start, "-") {
				table.Attrs.Set("auto_increment", counts.start, schema.ClassAutoIncrement)
			}
		}
	case tr.to.sqlite():
		pk := src.PrimaryKey()
		if pk == nil || len(pk.Columns) != 1 || pk.Columns[0].Column != c.Name || typ.Class != Int {
			tr.about(at, c.Key(), Note{Code: CounterLost, Severity: Lossy, Args: []string{"key"}})
			return
		}
		dst.Type.Text = "INTEGER"
		dst.AutoIncrement = !counts.perhaps
	}
}

// largest are the largest numbers of so many bytes.
var largest = map[int]string{2: "32767", 4: "2147483647", 8: "9223372036854775807"}

// counterType is the type of an identity column, of which PostgreSQL has three.
func (tr *translation) counterType(c, dst *schema.Column, typ Type) Type {
	now := tr.to.read(dst.Type, tr.target)
	if now.Class == Int && !now.Unsigned {
		return now
	}
	dst.Type.Text = "bigint"
	tr.about(dst.Key(), c.Key(), Note{Code: CounterNarrowed, Severity: Lossy, Args: []string{dst.Type.Text}})
	return Type{Class: Int, Size: 8}
}

func hasCounter(t *schema.Table) bool {
	for _, c := range t.Columns {
		if c.AutoIncrement {
			return true
		}
	}
	return false
}

// startsKey tells that the column is the first of a key that MySQL can count by.
func startsKey(t *schema.Table, column string, d dialect) bool {
	for _, k := range keysOf(t, d) {
		if len(k.parts) > 0 && k.parts[0].Column == column && k.predicate == "" && btree(k.method) {
			return true
		}
	}
	return false
}
