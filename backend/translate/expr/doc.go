// Package expr reads, translates and compares SQL expressions: column defaults, CHECK constraints, generated columns, index
// expressions and predicates of partial indexes, in the dialects of PostgreSQL, MySQL, MariaDB and SQLite.
//
// [Parse] turns a text into a tree that means the same whatever dialect it came from: MySQL's concat(a, b) and PostgreSQL's
// a || b are one node, MySQL's a / b and PostgreSQL's are two, since they divide differently. [Print] writes a tree for a
// server, rewriting what that server says in another way, telling a [Note] where the meaning shifts, and refusing with an
// [Untranslatable] what has no counterpart. [Scope.Equal] tells whether two trees mean the same.
//
// It covers scalar expressions over the columns of one row. Queries, aggregates, windows, variables and parameters are
// refused. It knows no model, no connection and no other package of the program.
//
// # Why not a library
//
// The well-kept parsers (pg_query_go, which is PostgreSQL's own in C; those of TiDB and Vitess for MySQL; rqlite/sql) know one
// dialect each, read whole statements, and give trees that share no node. Between any two of them stands a translation of
// the size of this package, and behind them four trees to compare by hand, tens of megabytes and a second C library. Of SQL
// all they would save is this grammar of a few hundred lines.
//
// # What is equal
//
// Two trees are equal when their canonical forms ([Scope.Canonical]) are the same. Canonical form is built from these steps
// alone, each of which keeps the value of the expression for every row, NULL included (SQL's logic has three values):
//
//   - Parentheses, white space, comments, the case of keywords and quotes around names.
//   - Synonyms that [Parse] maps to one node: functions (now() and CURRENT_TIMESTAMP, substr and SUBSTRING(… FROM …), ifnull
//     and COALESCE of two), operators (!= and <>, == and =, && and AND in MySQL), x = ANY (ARRAY[…]) and IN, if(…) and CASE.
//   - AND and OR are associative: (a AND b) AND c is a AND b AND c. The order of operands is kept everywhere.
//   - x >= a AND x <= b, side by side, is x BETWEEN a AND b, if x calls nothing that could answer differently twice.
//   - NOT moves inward: over AND and OR (De Morgan), over =, <>, <, <=, >, >= of single values, IN, BETWEEN, LIKE, IS; NOT NOT x
//     is x when x is a predicate. MySQL and MariaDB rewrite it so when they store an expression.
//   - x IN (a) is x = a, as PostgreSQL and MySQL store it. x IS DISTINCT FROM NULL is x IS NOT NULL.
//   - CASE without ELSE is CASE … ELSE NULL.
//   - Literals: 007 is 7, .5 is 0.5; '12'::integer is 12; 1.0 stays apart from 1.00 and 1. TRUE is 1 where the dialect says so,
//     and next to a comparison operator (where only one of them can have the right type for the other side).
//   - Where a condition is wanted, a number or boolean x is x <> 0, and NOT x is x = 0, with 0 on either side: MySQL and
//     MariaDB store it so. (In PostgreSQL only one of the two has a valid type.) Of what type x is has to be known.
//   - (a, b) = (c, d) is a = c AND b = d, as PostgreSQL and MySQL store it.
//   - round(x, 0) is round(x), and MySQL's to_days(a) - to_days(b) is datediff(a, b), which it stores so.
//   - Casts that PostgreSQL adds to constants, where leaving them out gives the same constant again: 'x'::text,
//     'x'::character varying without a length; next to a comparison operator also (0)::numeric and '2020-01-01'::date.
//   - Casts of columns and other values only if the [Scope] knows that they change nothing: a varchar column to text, an
//     integer column to numeric next to a comparison operator, or next to a numeric in arithmetic, where PostgreSQL adds the
//     cast itself. Between two integers a cast matters and stays (a / b is not a::numeric / b). Without knowledge casts stay.
//
// Whether names are the same column is decided by their spelling, or, when the scope lists columns, by the listed name that
// they match without regard to case. What collation compares texts is no part of an expression.
package expr

// Dialect is the SQL of one kind of server.
type Dialect string

// The dialects.
const (
	Postgres Dialect = "postgres"
	MySQL    Dialect = "mysql"
	MariaDB  Dialect = "mariadb"
	SQLite   Dialect = "sqlite"
)

// mysqlish tells that the dialect is one of the two that descend from MySQL.
func (d Dialect) mysqlish() bool { return d == MySQL || d == MariaDB }

// sharesNative tells that what is native to one dialect is as likely understood by the other.
func (d Dialect) sharesNative(other Dialect) bool {
	return d == other || d.mysqlish() && other.mysqlish()
}

// numericBooleans tells that TRUE is another spelling of 1.
func (d Dialect) numericBooleans() bool { return d != Postgres }
