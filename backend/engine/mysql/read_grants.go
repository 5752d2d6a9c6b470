package mysql

import (
	"database/sql/driver"
	"slices"
	"strings"

	"database-structure-sync/backend/schema"
)

// grants are the privileges that the user has on everything in the database. Servers hide, without a word, what a user
// has no privilege on; the grants tell whether there may be such things.
type grants map[string]bool

// grantsStep reads the user's grants, those of active roles included.
func (r *reader) grantsStep() step {
	sql := "SHOW GRANTS"
	if !r.c.f.mariadb && r.c.role != "" && !strings.EqualFold(r.c.role, "NONE") {
		sql = "SHOW GRANTS FOR CURRENT_USER() USING " + r.c.role // as the server quotes it
	}
	return step{sql, func(row []driver.Value) error {
		r.grants.add(text(row[0]), r.c.db)
		return nil
	}}
}

// add notes the privileges of one GRANT statement if it is on the whole database or the whole server.
func (g grants) add(grant, db string) {
	tokens, err := tokenize(grant)
	if err != nil {
		return
	}
	p := &parser{tokens: tokens}
	if !p.accept("GRANT") {
		return
	}
	var privileges []string
	var words []string
	for !p.end() && !p.peek().is("ON") {
		switch t := p.next(); {
		case t.punct(","):
			privileges, words = append(privileges, strings.Join(words, " ")), nil
		case t.punct("("):
			return // on some columns
		default:
			words = append(words, strings.ToUpper(t.text))
		}
	}
	if !p.accept("ON") {
		return // a role
	}
	privileges = append(privileges, strings.Join(words, " "))
	scope := p.next()
	if !p.acceptPunct(".") || !p.acceptPunct("*") {
		return
	}
	if !scope.punct("*") {
		pattern, err := unquoteIdent(scope.text)
		if err != nil || !likeMatches(pattern, db) {
			return
		}
	}
	for _, name := range privileges {
		g[name] = true
	}
}

// has tells whether one of the privileges is there.
func (g grants) has(names ...string) bool {
	return g["ALL PRIVILEGES"] || slices.ContainsFunc(names, func(n string) bool { return g[n] })
}

// allTables tells whether every table and column is shown.
func (g grants) allTables() bool {
	return g.has("SELECT", "INSERT", "UPDATE", "REFERENCES", "SHOW VIEW", "ALTER", "CREATE", "DROP", "INDEX", "DELETE")
}

// hiddenNotices tell what may exist without being shown to the user.
func (r *reader) hiddenNotices() {
	r.out.Notices = append(r.out.Notices, r.grants.hidden()...)
}

// hidden tells what may exist without being shown to somebody with these privileges.
func (g grants) hidden() (out []schema.Notice) {
	for _, x := range []struct {
		what string
		need []string
	}{
		{"tables and views", []string{"SELECT", "INSERT", "UPDATE", "REFERENCES", "SHOW VIEW", "ALTER", "CREATE", "DROP", "INDEX", "DELETE"}},
		{"triggers", []string{"TRIGGER"}},
		{"routines", []string{"EXECUTE", "ALTER ROUTINE", "CREATE ROUTINE", "SHOW_ROUTINE"}},
		{"events", []string{"EVENT"}},
	} {
		if !g.has(x.need...) {
			out = append(out, schema.Notice{Reason: x.what + " may exist that the server does not show to this user, who lacks the privilege " +
				x.need[0] + " on the whole database"})
		}
	}
	return out
}

// likeMatches matches a name against a pattern of LIKE, as grants on databases are written.
func likeMatches(pattern, name string) bool {
	switch {
	case pattern == "":
		return name == ""
	case pattern[0] == '%':
		return likeMatches(pattern[1:], name) || name != "" && likeMatches(pattern, name[1:])
	case name == "":
		return false
	case pattern[0] == '_':
		return likeMatches(pattern[1:], name[1:])
	case pattern[0] == '\\' && len(pattern) > 1:
		pattern = pattern[1:]
	}
	return pattern[0] == name[0] && likeMatches(pattern[1:], name[1:])
}
