package mysql

import (
	"strings"

	"database-structure-sync/backend/schema"
)

// Generated kinds beside "STORED" and "VIRTUAL": the two ends of MariaDB's system-time period.
const (
	rowStart = "ROW START"
	rowEnd   = "ROW END"
)

// columnDefinition is what follows the column's name in CREATE TABLE, ADD COLUMN and MODIFY: always the whole column.
// t is the table as it will be; charset and collation are said only where they differ from its own.
func (d dialect) columnDefinition(t *schema.Table, c *schema.Column) (string, error) {
	if err := d.checkColumn(c); err != nil {
		return "", err
	}
	w := &words{}
	w.add(c.Type.Text)
	if v := c.Attrs.Get(attrCompressed); v != "" {
		w.add(v)
	}
	if d.f.mariadb {
		w.addIf(c.Attrs.Get(attrSRID) != "", "REF_SYSTEM_ID="+c.Attrs.Get(attrSRID))
	}
	if saysCollation(t, c) {
		w.add("CHARACTER SET " + c.Charset)
		w.addIf(c.Collation != "", "COLLATE "+c.Collation)
	}
	switch {
	case isRowTime(c):
		w.add("GENERATED ALWAYS AS " + c.GeneratedKind)
	case c.GeneratedKind != "":
		w.add("GENERATED ALWAYS AS (" + c.Generated + ") " + c.GeneratedKind)
		w.addIf(c.NotNull && !d.f.mariadb, "NOT NULL")
	default:
		d.addPlain(w, c)
	}
	if !d.f.mariadb {
		w.addIf(c.Attrs.Get(attrSRID) != "", "SRID "+c.Attrs.Get(attrSRID))
	}
	w.addIf(c.Invisible, "INVISIBLE")
	w.addIf(c.Comment != "", "COMMENT "+quoteString(c.Comment))
	d.addColumnStorage(w, c)
	w.addIf(c.Attrs.Get(attrWithoutSV) != "" && versioned(t), "WITHOUT SYSTEM VERSIONING")
	if v := c.Attrs.Get(attrCheck); v != "" {
		w.add("CHECK (" + v + ")")
	}
	return w.String(), nil
}

// addPlain adds what only columns have that are not generated.
func (d dialect) addPlain(w *words, c *schema.Column) {
	switch {
	case c.NotNull:
		w.add("NOT NULL")
	case baseType(c.Type.Text) == "timestamp": // NOT NULL unless said otherwise on some servers
		w.add("NULL")
	}
	w.addIf(c.Default != "", "DEFAULT "+defaultValue(c))
	if c.Default == "" && !c.NotNull && !c.AutoIncrement && baseType(c.Type.Text) == "timestamp" {
		w.add("DEFAULT NULL")
	}
	w.addIf(c.OnUpdate != "", "ON UPDATE "+c.OnUpdate)
	w.addIf(c.AutoIncrement, "AUTO_INCREMENT")
}

// defaultValue is what follows DEFAULT.
func defaultValue(c *schema.Column) string {
	if clock := c.Attrs.Get(attrClock); clock != "" {
		return strings.Replace(c.Default, currentTime, clock, 1)
	}
	return c.Default
}

func (d dialect) addColumnStorage(w *words, c *schema.Column) {
	for _, x := range [][2]string{{attrColumnFormat, "COLUMN_FORMAT "}, {attrStorage, "STORAGE "}} {
		if v := c.Attrs.Get(x[0]); v != "" {
			w.add(x[1] + v)
		}
	}
	for _, x := range [][2]string{{attrEngineAttr, "ENGINE_ATTRIBUTE "}, {attrSecondaryAttr, "SECONDARY_ENGINE_ATTRIBUTE "}} {
		if v := c.Attrs.Get(x[0]); v != "" {
			w.add(x[1] + v)
		}
	}
}

// saysCollation tells whether the column names its charset: when it is not the table's, or when the source does so.
// MariaDB's json has one of its own and takes none.
func saysCollation(t *schema.Table, c *schema.Column) bool {
	return c.Charset != "" && baseType(c.Type.Text) != "json" &&
		(c.Charset != t.Attrs.Get(attrCharset) || c.Collation != t.Attrs.Get(attrCollation) || c.Spelling.Get(spellCharset) != "")
}

// checkColumn finds what this server cannot have.
func (d dialect) checkColumn(c *schema.Column) error {
	switch {
	case c.Invisible && !d.f.invisibleColumns():
		return d.cannot(c.Key(), "is invisible, which %s %s cannot: make it visible in the source", d.f.name(), d.f.version())
	case isRowTime(c) && !d.f.systemVersioning(), c.Attrs.Get(attrWithoutSV) != "" && !d.f.systemVersioning():
		return d.cannot(c.Key(), "belongs to system versioning, which %s does not have: leave its table out", d.f.name())
	case c.Attrs.Get(attrCompressed) != "" && !d.f.mariadb:
		return d.cannot(c.Key(), "is compressed, which %s has no word for: ignore storage options", d.f.name())
	case c.Attrs.Get(attrCheck) != "" && !d.f.checks():
		return d.cannot(c.Key(), "has a check, which %s %s does not have: drop it in the source", d.f.name(), d.f.version())
	case c.Attrs.Get(attrEngineAttr)+c.Attrs.Get(attrSecondaryAttr) != "" && !d.f.engineAttributes():
		return d.cannot(c.Key(), "has engine attributes, which %s %s does not have: ignore storage options", d.f.name(), d.f.version())
	case strings.HasPrefix(c.Default, "(") && !d.f.defaultExpressions():
		return d.cannot(c.Key(), "has an expression as its default, which %s %s cannot: give it a literal", d.f.name(), d.f.version())
	}
	return nil
}

// replacesColumn tells that the server refuses to turn one column into the other: whatever becomes or was virtual, the
// columns of a system-time period, and types without a way between them. What was virtual and becomes plain keeps its
// values; see alteration.rebuild.
func (d dialect) replacesColumn(before, after *schema.Column) bool {
	if isRowTime(before) || isRowTime(after) {
		return true
	}
	if before.GeneratedKind != after.GeneratedKind && (before.GeneratedKind == "VIRTUAL" || after.GeneratedKind == "VIRTUAL") {
		return true
	}
	return !d.converts(before.Type.Text, after.Type.Text)
}

// converts tells whether MODIFY is possible between the types. MySQL tries everything with the values that there are;
// MariaDB refuses by type, but everything becomes text and text everything.
func (d dialect) converts(from, to string) bool {
	a, b := conversionGroup(from), conversionGroup(to)
	switch {
	case !d.f.mariadb, a == b, a == "text", b == "text":
		return true
	case d.f.atLeast(11, 3, 0) && strings.HasPrefix(a, "inet") && strings.HasPrefix(b, "inet"):
		return true
	}
	return false
}

// conversionGroup names the types among which MariaDB converts.
func conversionGroup(typ string) string {
	base := baseType(typ)
	switch kindOf(typ) {
	case kindInteger, kindDecimal, kindFloat, kindBit, kindTemporal:
		return "scalar"
	case kindOther:
		if spatialTypes[base] {
			return "spatial"
		}
		return base
	}
	return "text"
}

var spatialTypes = map[string]bool{
	"geometry": true, "point": true, "linestring": true, "polygon": true, "multipoint": true, "multilinestring": true,
	"multipolygon": true, "geometrycollection": true,
}

func isRowTime(c *schema.Column) bool {
	return c.GeneratedKind == rowStart || c.GeneratedKind == rowEnd
}

// words joins words with spaces.
type words struct{ list []string }

func (w *words) add(s string) { w.list = append(w.list, s) }

func (w *words) addIf(on bool, s string) {
	if on {
		w.add(s)
	}
}

func (w *words) String() string { return strings.Join(w.list, " ") }
