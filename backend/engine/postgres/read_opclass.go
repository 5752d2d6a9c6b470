package postgres

// opclass is an operator class, as indexes refer to it.
type opclass struct {
	text      string // qualified, quoted, as the server writes it
	method    uint32
	input     uint32 // the type that it is for
	isDefault bool
	preferred bool // its type is the preferred one of its category
	pseudo    bool // its type stands for many: anyarray, anyenum, anyrange
}

func (r *reader) opclass(w row) error {
	namespace := w.text(2)
	if w.oid(8) == catalogSchema {
		namespace = ""
	}
	r.opclasses[w.oid(0)] = opclass{
		text: quoteQualified(namespace, w.text(1)), method: w.oid(3), input: w.oid(4),
		isDefault: w.is(5), preferred: w.is(6), pseudo: w.is(7),
	}
	return nil
}

// opclassNames are the operator classes, all of them by name.
func (r *reader) opclassNames(oids []int) []string {
	names := make([]string, len(oids))
	for i, oid := range oids {
		names[i] = r.opclasses[uint32(oid)].text
	}
	return names
}

// opclassText is what an index on a column of this type must say of the operator class: nothing when the server would
// take it by itself. That is the default class for the very type (behind domains), else one for a type that it can be
// taken for without conversion, preferably the category's preferred type (GetDefaultOpClass).
func (r *reader) opclassText(oid, typ uint32) string {
	c, ok := r.opclasses[oid]
	if !ok {
		return ""
	}
	for base, isDomain := r.baseTypes[typ]; isDomain; base, isDomain = r.baseTypes[typ] {
		typ = base
	}
	if !c.isDefault {
		return c.text
	}
	if c.input == typ {
		return ""
	}
	for _, other := range r.opclasses {
		if !other.isDefault || other.method != c.method {
			continue
		}
		exact := other.input == typ
		better := other.preferred && !c.preferred && r.castable[[2]uint32{typ, other.input}]
		if exact || better {
			return c.text
		}
	}
	return ""
}
