package mysql

import (
	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// sequenceNodes render MariaDB's sequences, which change in place and keep their value.
func (d dialect) sequenceNodes(op plan.Op) ([]plan.Node, error) {
	if op.Action == diff.Drop {
		return d.one(op, "DROP SEQUENCE "+quoteIdent(op.Before.Key().Name)), nil
	}
	s := op.After.(*schema.Sequence)
	if !d.f.sequences() {
		return nil, d.cannot(s.Key(), "cannot exist on %s, which has no sequences: use AUTO_INCREMENT columns, or leave it out", d.f.name())
	}
	verb := "CREATE SEQUENCE "
	if op.Action == diff.Alter {
		verb = "ALTER SEQUENCE "
	}
	return d.one(op, verb+quoteIdent(s.Name)+" "+sequenceOptions(s)), nil
}

func sequenceOptions(s *schema.Sequence) string {
	o := s.Options
	w := &words{}
	w.addIf(o.Type != "", "AS "+o.Type)
	for _, x := range [][2]string{{"START WITH ", o.Start}, {"MINVALUE ", o.Min}, {"MAXVALUE ", o.Max}, {"INCREMENT BY ", o.Increment}, {"CACHE ", o.Cache}} {
		w.addIf(x[1] != "", x[0]+x[1])
	}
	if o.Cycle {
		w.add("CYCLE")
	} else {
		w.add("NOCYCLE")
	}
	if v := s.Attrs.Get(attrEngine); v != "" {
		w.add("ENGINE=" + v)
	}
	w.addIf(s.Comment != "", "COMMENT="+quoteString(s.Comment))
	return w.String()
}
