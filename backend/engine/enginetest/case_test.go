package enginetest

import (
	"strings"
	"testing"

	"database-structure-sync/backend/internal/testdb"
)

func TestCaseReadsBackAsItWasWritten(t *testing.T) {
	text := "What it is about.\n-- requires --\npostgres >= 17\nmariadb\n-- covers --\nCREATE TABLE: STORAGE\nCREATE INDEX: INCLUDE\n-- before.sql --\nCREATE TABLE t (a int);\n" +
		"-- rows.sql --\nINSERT INTO t VALUES (1);\n-- after.sql --\nCREATE TABLE t (a bigint);\n"
	c, err := ParseCase("column/wider", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if got := string(c.Format()); got != text {
		t.Errorf("got\n%s\nwant\n%s", got, text)
	}
}

func TestCaseWithAnUnknownOrMissingSectionIsRefused(t *testing.T) {
	for _, text := range []string{
		"-- before.sql --\n",
		"-- before.sql --\n-- after.sql --\n-- afterr.sql --\n",
		"-- before.sql --\n-- after.sql --\n-- after.sql --\n",
		"-- before.sql --\n-- after.sql --\n-- requires --\noracle\n",
		"-- before.sql --\n-- after.sql --\n-- requires --\npostgres = 17\n",
	} {
		if _, err := ParseCase("x", []byte(text)); err == nil {
			t.Errorf("accepted:\n%s", text)
		}
	}
}

func TestRequirementsAreAlternatives(t *testing.T) {
	servers := map[string]testdb.Server{
		"postgres 15":   {Engine: testdb.Postgres, Version: "15.18"},
		"postgres 18":   {Engine: testdb.Postgres, Version: "18.6"},
		"mariadb 10.11": {Engine: testdb.MariaDB, Version: "10.11.19-MariaDB-0+deb12u1"},
		"mariadb 11.8":  {Engine: testdb.MariaDB, Version: "11.8.6-MariaDB-0+deb13u1"},
		"mysql 9.7":     {Engine: testdb.MySQL, Version: "9.7.4-2"},
	}
	for text, want := range map[string]string{
		"":                         "mariadb 10.11,mariadb 11.8,mysql 9.7,postgres 15,postgres 18",
		"postgres >= 17":           "postgres 18",
		"postgres < 16":            "postgres 15",
		"mariadb":                  "mariadb 10.11,mariadb 11.8",
		"mariadb >= 11":            "mariadb 11.8",
		"mariadb >= 10.11":         "mariadb 10.11,mariadb 11.8",
		"mariadb < 11.4\nmysql":    "mariadb 10.11,mysql 9.7",
		"mysql >= 9.8":             "",
		"mysql\nmariadb >= 11.8.6": "mariadb 11.8,mysql 9.7",
	} {
		requires, err := ParseRequirements(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		var met []string
		for _, name := range []string{"mariadb 10.11", "mariadb 11.8", "mysql 9.7", "postgres 15", "postgres 18"} {
			if requires.Met(servers[name]) {
				met = append(met, name)
			}
		}
		if got := strings.Join(met, ","); got != want {
			t.Errorf("%q is met by %q, want %q", text, got, want)
		}
	}
}

func TestSheetIsManyCases(t *testing.T) {
	text := "Small ones.\n-- covers --\nCREATE TABLE: STORAGE\n-- wider --\nCREATE TABLE t$n (a int);\nINSERT INTO t$n VALUES (1);\n==>\nCREATE TABLE t$n (a bigint);\n" +
		"-- it goes --\nCREATE TABLE t$n (a int);\n==>\n"
	c, err := ParseCase("column/small", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if got := string(c.Format()); got != text {
		t.Errorf("it was written as\n%s", got)
	}
	each := c.Each()
	if len(each) != 2 || c.Count() != 2 || each[1].Name != "column/small/it_goes" || each[0].Rows != "INSERT INTO t1 VALUES (1);\n" || strings.TrimSpace(each[0].After) != "CREATE TABLE t1 (a bigint);" {
		t.Errorf("its cases are %+v", each)
	}
	if !strings.Contains(c.Before, "t1 (a int)") || !strings.Contains(c.Before, "t2 (a int)") || strings.Contains(c.After, "t2") {
		t.Errorf("together they are %+v", c)
	}
}
