package postgres

import "database-structure-sync/backend/schema"

// triggerQueries read the triggers that users made. A partition's copy of its parent's trigger is not one of them,
// unless somebody switched it on or off by itself, which the model cannot express.
func triggerQueries(v version) []query {
	copied := v.since(13, "t.tgparentid <> 0", "t.tgisinternal")
	parent := v.since(13, "LEFT JOIN pg_trigger p ON p.oid = t.tgparentid", "LEFT JOIN pg_trigger p ON false")
	return []query{{"triggers", `
SELECT t.oid, t.tgname, t.tgrelid, t.tgenabled, ` + copied + `, CASE WHEN ` + copied + ` THEN '' ELSE pg_get_triggerdef(t.oid) END, c.relnamespace
  FROM pg_trigger t ` + parent + ` JOIN pg_class c ON c.oid = t.tgrelid
 WHERE t.oid >= 16384 AND (NOT t.tgisinternal AND NOT (` + copied + `) OR p.tgenabled <> t.tgenabled AND p.tgconstraint = 0)`, (*reader).trigger}}
}

func (r *reader) trigger(w row) error {
	oid, rel := w.oid(0), r.relations[w.oid(2)]
	if _, member := r.members[address{class: classTrigger, oid: oid}]; rel == nil || member {
		return nil
	}
	name, enabled := w.text(1), enabledText(w.char(3))
	if w.is(4) {
		base := r.base(classRelation, w.oid(2))
		if enabled == "" {
			enabled = "ENABLE"
		}
		base.Unmodelled = append(base.Unmodelled, enabled+" TRIGGER "+quoteIdent(name)+", unlike the partitioned table's")
		return nil
	}
	t := &schema.Scripted{Kind: schema.KindTrigger, Schema: rel.schema, Owner: rel.name, Name: name, Definition: w.text(5)}
	spell(&t.Base, spellDefinition, &t.Definition)
	t.Attrs.Set(attrEnabled, enabled, schema.ClassStructure)
	t.DependsOn = append(t.DependsOn, rel.key)
	r.track(classTrigger, oid, t)
	r.put(rel.schema, t)
	return nil
}

// enabledText is how a trigger or rule that does not just fire in the usual way is brought there.
func enabledText(state byte) string {
	return map[byte]string{'D': "DISABLE", 'R': "ENABLE REPLICA", 'A': "ENABLE ALWAYS"}[state]
}
