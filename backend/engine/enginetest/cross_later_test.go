package enginetest_test

import (
	"slices"
	"strings"
	"testing"

	"database-structure-sync/backend/compare"
	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/internal/testdb"
	"database-structure-sync/backend/schema"
	"database-structure-sync/backend/translate"
)

// TestWhatChangesLaterComesBackBetweenEngines gives every column of every type of an engine another one in the source, after it has been
// taken to another engine: each of them is a difference, whether its type was lossy or not, and gone after the next sync.
func TestWhatChangesLaterComesBackBetweenEngines(t *testing.T) {
	for _, x := range crossings(t) {
		t.Run(x.Name(), func(t *testing.T) {
			t.Parallel()
			from := x.Source.Server
			var before, after []sample
			for _, c := range samplesOf(from.Engine) {
				before, after = append(before, c), append(after, sample{typ: anotherType(from.Engine, c)})
			}
			for _, change := range smallChanges(from.Engine) {
				was, is, _ := strings.Cut(change, " > ")
				before, after = append(before, sample{typ: was}), append(after, sample{typ: is})
			}
			holdLater(t, from, x.Target.Server, before, after)
		})
	}
}

// anotherType has other values.
func anotherType(engineName string, c sample) string {
	switch c.kind {
	case kindText, kindPadded, kindUUID, kindAddress, kindJSON, kindBytes:
		return map[bool]string{true: "SMALLINT", false: "smallint"}[engineName == testdb.SQLite]
	}
	if engineName == testdb.Postgres {
		return "character varying(77)"
	}
	return "varchar(77)"
}

// smallChanges are such that a person could overlook, in the words of the source.
func smallChanges(engineName string) []string {
	common := []string{
		"varchar(50) > varchar(60)", "decimal(10,2) > decimal(12,2)", "decimal(10,2) > decimal(10,3)", "smallint > bigint", "varchar(20) > varchar(20) NOT NULL",
		"varchar(20) DEFAULT 'a' > varchar(20) DEFAULT 'b'", "varchar(20) > varchar(20) DEFAULT ''", "bigint DEFAULT 1 > bigint", "date > date DEFAULT '2020-01-02'",
	}
	switch engineName {
	case testdb.Postgres:
		return append(common, "integer > bigint", "timestamp(3) > timestamp(0)", "time(3) > time(1)", "char(10) > char(12)", "boolean > smallint", "text > varchar(9)", "mood > text")
	case testdb.SQLite:
		return append(common, "BOOLEAN > SMALLINT", "CHAR(10) > CHAR(12)", "VARCHAR(9) > CLOB", "TEXT > INTEGER", "BLOB > TEXT")
	}
	return append(common, "int > bigint", "int > int unsigned", "datetime > datetime(3)", "time(3) > time(1)", "char(10) > char(12)", "tinyint(1) > smallint", "text > varchar(9)",
		"enum('a','b') > enum('a','b','c')", "enum('a','b') > enum('b','a')", "enum('a') > varchar(9)", "tinyint(1) DEFAULT 0 > tinyint(1) DEFAULT 1")
}

// nothingToSQLite are changes within what SQLite's INTEGER and TEXT hold, which say nothing of sizes.
var nothingToSQLite = []string{"int > bigint", "int > int unsigned", "integer > bigint", "text > varchar(9)"}

func holdLater(t *testing.T, from, to testdb.Server, before, after []sample) {
	source, later, target := from.Create(t), from.Create(t), to.Create(t)
	source.Exec(t, samplesTable(from.Engine, before))
	later.Exec(t, samplesTable(from.Engine, after))
	synced(t, source, target, translate.Rules{})
	found, err := compare.Run(t.Context(), inputOf(t, later), inputOf(t, target), compare.Options{})
	if err != nil {
		t.Fatal(err)
	}
	changed := map[string]bool{}
	for _, c := range diff.Items(found.Changes) {
		switch k := c.Key(); k.Kind {
		case schema.KindColumn:
			changed[k.Name] = true
		case schema.KindEnum: // called after its column
			changed[k.Name[strings.LastIndex(k.Name, "_")+1:]] = true
		case schema.KindCheck: // of labels
			for i := range before {
				for _, o := range []schema.Object{c.Before, c.After} {
					if check, ok := o.(*schema.Constraint); ok && strings.HasPrefix(check.Expr, columnName(i)+" ") {
						changed[columnName(i)] = true
					}
				}
			}
		}
	}
	for i := range before {
		change := before[i].typ + " > " + after[i].typ
		if want := !(to.Engine == testdb.SQLite && slices.Contains(nothingToSQLite, change)); changed[columnName(i)] != want {
			t.Errorf("%s: that there is a difference is %t", change, !want)
		}
	}
	synced(t, later, target, translate.Rules{})
}
