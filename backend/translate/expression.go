package translate

import (
	"errors"

	"database-structure-sync/backend/schema"
)

// Expressions: what a default, check, generated column, index part or predicate computes.

// errNoExpression says that an expression cannot be said in the target's terms.
var errNoExpression = errors.New("it cannot be said in the target's terms")

// express translates an expression over the columns of a table.
func (tr *translation) express(src, dst *schema.Table, text string) (string, error) {
	return "", errNoExpression
}

// sameExpression tells that two expressions of one table mean the same to the dialect.
func (d dialect) sameExpression(t *schema.Table, a, b string) bool {
	return a == b || outerParens(a) == outerParens(b)
}
