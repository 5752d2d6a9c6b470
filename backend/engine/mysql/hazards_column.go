package mysql

import (
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/schema"
)

func (d dialect) columnHazards(c diff.Change) []hazard.Hazard {
	switch c.Action {
	case diff.Create:
		return d.newColumnHazards(c.After.(*schema.Column))
	case diff.Drop:
		if col := c.Before.(*schema.Column); col.GeneratedKind == "" {
			return []hazard.Hazard{hazard.New(hazard.DataLoss, objectName(col))}
		}
		return nil
	}
	before, after := c.Before.(*schema.Column), c.After.(*schema.Column)
	if isRowTime(before) && isRowTime(after) { // see restartsHistory
		return []hazard.Hazard{hazard.New(hazard.HistoryLoss, after.Table)}
	}
	if after.GeneratedKind == "" && !d.converts(before.Type.Text, after.Type.Text) {
		return append([]hazard.Hazard{hazard.New(hazard.DataLoss, objectName(before))}, d.newColumnHazards(after)...)
	}
	return alteredColumnHazards(before, after)
}

func (d dialect) newColumnHazards(c *schema.Column) []hazard.Hazard {
	var out []hazard.Hazard
	if c.GeneratedKind == "STORED" || c.AutoIncrement {
		out = append(out, hazard.New(hazard.TableRewrite, c.Table), hazard.New(hazard.BlockingLock, c.Table))
	}
	if c.NotNull && c.Default == "" && c.GeneratedKind == "" && !c.AutoIncrement {
		if kindOf(c.Type.Text) == kindTemporal || !hasImplicitDefault(c.Type.Text) {
			out = append(out, hazard.Fails(c.Table, hazard.NoDefault, c.Name))
		} else {
			out = append(out, hazard.Doubt(objectName(c), hazard.EmptyValues))
		}
	}
	if d.addsDefaultLater(c) {
		out = append(out, hazard.Doubt(objectName(c), hazard.DefaultNotApplied))
	}
	if c.Attrs.Get(attrCheck) != "" {
		out = append(out, hazard.Fails(c.Table, hazard.CheckFails, c.Name))
	}
	return out
}

// hasImplicitDefault: types that the servers fill with 0 or an empty value.
func hasImplicitDefault(typ string) bool {
	switch kindOf(typ) {
	case kindInteger, kindDecimal, kindFloat, kindText, kindBytes, kindBit, kindEnum, kindSet:
		return true
	}
	return false
}

func alteredColumnHazards(before, after *schema.Column) []hazard.Hazard {
	name := objectName(after)
	rewrite := []hazard.Hazard{hazard.New(hazard.TableRewrite, after.Table), hazard.New(hazard.BlockingLock, after.Table)}
	var out []hazard.Hazard
	switch {
	case before.GeneratedKind == "" && after.GeneratedKind != "":
		return append(rewrite, hazard.New(hazard.DataLoss, name)) // computed values take the place of the stored ones
	case before.GeneratedKind != after.GeneratedKind, before.Generated != after.Generated && after.GeneratedKind == "STORED":
		out = append(out, rewrite...)
	case before.GeneratedKind == "VIRTUAL":
		return nil // nothing is stored
	}
	if before.Type.Text != after.Type.Text || before.Charset != after.Charset {
		out = append(out, typeHazards(name, before, after)...)
		if !instant(before, after) {
			out = append(out, rewrite...)
		}
	}
	if before.Collation != after.Collation && before.Charset == after.Charset {
		out = append(out, rewrite...)
		out = append(out, hazard.Fails(after.Table, hazard.CollationEquals, after.Name, after.Collation))
	}
	if after.NotNull && !before.NotNull && after.GeneratedKind == "" {
		out = append(out, hazard.Fails(after.Table, hazard.NullValues, after.Name), hazard.New(hazard.TableRewrite, after.Table))
	}
	if !after.NotNull && before.NotNull {
		out = append(out, hazard.New(hazard.TableRewrite, after.Table))
	}
	if after.AutoIncrement && !before.AutoIncrement {
		out = append(out, rewrite...)
	}
	if v := after.Attrs.Get(attrCheck); v != "" && v != before.Attrs.Get(attrCheck) {
		out = append(out, hazard.Fails(after.Table, hazard.CheckFails, after.Name))
	}
	if before.Attrs.Get(attrSRID) != after.Attrs.Get(attrSRID) && after.Attrs.Get(attrSRID) != "" {
		out = append(out, hazard.Fails(after.Table, hazard.ReferenceSystem, after.Name))
	}
	return distinct(out)
}

// instant tells that the servers change the type without touching rows: a longer text whose length takes as many bytes
// to write as before, more labels at the end.
func instant(before, after *schema.Column) bool {
	if before.Charset != after.Charset {
		return false
	}
	was, is := parseType(before.Type.Text), parseType(after.Type.Text)
	if was.base != is.base {
		return false
	}
	switch was.base {
	case "varchar", "varbinary":
		width := charBytes(after.Charset)
		return is.first() >= was.first() && (was.first()*width > 255) == (is.first()*width > 255)
	case "enum", "set":
		return len(is.args) >= len(was.args) && strings.HasPrefix(strings.Join(is.args, ",")+",", strings.Join(was.args, ",")+",")
	}
	return false
}
