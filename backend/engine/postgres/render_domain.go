package postgres

import (
	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/schema"
)

// domain renders a domain. When it steps aside only because a check or the default calls a routine that is replaced, it
// lets go of those and gets them back; a new base type needs a new domain.
func (r *rendering) domain(op plan.Op) ([]plan.Node, error) {
	k := op.Key()
	if out, done := r.remake(op, r.createDomain); done {
		return out, nil
	}
	w := newWork(k, op.Action)
	stays := r.fateOf(k) == kept && r.w.Before.Get(k) != nil && r.w.After.Get(k) != nil
	switch op.Action {
	case diff.Create:
		if !stays {
			r.createDomain(w, op.After)
			return nodes(w.creates(k)), nil
		}
		bare := *r.w.Before.Get(k).(*schema.Domain)
		bare.Checks, bare.Default = nil, ""
		r.alterDomain(w, &bare, op.After.(*schema.Domain))
		return nodes(w.creates(k)), nil
	case diff.Drop:
		if !stays {
			w.run("DROP DOMAIN " + fullName(k))
			return nodes(w.drops(k)), nil
		}
		before := op.Before.(*schema.Domain)
		bare := *before
		bare.Checks, bare.Default = nil, ""
		r.alterDomain(w, before, &bare)
		return nodes(w.drops(k)), nil
	}
	r.alterDomain(w, op.Before.(*schema.Domain), op.After.(*schema.Domain))
	return nodes(w.alters(k)), nil
}

func domainNotNull(d *schema.Domain) string {
	if name := d.Attrs.Get(attrNotNullName); name != "" {
		return name
	}
	return quoteIdent(objectName(d.Name, "", "not_null"))
}

func checkDefinition(d *schema.Domain, c schema.DomainCheck) string {
	text := "CONSTRAINT " + quoteIdent(c.Name) + " CHECK (" + spelled(&d.Base, spellDefinition+" "+c.Name, c.Expr) + ")"
	if c.NotValid {
		text += " NOT VALID"
	}
	return text
}

func (r *rendering) createDomain(w *work, o schema.Object) {
	d := o.(*schema.Domain)
	name := fullName(d.Key())
	text := "CREATE DOMAIN " + name + " AS " + d.Type.Text
	if d.Collation != "" {
		text += " COLLATE " + d.Collation
	}
	if d.Default != "" {
		text += " DEFAULT " + d.Default
	}
	if d.NotNull {
		if r.v.atLeast(17) { // the name that it would have by itself may be taken by the domain's own predecessor
			text += " CONSTRAINT " + domainNotNull(d)
		}
		text += " NOT NULL"
	}
	for _, c := range d.Checks {
		if !c.NotValid {
			text += "\n    " + checkDefinition(d, c)
		}
	}
	w.run(text)
	for _, c := range d.Checks {
		if c.NotValid {
			w.run("ALTER DOMAIN " + name + " ADD " + checkDefinition(d, c))
		}
	}
	w.comment("DOMAIN "+name, "", d.Comment)
	r.commentChecks(w, nil, d)
}

func (r *rendering) alterDomain(w *work, before, after *schema.Domain) {
	alter := "ALTER DOMAIN " + fullName(after.Key()) + " "
	if before.Default != after.Default {
		if after.Default == "" {
			w.run(alter + "DROP DEFAULT")
		} else {
			w.run(alter + "SET DEFAULT " + after.Default)
		}
	}
	renamed := r.alterChecks(w, alter, before, after)
	switch {
	case before.NotNull && !after.NotNull:
		w.run(alter + "DROP NOT NULL")
	case !before.NotNull && after.NotNull && after.Attrs.Get(attrNotNullName) != "" && r.v.atLeast(17):
		w.run(alter+"ADD CONSTRAINT "+domainNotNull(after)+" NOT NULL", hazard.Fails(displayName(after.Key()), hazard.NullValues, displayName(after.Key())))
	case !before.NotNull && after.NotNull:
		w.run(alter+"SET NOT NULL", hazard.Fails(displayName(after.Key()), hazard.NullValues, displayName(after.Key())))
	case after.NotNull && domainNotNull(before) != domainNotNull(after):
		w.run(alter + "RENAME CONSTRAINT " + domainNotNull(before) + " TO " + domainNotNull(after))
	}
	w.comment("DOMAIN "+fullName(after.Key()), before.Comment, after.Comment)
	r.commentChecks(w, renamed, after)
}

// alterChecks drops, renames, validates and adds checks. The result is before with the checks that are still the same
// objects, under their new names, for the comments on them.
func (r *rendering) alterChecks(w *work, alter string, before, after *schema.Domain) *schema.Domain {
	result := &schema.Domain{}
	old := map[string]schema.DomainCheck{}
	for _, c := range before.Checks {
		old[c.Name] = c
	}
	stays := map[string]bool{}
	taken := map[string]bool{}
	var add, renames []schema.DomainCheck
	from := map[string]string{}
	for _, c := range after.Checks {
		b, had := old[c.Name]
		if had && b.Expr == c.Expr && (b.NotValid || !c.NotValid) {
			stays[c.Name], taken[c.Name] = true, true
			result.Attrs.Set(attrConstraintComment+c.Name, before.Attrs.Get(attrConstraintComment+c.Name), schema.ClassComment)
		}
	}
	for _, c := range after.Checks {
		if stays[c.Name] {
			continue
		}
		if name := sameCheck(before.Checks, c, taken); name != "" && old[c.Name].Name == "" {
			taken[name] = true
			from[c.Name] = name
			renames = append(renames, c)
			result.Attrs.Set(attrConstraintComment+c.Name, before.Attrs.Get(attrConstraintComment+name), schema.ClassComment)
			continue
		}
		add = append(add, c)
	}
	for _, c := range before.Checks {
		if !taken[c.Name] {
			w.run(alter + "DROP CONSTRAINT " + quoteIdent(c.Name))
		}
	}
	for _, c := range renames {
		w.run(alter + "RENAME CONSTRAINT " + quoteIdent(from[c.Name]) + " TO " + quoteIdent(c.Name))
	}
	for _, c := range after.Checks {
		b := old[c.Name]
		if stays[c.Name] && b.NotValid && !c.NotValid {
			w.run(alter+"VALIDATE CONSTRAINT "+quoteIdent(c.Name), hazard.Fails(displayName(after.Key()), hazard.CheckFails, c.Name))
		}
	}
	for _, c := range add {
		w.run(alter+"ADD "+checkDefinition(after, c), hazard.Fails(displayName(after.Key()), hazard.CheckFails, c.Name))
	}
	return result
}

// sameCheck is the name of an untaken check that says the same, "" for none.
func sameCheck(checks []schema.DomainCheck, c schema.DomainCheck, taken map[string]bool) string {
	for _, b := range checks {
		if !taken[b.Name] && b.Expr == c.Expr && b.NotValid == c.NotValid {
			return b.Name
		}
	}
	return ""
}

// commentChecks brings the comments on checks to what they are afterwards; before is nil for a new domain.
func (r *rendering) commentChecks(w *work, before, after *schema.Domain) {
	for _, c := range after.Checks {
		was := ""
		if before != nil {
			was = before.Attrs.Get(attrConstraintComment + c.Name)
		}
		w.comment("CONSTRAINT "+quoteIdent(c.Name)+" ON DOMAIN "+fullName(after.Key()), was, after.Attrs.Get(attrConstraintComment+c.Name))
	}
}
