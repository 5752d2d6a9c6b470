package postgres

import (
	"strings"

	"database-structure-sync/backend/schema"
)

// collation is any collation, built in or not, as others refer to it.
type collation struct {
	text string // qualified, quoted, as the server writes it behind COLLATE
	deps []schema.Key
}

const defaultCollation = 100 // oid

// collationQueries read all collations, because columns refer to those of the system too.
func collationQueries(v version) []query {
	locale := v.since(17, "colllocale", v.since(15, "colliculocale", "NULL"))
	rules := v.since(16, "collicurules", "NULL")
	return []query{{"collations", `
SELECT oid, collname, collnamespace, collprovider, collisdeterministic, collcollate, collctype, ` + locale + `, ` + rules + `
  FROM pg_collation`, (*reader).collation}}
}

func (r *reader) collation(w row) error {
	oid, name, namespace := w.oid(0), w.text(1), w.oid(2)
	if namespace == catalogSchema {
		r.collations[oid] = collation{text: quoteIdent(name)}
		return nil
	}
	in, ok := r.own(classCollation, oid, namespace)
	if !ok {
		r.collations[oid] = collation{text: quoteQualified(r.schemas[namespace], name), deps: r.memberOf(classCollation, oid)}
		return nil
	}
	c := &schema.Scripted{Kind: schema.KindCollation, Schema: in, Name: name}
	c.Definition = "CREATE COLLATION " + quoteQualified(in, name) + " (" + strings.Join(collationOptions(w), ", ") + ")"
	r.track(classCollation, oid, c)
	r.collations[oid] = collation{quoteQualified(in, name), []schema.Key{c.Key()}}
	r.put(in, c)
	return nil
}

func collationOptions(w row) []string {
	provider := map[byte]string{'c': "libc", 'i': "icu", 'b': "builtin", 'd': "default"}[w.char(3)]
	options := []string{"provider = " + provider}
	if !w.is(4) {
		options = append(options, "deterministic = false")
	}
	lcCollate, lcCtype := w.text(5), w.text(6)
	switch {
	case !w.null(7):
		options = append(options, "locale = "+quoteLiteral(w.text(7)))
	case lcCollate == lcCtype:
		options = append(options, "locale = "+quoteLiteral(lcCollate))
	default:
		options = append(options, "lc_collate = "+quoteLiteral(lcCollate), "lc_ctype = "+quoteLiteral(lcCtype))
	}
	if !w.null(8) {
		options = append(options, "rules = "+quoteLiteral(w.text(8)))
	}
	return options
}

// memberOf is the extension that brings this, if one does.
func (r *reader) memberOf(class, oid uint32) []schema.Key {
	if key, ok := r.members[address{class: class, oid: oid}]; ok {
		return []schema.Key{key}
	}
	return nil
}

// collate is what COLLATE has to say where a collation differs from the one that would be taken anyway, with what that
// depends on.
func (r *reader) collate(oid, otherwise uint32) (string, []schema.Key) {
	if oid == 0 || oid == otherwise {
		return "", nil
	}
	c := r.collations[oid]
	return c.text, c.deps
}
