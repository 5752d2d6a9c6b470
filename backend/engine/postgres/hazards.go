package postgres

import (
	"strconv"
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/schema"
)

// hazards says what changes do to rows and to who else works with them. It looks at structure alone: whether a table has
// rows, and which, it cannot know.
type hazards struct {
	v             version
	before, after *schema.Database
}

// Hazards implements plan.Dialect.
func (d *dialect) Hazards(c diff.Change, before *schema.Database) []hazard.Hazard {
	h := &hazards{v: d.v, before: before, after: before}
	switch c.Action {
	case diff.Create:
		return h.create(c.After)
	case diff.Drop:
		return h.drop(c.Before)
	}
	if d.Replace(c) {
		if col, ok := c.After.(*schema.Column); ok {
			return append(h.recreated(c.Before.(*schema.Column), col), h.create(c.After)...)
		}
		return append(h.replaced(c.Before, c.After), h.create(c.After)...)
	}
	return h.alter(c.Before, c.After)
}

func one(code hazard.Code, args ...string) []hazard.Hazard {
	return []hazard.Hazard{hazard.New(code, args...)}
}

// create are the hazards of an object that is made where rows may already be.
func (h *hazards) create(o schema.Object) []hazard.Hazard {
	k := o.Key()
	table := displayName(schema.Key{Schema: k.Schema, Name: k.Owner})
	if k.Owner != "" && h.before.Table(k.Schema, k.Owner) == nil {
		return nil // the table is new itself
	}
	switch x := o.(type) {
	case *schema.Column:
		return h.newColumn(x, table)
	case *schema.Constraint:
		return h.newConstraint(x, table)
	case *schema.ForeignKey:
		if x.Inherited || x.NotValid || x.NotEnforced {
			return nil
		}
		return []hazard.Hazard{missingRows(table, x), hazard.New(hazard.BlockingLock, table)}
	case *schema.Index:
		out := one(hazard.IndexBuild, table)
		if x.Unique {
			out = append(out, hazard.Fails(table, hazard.Duplicates, x.Name))
		}
		return append(out, hazard.New(hazard.BlockingLock, table))
	}
	return nil
}

func (h *hazards) newColumn(c *schema.Column, table string) (out []hazard.Hazard) {
	if c.Inherited {
		return nil
	}
	switch {
	case c.Generated != "" && c.GeneratedKind == "STORED", c.Identity != nil, volatile(c.Default):
		out = append(out, hazard.New(hazard.TableRewrite, table), hazard.New(hazard.BlockingLock, table))
	case c.NotNull && c.Default == "" && c.Generated == "":
		out = append(out, hazard.Fails(table, hazard.NoDefault, c.Name))
	}
	return out
}

// volatile tells whether a default has to be computed for every row: anything that calls something else than the clock.
func volatile(expr string) bool {
	rest := expr
	for _, stable := range []string{"now()", "CURRENT_TIMESTAMP", "CURRENT_DATE", "transaction_timestamp()", "statement_timestamp()"} {
		rest = strings.ReplaceAll(rest, stable, "")
	}
	for i := 0; i < len(rest); i++ {
		if rest[i] == '\'' {
			i = skipQuoted(rest, i)
		} else if rest[i] == '(' && i > 0 && isNameByte(rest[i-1]) {
			return true
		}
	}
	return false
}

func isNameByte(c byte) bool {
	return c == '_' || c == '"' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9'
}

func (h *hazards) newConstraint(c *schema.Constraint, table string) []hazard.Hazard {
	if c.Inherited || c.NotValid || c.NotEnforced {
		return nil
	}
	switch c.Kind {
	case schema.KindCheck:
		return []hazard.Hazard{hazard.Fails(table, hazard.CheckFails, c.Name), hazard.New(hazard.BlockingLock, table)}
	case schema.KindExclusion:
		return []hazard.Hazard{hazard.New(hazard.IndexBuild, table), hazard.Fails(table, hazard.Overlaps, c.Name), hazard.New(hazard.BlockingLock, table)}
	}
	return []hazard.Hazard{hazard.New(hazard.IndexBuild, table), hazard.Fails(table, hazard.Duplicates, c.Name), hazard.New(hazard.BlockingLock, table)}
}

// drop are the hazards of an object that goes for good.
func (h *hazards) drop(o schema.Object) []hazard.Hazard {
	k := o.Key()
	switch x := o.(type) {
	case *schema.Table:
		return h.dropTable(x)
	case *schema.Column:
		if x.Inherited || x.Generated != "" {
			return nil // the parent's hazard; computed values
		}
		return one(hazard.DataLoss, displayName(k))
	case *schema.Sequence:
		if x.OwnedBy.IsZero() {
			return one(hazard.CounterLoss, displayName(k))
		}
	case *schema.Scripted:
		if k.Kind == schema.KindExtension {
			return nil
		}
	}
	return nil
}

// dropTable: a partitioned table has no rows of its own, its partitions' hazards are theirs.
func (h *hazards) dropTable(t *schema.Table) []hazard.Hazard {
	after := h.after.Table(t.Schema, t.Name)
	if t.PartitionBy != "" || after != nil && rowsMove(t, after) || movedInto(h.before, h.after, t) != nil {
		return nil
	}
	return one(hazard.DataLoss, displayName(t.Key()))
}

// replaced are the hazards of an object that is dropped and comes back, with the owner and privileges that it had.
func (h *hazards) replaced(before, after schema.Object) []hazard.Hazard {
	b, ok := before.(*schema.Table)
	if !ok {
		return nil
	}
	a := after.(*schema.Table)
	if !rowsMove(b, a) {
		return h.dropTable(b)
	}
	out := one(hazard.TableRewrite, displayName(b.Key()))
	if a.PartitionBy != "" {
		out = append(out, hazard.Fails(displayName(b.Key()), hazard.NoPartition))
	}
	return out
}

// recreated are the hazards of a column that is dropped and added again.
func (h *hazards) recreated(before, after *schema.Column) []hazard.Hazard {
	switch {
	case before.Generated != "" && after.Generated != "":
		return nil
	case before.Generated != "": // its values stay
		return h.rewrite(schema.Key{Schema: before.Schema, Name: before.Table})
	}
	return one(hazard.DataLoss, displayName(before.Key()))
}

// alter are the hazards of a change in place.
func (h *hazards) alter(before, after schema.Object) []hazard.Hazard {
	switch b := before.(type) {
	case *schema.Column:
		return h.alterColumn(b, after.(*schema.Column))
	case *schema.Constraint:
		if b.NotValid && !after.(*schema.Constraint).NotValid {
			return h.validate(after)
		}
	case *schema.ForeignKey:
		if b.NotValid && !after.(*schema.ForeignKey).NotValid {
			return h.validate(after)
		}
	case *schema.Enum:
		return h.alterEnum(b, after.(*schema.Enum))
	case *schema.Domain:
		return h.alterDomain(b, after.(*schema.Domain))
	case *schema.Composite:
		return alterComposite(b, after.(*schema.Composite))
	case *schema.Table:
		return h.alterTable(b, after.(*schema.Table))
	case *schema.Sequence:
		if a := after.(*schema.Sequence); a.Options.Min != b.Options.Min || a.Options.Max != b.Options.Max {
			return []hazard.Hazard{hazard.Fails(displayName(b.Key()), hazard.OutsideLimits, a.Options.Min, a.Options.Max)}
		}
	}
	return nil
}

func (h *hazards) alterTable(before, after *schema.Table) (out []hazard.Hazard) {
	for _, name := range []string{attrPersistence, attrAccessMethod, attrTablespace} {
		if before.Attrs.Get(name) != after.Attrs.Get(name) {
			return h.rewrite(before.Key())
		}
	}
	if after.PartitionOf != before.PartitionOf || after.Bound != before.Bound {
		return h.attach(after)
	}
	return nil
}

func (h *hazards) alterEnum(before, after *schema.Enum) []hazard.Hazard {
	if _, ok := labelAdditions(before.Labels, after.Labels); ok {
		if len(before.Labels) == len(after.Labels) {
			return nil
		}
		return one(hazard.NotAtomic, displayName(before.Key()))
	}
	now := map[string]bool{}
	for _, l := range after.Labels {
		now[l] = true
	}
	out := one(hazard.TableRewrite, displayName(before.Key()))
	for _, l := range before.Labels {
		if !now[l] {
			return append(out, hazard.Fails(displayName(before.Key()), hazard.RemovedLabels, displayName(before.Key())))
		}
	}
	return out
}

func (h *hazards) alterDomain(before, after *schema.Domain) (out []hazard.Hazard) {
	name := displayName(before.Key())
	if before.Type.Text != after.Type.Text {
		out = append(out, h.typeChange(name, name, before.Type, after.Type)...)
	}
	old := map[schema.DomainCheck]bool{}
	for _, c := range before.Checks {
		old[c] = true
	}
	for _, c := range after.Checks {
		if !old[c] && !c.NotValid {
			out = append(out, hazard.Fails(name, hazard.CheckFails, c.Name))
			break
		}
	}
	if after.NotNull && !before.NotNull {
		out = append(out, hazard.Fails(name, hazard.NullValues, name))
	}
	return out
}

func alterComposite(before, after *schema.Composite) []hazard.Hazard {
	now := attributesByName(after)
	for _, a := range before.Attributes {
		if _, still := now[a.Name]; !still {
			return one(hazard.DataLoss, displayName(before.Key())+"."+a.Name)
		}
	}
	return nil
}

func (h *hazards) alterColumn(before, after *schema.Column) (out []hazard.Hazard) {
	if before.Inherited && after.Inherited {
		return nil // the parent's column has them
	}
	table := displayName(schema.Key{Schema: after.Schema, Name: after.Table})
	if before.Type.Text != after.Type.Text && after.Generated == "" {
		out = append(out, h.typeChange(displayName(after.Key()), table, before.Type, after.Type)...)
	}
	if after.NotNull && !before.NotNull && !strings.Contains(after.Attrs.Get(attrNotNullOpts), "NOT VALID") {
		out = append(out, hazard.Fails(table, hazard.NullValues, after.Name))
	}
	if after.Generated != "" && before.Generated != after.Generated && after.GeneratedKind == "STORED" {
		out = append(out, hazard.New(hazard.TableRewrite, table), hazard.New(hazard.BlockingLock, table))
	}
	if after.Identity != nil && before.Identity == nil && !strings.Contains(before.Default, "nextval(") {
		out = append(out, hazard.Doubt(displayName(after.Key()), hazard.CounterStartsAgain))
	}
	return out
}

// typeChange are the hazards of values that become another type.
func (h *hazards) typeChange(name, table string, before, after schema.Type) (out []hazard.Hazard) {
	from, to := shapeOf(before, h.before), shapeOf(after, h.after)
	switch lossOf(from, to) {
	case lossCut:
		out = append(out, hazard.New(hazard.ValueLoss, name, before.Text, after.Text))
	case lossRange:
		out = append(out, hazard.Fails(table, hazard.OutOfRange, name, after.Text))
	case lossCast:
		out = append(out, hazard.Fails(table, hazard.CastFails, name, after.Text))
	}
	if !binaryCoercible(from, to) {
		out = append(out, hazard.New(hazard.TableRewrite, table), hazard.New(hazard.BlockingLock, table))
	}
	return out
}

type loss int

const (
	lossNone  loss = iota
	lossCut        // values are cut or rounded without a word
	lossRange      // values that do not fit are an error
	lossCast       // values that do not read as the new type are an error
)

var numberRank = map[string]int{"smallint": 1, "integer": 2, "bigint": 3, "numeric": 4, "real": 5, "double precision": 6}

// lossOf says what happens to values that the new type cannot hold.
func lossOf(from, to shape) loss {
	if from.base == to.base {
		return lossOfModifiers(from, to)
	}
	switch {
	case from.family == famNumber && to.family == famNumber:
		return lossOfNumbers(from, to)
	case to.family == famText:
		return lossOfText(from, to)
	case from.family == famNumber && to.family == famBool:
		return lossCut
	case from.family == famBool && to.family == famNumber:
		return lossNone
	case from.base == "json" && to.base == "jsonb":
		return lossCut // duplicate keys, spaces and order
	case from.family == famDate && to.family == famDate:
		if from.base == "date" || to.base != "date" {
			return lossNone
		}
		return lossCut // the time of day
	case multirangeOf(from) == to.base && to.base != "":
		return lossNone
	case multirangeOf(to) == from.base && from.base != "":
		return lossCut // what lies between the ranges
	case from.family == famDate && to.family == famTime, from.base == "inet" && to.base == "cidr":
		return lossCut
	case from.family == to.family && from.family != famOther && from.family != famUser:
		return lossRange
	}
	return lossCast
}

func lossOfNumbers(from, to shape) loss {
	integers := numberRank[to.base] <= 3
	switch {
	case numberRank[from.base] <= 3 && integers:
		if numberRank[to.base] < numberRank[from.base] {
			return lossRange
		}
		return lossNone
	case integers, to.base == "real", to.base == "double precision" && from.base != "real":
		if numberRank[from.base] <= 2 && to.base == "double precision" || from.base == "smallint" {
			return lossNone
		}
		return lossCut // fractions are rounded, digits lost
	case to.base == "numeric" && to.args == "":
		return lossNone
	case to.base == "numeric" && numberRank[from.base] <= 3:
		return lossRange
	}
	return lossCut
}

func lossOfText(from, to shape) loss {
	if to.args == "" && to.base != "character" && to.base != "name" {
		return lossNone
	}
	if from.base == "character varying" || from.base == "character" || from.base == "text" {
		if from.args != "" && number(from.args) <= number(to.args) {
			return lossNone
		}
	}
	return lossRange // longer values are an error, save for spaces at their end
}

func lossOfModifiers(from, to shape) loss {
	if from.args == to.args || to.args == "" {
		return lossNone
	}
	switch from.family {
	case famText, famBit:
		if from.args != "" && number(from.args) <= number(to.args) {
			return lossNone
		}
		return lossRange
	case famNumber: // numeric(p,s)
		p1, s1 := precisionScale(from.args)
		p2, s2 := precisionScale(to.args)
		switch {
		case from.args == "" || s2 < s1:
			return lossCut
		case p2-s2 < p1-s1:
			return lossRange
		}
		return lossNone
	}
	if from.args == "" || number(from.args) > number(to.args) {
		return lossCut // fractions of seconds
	}
	return lossNone
}

func precisionScale(args string) (precision, scale int) {
	p, s, _ := strings.Cut(args, ",")
	return number(p), number(s)
}

// number is the number in a modifier; missing ones are 0.
func number(text string) int {
	n, err := strconv.Atoi(strings.Trim(text, " ()"))
	if err != nil {
		return 0
	}
	return n
}

// binaryCoercible tells that the server changes the type without touching a row.
func binaryCoercible(from, to shape) bool {
	if from.array != to.array {
		return false
	}
	varying := func(s shape) bool { return s.base == "character varying" || s.base == "text" }
	if varying(from) && varying(to) {
		return to.args == "" || from.base == to.base && from.args != "" && number(from.args) <= number(to.args)
	}
	if from.base != to.base {
		return from.base == "cidr" && to.base == "inet"
	}
	if from.args == to.args {
		return true
	}
	switch from.base {
	case "bit varying", "timestamp without time zone", "timestamp with time zone", "time without time zone", "time with time zone", "interval":
		return to.args == "" || from.args != "" && number(from.args) <= number(to.args)
	case "numeric":
		p1, s1 := precisionScale(from.args)
		p2, s2 := precisionScale(to.args)
		return to.args == "" || from.args != "" && s1 == s2 && p1 <= p2
	}
	return false
}

// validate are the hazards of a check or foreign key that all rows are checked against.
func (h *hazards) validate(o schema.Object) []hazard.Hazard {
	k := o.Key()
	table := displayName(schema.Key{Schema: k.Schema, Name: k.Owner})
	if f, ok := o.(*schema.ForeignKey); ok {
		return []hazard.Hazard{missingRows(table, f)}
	}
	return []hazard.Hazard{hazard.Fails(table, hazard.CheckFails, k.Name)}
}

// missingRows says that rows of the table may refer to rows that do not exist.
func missingRows(table string, f *schema.ForeignKey) hazard.Hazard {
	return hazard.Fails(table, hazard.MissingRows, displayName(schema.Key{Schema: f.RefSchema, Name: f.RefTable}))
}

// rewrite are the hazards of a change that copies every row.
func (h *hazards) rewrite(k schema.Key) []hazard.Hazard {
	return []hazard.Hazard{hazard.New(hazard.TableRewrite, displayName(k)), hazard.New(hazard.BlockingLock, displayName(k))}
}

// attach are the hazards of a table with rows that becomes a partition.
func (h *hazards) attach(t *schema.Table) []hazard.Hazard {
	if h.before.Table(t.Schema, t.Name) == nil || t.PartitionOf.IsZero() {
		return nil
	}
	return []hazard.Hazard{hazard.Fails(displayName(t.Key()), hazard.OutsideBound)}
}
