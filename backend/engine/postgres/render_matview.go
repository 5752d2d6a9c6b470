package postgres

import (
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// materializedView renders a materialized view with its indexes, which are attributes of it.
func (r *rendering) materializedView(op plan.Op) ([]plan.Node, error) {
	k := op.Key()
	name := fullName(k)
	if op.Action == diff.Create {
		op.After = withStorage(op.After.(*schema.Scripted))
	}
	more := func(w *work, before schema.Attrs) {
		after := op.After.Extra().Attrs
		if op.Action == diff.Alter {
			r.alterViewStorage(w, k, before, after)
		}
		r.viewIndexes(w, k, before, after)
		r.viewColumns(w, "MATERIALIZED VIEW", k, before, after)
	}
	return r.scripted(op, "MATERIALIZED VIEW "+name, "DROP MATERIALIZED VIEW "+name, more), nil
}

// withStorage puts the access method, storage parameters and tablespace, which are attributes, into the definition.
func withStorage(s *schema.Scripted) *schema.Scripted {
	head := "CREATE MATERIALIZED VIEW " + fullName(s.Key())
	rest, ok := strings.CutPrefix(spelled(&s.Base, spellDefinition, s.Definition), head)
	if !ok {
		return s
	}
	if method := s.Attrs.Get(attrAccessMethod); method != "" {
		head += " USING " + method
	}
	if with := s.Attrs.Get(attrStorageParams); with != "" {
		head += " WITH (" + with + ")"
	}
	if space := s.Attrs.Get(attrTablespace); space != "" {
		head += " TABLESPACE " + space
	}
	own := *s
	own.Definition, own.Spelling = head+rest, nil
	return &own
}

func (r *rendering) alterViewStorage(w *work, k schema.Key, before, after schema.Attrs) {
	alter := "ALTER MATERIALIZED VIEW " + fullName(k) + " "
	if was, is := before.Get(attrAccessMethod), after.Get(attrAccessMethod); was != is {
		w.run(alter+"SET ACCESS METHOD "+orElse(is, "heap"), r.hazards.rewrite(k)...)
	}
	if was, is := before.Get(attrTablespace), after.Get(attrTablespace); was != is {
		w.run(alter+"SET TABLESPACE "+orElse(is, "pg_default"), r.hazards.rewrite(k)...)
	}
	for _, change := range optionChanges(before.Get(attrStorageParams), after.Get(attrStorageParams)) {
		w.run(alter + change)
	}
}

// viewIndexes drops and creates the indexes that differ, and marks the one the view is clustered on.
func (r *rendering) viewIndexes(w *work, k schema.Key, before, after schema.Attrs) {
	fresh := map[string]bool{}
	changes := attrChanges(before, after, attrIndex)
	for _, c := range changes {
		if c.was != "" {
			w.run("DROP INDEX " + quoteQualified(k.Schema, c.name))
		}
	}
	for _, c := range changes {
		if c.is != "" {
			fresh[c.name] = true
			w.run(c.is)
		}
	}
	names, _ := prefixed(after, attrIndex)
	for _, n := range names {
		was := before.Get(attrIndexComment + n)
		if fresh[n] {
			was = ""
		}
		w.comment("INDEX "+quoteQualified(k.Schema, n), was, after.Get(attrIndexComment+n))
	}
	was, is := before.Get(attrClusterOn), after.Get(attrClusterOn)
	for n := range fresh {
		if is == quoteIdent(n) {
			was = ""
		}
	}
	switch {
	case is != "" && was != is:
		w.run("ALTER MATERIALIZED VIEW " + fullName(k) + " CLUSTER ON " + is)
	case is == "" && was != "":
		w.run("ALTER MATERIALIZED VIEW " + fullName(k) + " SET WITHOUT CLUSTER")
	}
}
