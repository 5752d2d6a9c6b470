package sqlite

import (
	"slices"
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// Hazards implements plan.Dialect.
func (d dialect) Hazards(c diff.Change, _ *schema.Database) []hazard.Hazard {
	o := c.After
	if o == nil {
		o = c.Before
	}
	switch o := o.(type) {
	case *schema.Table:
		return tableHazards(c)
	case *schema.Column:
		return columnHazards(c)
	case *schema.Constraint:
		return constraintHazards(c)
	case *schema.Index:
		return indexHazards(c)
	case *schema.ForeignKey:
		if c.Action != diff.Drop {
			return append(foreignKeyHazards(o), hazard.New(hazard.TableRewrite, o.Table))
		}
		return []hazard.Hazard{hazard.New(hazard.TableRewrite, o.Table)}
	case *schema.Scripted:
		if o.Kind == schema.KindVirtualTable && c.Action != diff.Create {
			return []hazard.Hazard{hazard.New(hazard.DataLoss, objectName(o))}
		}
	}
	return nil
}

// opHazards are the hazards of an operation. A replaced part has those of its alteration.
func (d dialect) opHazards(op plan.Op) []hazard.Hazard {
	c := diff.Change{Action: op.Action, Before: op.Before, After: op.After, Fields: op.Fields}
	if c.Action == diff.Replace {
		c.Action = diff.Alter
	}
	return d.Hazards(c, nil)
}

// objectName is how hazards name an object.
func objectName(o schema.Object) string {
	k := o.Key()
	if k.Owner == "" {
		return k.Name
	}
	return k.Owner + "." + k.Name
}

// distinct leaves out repeated hazards, keeping the order.
func distinct(list []hazard.Hazard) []hazard.Hazard {
	seen := map[string]bool{}
	return slices.DeleteFunc(slices.Clone(list), func(h hazard.Hazard) bool {
		k := string(h.Code) + "\x00" + strings.Join(h.Args, "\x00")
		was := seen[k]
		seen[k] = true
		return was
	})
}

func tableHazards(c diff.Change) []hazard.Hazard {
	switch c.Action {
	case diff.Create:
		return nil
	case diff.Drop:
		return []hazard.Hazard{hazard.New(hazard.DataLoss, objectName(c.Before))}
	}
	before, after := c.Before.(*schema.Table), c.After.(*schema.Table)
	var out []hazard.Hazard
	if after.Attrs.Get(attrStrict) != "" && before.Attrs.Get(attrStrict) == "" {
		out = append(out, hazard.Fails(after.Name, hazard.CastFails, after.Name, "STRICT"))
	}
	if len(c.Fields) > 0 {
		out = append(out, hazard.New(hazard.TableRewrite, after.Name))
	}
	return out
}

func columnHazards(c diff.Change) []hazard.Hazard {
	switch c.Action {
	case diff.Create:
		col := c.After.(*schema.Column)
		if col.NotNull && col.Default == "" && col.GeneratedKind == "" {
			return []hazard.Hazard{hazard.Fails(col.Table, hazard.NoDefault, col.Name)}
		}
		return nil
	case diff.Drop:
		if col := c.Before.(*schema.Column); col.GeneratedKind == "" {
			return []hazard.Hazard{hazard.New(hazard.DataLoss, objectName(col))}
		}
		return nil
	}
	before, after := c.Before.(*schema.Column), c.After.(*schema.Column)
	var out []hazard.Hazard
	switch {
	case after.GeneratedKind != "" && before.GeneratedKind == "":
		out = append(out, hazard.New(hazard.DataLoss, objectName(after))) // computed values take the place of the stored ones
	case after.GeneratedKind == "":
		out = append(out, typeHazards(before, after)...)
	}
	if after.NotNull && !before.NotNull {
		out = append(out, hazard.Fails(after.Table, hazard.NullValues, after.Name))
	}
	if after.Collation != before.Collation {
		collation := after.Collation
		if collation == "" {
			collation = "BINARY"
		}
		out = append(out, hazard.Fails(after.Table, hazard.CollationEquals, after.Name, collation))
	}
	return append(out, hazard.New(hazard.TableRewrite, after.Table))
}

// typeHazards: SQLite converts a value to the column's affinity where it takes the result for the same. It is not, for who
// wrote the text 007, nor where an integer has more digits than a floating-point number.
func typeHazards(before, after *schema.Column) []hazard.Hazard {
	was, is := affinity(before.Type.Text), affinity(after.Type.Text)
	if was == is || is == affinityBlob || is == affinityText && was == affinityInteger || is == affinityNumeric && was != affinityText && was != affinityBlob ||
		is == affinityInteger && was == affinityNumeric {
		return nil
	}
	return []hazard.Hazard{hazard.New(hazard.ValueLoss, objectName(after), before.Type.Text, after.Type.Text)}
}

// The affinities of columns.
const (
	affinityInteger = "INTEGER"
	affinityText    = "TEXT"
	affinityBlob    = "BLOB"
	affinityReal    = "REAL"
	affinityNumeric = "NUMERIC"
)

// affinity is what SQLite makes of a type's name (sqlite.org/datatype3.html).
func affinity(typ string) string {
	typ = strings.ToUpper(typ)
	has := func(parts ...string) bool {
		return slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(typ, p) })
	}
	switch {
	case has("INT"):
		return affinityInteger
	case has("CHAR", "CLOB", "TEXT"):
		return affinityText
	case has("BLOB"), typ == "", typ == "ANY":
		return affinityBlob
	case has("REAL", "FLOA", "DOUB"):
		return affinityReal
	}
	return affinityNumeric
}

func constraintHazards(c diff.Change) []hazard.Hazard {
	if c.Action == diff.Drop {
		return []hazard.Hazard{hazard.New(hazard.TableRewrite, c.Before.(*schema.Constraint).Table)}
	}
	k := c.After.(*schema.Constraint)
	rewrite := hazard.New(hazard.TableRewrite, k.Table)
	if k.Kind == schema.KindCheck {
		return []hazard.Hazard{hazard.Fails(k.Table, hazard.CheckFails, k.Name), rewrite}
	}
	if c.Action == diff.Create || slices.Contains(changedProps(c.Before, c.After), "columns") {
		return []hazard.Hazard{hazard.Fails(k.Table, hazard.Duplicates, k.Name), rewrite}
	}
	return []hazard.Hazard{rewrite}
}

func indexHazards(c diff.Change) []hazard.Hazard {
	if c.Action == diff.Drop {
		return nil
	}
	i := c.After.(*schema.Index)
	out := []hazard.Hazard{hazard.New(hazard.IndexBuild, i.Table)}
	if i.Unique {
		out = append(out, hazard.Fails(i.Table, hazard.Duplicates, i.Name))
	}
	return out
}

func foreignKeyHazards(f *schema.ForeignKey) []hazard.Hazard {
	return []hazard.Hazard{hazard.Fails(f.Table, hazard.MissingRows, f.RefTable)}
}

// changedProps are the names of the properties that differ between two objects.
func changedProps(before, after schema.Object) []string {
	was := map[string]string{}
	for _, p := range before.Props() {
		was[p.Name] = p.Value
	}
	var names []string
	for _, p := range after.Props() {
		if v, ok := was[p.Name]; !ok || v != p.Value {
			names = append(names, p.Name)
		}
		delete(was, p.Name)
	}
	for _, p := range before.Props() {
		if _, left := was[p.Name]; left {
			names = append(names, p.Name)
		}
	}
	return names
}
