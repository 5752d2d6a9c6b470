package service

import (
	"strings"
	"testing"

	"database-structure-sync/backend/hazard"
	"database-structure-sync/backend/plan"
)

func TestPsqlScriptsCommitAroundStatementsThatStandAlone(t *testing.T) {
	s := Script{Dialect: "postgres", Transactional: true, Header: []string{"What it does\nDROP TABLE x;"}, Statements: []plan.Statement{
		{SQL: "CREATE TABLE a ()"},
		{SQL: "CREATE INDEX CONCURRENTLY i ON a (b)", Tx: plan.Alone},
		{SQL: "DROP TABLE b", Tx: plan.InTransaction, Hazards: []hazard.Hazard{hazard.New(hazard.DataLoss, "b\n; x")}},
	}}
	text := s.text()
	_, body, _ := strings.Cut(text, psqlSettings)
	want := `
BEGIN;

CREATE TABLE a ();

COMMIT;

CREATE INDEX CONCURRENTLY i ON a (b);

BEGIN;

-- destroys: the data in b
-- ; x is lost
DROP TABLE b;

COMMIT;
`
	if body != want {
		t.Errorf("got:\n%s\nwant:\n%s", body, want)
	}
	if !strings.HasPrefix(text, "-- What it does\n-- DROP TABLE x;\n") {
		t.Errorf("a line break ends a comment:\n%s", text)
	}
}

func TestMySQLDelimitersDoNotOccurInTheirStatement(t *testing.T) {
	for sql, want := range map[string]string{
		"DROP TABLE a":                      ";",
		"BEGIN SELECT 1; END":               "$$",
		"BEGIN SELECT '$$'; END":            "//",
		"BEGIN SELECT '$$', '//'; END":      "$0;",
		"BEGIN SELECT '$0;$1;$$', '//' END": "$2;",
		"BEGIN ; END /* $ $$ */":            "$0;",
		"BEGIN ; END $":                     "//",
	} {
		if got := mysqlDelimiter(sql); got != want {
			t.Errorf("%s: got %s, want %s", sql, got, want)
		}
	}
}
