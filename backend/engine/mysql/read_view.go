package mysql

import (
	"context"
	"database/sql/driver"
	"slices"
	"strings"

	"database-structure-sync/backend/schema"
)

// readViews reads the views.
func (r *reader) readViews(ctx context.Context) error {
	known := r.relations()
	return r.showCreate(ctx, "VIEW", r.other.views, func(name string, row []driver.Value) error {
		definition, tokens, err := parseCreateView(text(row[1]), r.c.db)
		if err != nil {
			return err
		}
		v := &schema.Scripted{Kind: schema.KindView, Name: name, Definition: definition}
		v.DependsOn = known.usedBy(name, tokens)
		r.out.Put(v)
		return nil
	}, func(name string, err error) error {
		return r.notice(schema.Key{Kind: schema.KindView, Name: name}, err)
	})
}

// parseCreateView writes a view's statement without its definer and without the database's own name, so that the views of
// two databases compare. It also gives the tokens of the query.
func parseCreateView(sql, db string) (string, []token, error) {
	tokens, err := tokenize(sql)
	if err != nil {
		return "", nil, err
	}
	_, tokens = withoutDefiner(sql, tokens)
	tokens = withoutOwnName(tokens, db)
	return joinTokens(tokens), tokens, nil
}

// withoutOwnName leaves the database's own name out of a query. The servers print it before functions, and before every
// table and column when one table of the query is in another database. A table or alias that bears the database's name
// looks the same: there, a name of two parts is only a qualified table where a table stands.
func withoutOwnName(tokens []token, db string) []token {
	own := quoteIdent(db)
	shared := false
	for i, t := range tokens {
		if t.kind != tokIdent || t.text != own || i+1 < len(tokens) && tokens[i+1].punct(".") {
			continue
		}
		shared = shared || i > 0 && !tokens[i-1].is("VIEW")
	}
	return dropQualifier(tokens, db, func(at int, three bool) bool {
		call := at+3 < len(tokens) && tokens[at+3].punct("(") && !tokens[at+3].spaced
		return three || call || !shared || isTablePosition(tokens, at)
	})
}

// isTablePosition tells whether a table's name stands at this token: behind FROM or JOIN and any opening parentheses.
func isTablePosition(tokens []token, at int) bool {
	i := at - 1
	for i >= 0 && tokens[i].punct("(") {
		i--
	}
	if i < 0 || !tokens[i].is("FROM") && !tokens[i].is("JOIN") && !tokens[i].is("STRAIGHT_JOIN") {
		return false
	}
	// extract(year from `c`) and trim(both from `c`) have a FROM of another sort.
	for depth := 0; i >= 0; i-- {
		switch {
		case tokens[i].punct(")"):
			depth++
		case tokens[i].punct("("):
			if depth == 0 {
				return i == 0 || !tokens[i-1].is("EXTRACT") && !tokens[i-1].is("TRIM")
			}
			depth--
		}
	}
	return true
}

// relations are the names that a view's text may refer to.
type relations struct {
	out       *schema.Database
	views     []string
	functions []string
}

func (r *reader) relations() relations {
	k := relations{out: r.out, views: r.other.views}
	for _, x := range r.other.routines {
		if x.kind == "FUNCTION" {
			k.functions = append(k.functions, x.name)
		}
	}
	slices.Sort(k.functions)
	return k
}

// usedBy are the tables with their columns, views, sequences and functions that a query names.
func (k relations) usedBy(view string, tokens []token) []schema.Key {
	var keys []schema.Key
	words := map[string]bool{}
	for i, t := range tokens {
		if t.kind != tokIdent {
			continue
		}
		name, err := unquoteIdent(t.text)
		if err != nil {
			continue
		}
		words[strings.ToLower(name)] = true
		after := token{}
		if i+1 < len(tokens) {
			after = tokens[i+1]
		}
		switch {
		case after.punct("."):
		case after.punct("(") && !after.spaced && slices.Contains(k.functions, name):
			keys = append(keys, routineKey("FUNCTION", name))
		case !isTablePosition(tokens, i):
		case k.out.Table("", name) != nil:
			keys = append(keys, schema.Key{Kind: schema.KindTable, Name: name})
		case name != view && slices.Contains(k.views, name):
			keys = append(keys, schema.Key{Kind: schema.KindView, Name: name})
		}
	}
	for _, table := range slices.Clone(keys) {
		if table.Kind != schema.KindTable {
			continue
		}
		for _, c := range k.out.Table("", table.Name).Columns {
			if words[strings.ToLower(c.Name)] {
				keys = append(keys, c.Key())
			}
		}
	}
	return keys
}
