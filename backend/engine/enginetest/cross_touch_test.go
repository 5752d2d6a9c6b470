package enginetest_test

import (
	"fmt"
	"testing"
	"time"

	"database-structure-sync/backend/compare"
	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/testdb"
	"database-structure-sync/backend/plan"
	"database-structure-sync/backend/run"
	"database-structure-sync/backend/translate"
)

// TestOnUpdateBecomesATriggerWhereThatIsAskedFor takes tables with ON UPDATE CURRENT_TIMESTAMP to engines without it: nothing is
// made until a rule asks for it; then a row that changes has its time set, and nothing differs any more; without the clause the
// trigger goes again; and on the way back it is ON UPDATE.
func TestOnUpdateBecomesATriggerWhereThatIsAskedFor(t *testing.T) {
	for _, from := range []string{testdb.MySQL, testdb.MariaDB} {
		for _, to := range []string{testdb.Postgres, testdb.SQLite} {
			across(t, from, to, func(t *testing.T, source, target testdb.Server) {
				holdTouch(t, source.Create(t), target.Create(t), source.Create(t))
			})
		}
	}
}

const touchedTables = `
CREATE TABLE orders (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  note VARCHAR(50),
  changed TIMESTAMP NOT NULL DEFAULT '2001-01-01 00:00:00' ON UPDATE CURRENT_TIMESTAMP
);
CREATE TABLE ` + "`Odd Names`" + ` (
  a INT NOT NULL,
  ` + "`user`" + ` VARCHAR(50),
  doc JSON,
  ` + "`last Change`" + ` DATETIME(3) NULL ON UPDATE CURRENT_TIMESTAMP(3),
  PRIMARY KEY (a)
);
INSERT INTO orders (note) VALUES ('x')`

func holdTouch(t *testing.T, source, target, back *testdb.DB) {
	source.Exec(t, touchedTables)
	none, trigger := translate.Rules{}, translate.Rules{}
	if err := trigger.Add("on update current_timestamp=trigger"); err != nil {
		t.Fatal(err)
	}
	if notes := synced(t, source, target, none); notes[translate.OnUpdateTrigger] != 2 {
		t.Errorf("without a rule the notes are %v", notes)
	}
	if got := triggersOf(t, target); got != 0 {
		t.Errorf("nobody asked for %d triggers", got)
	}
	if notes := synced(t, source, target, trigger); notes[translate.TouchedByTrigger] != 2 || notes[translate.OnUpdateTrigger] != 0 {
		t.Errorf("with the rule the notes are %v", notes)
	}
	target.Exec(t, `INSERT INTO orders (id, note, changed) VALUES (1, 'x', '2001-01-01 00:00:00'), (2, 'y', '2001-01-01 00:00:00');
		INSERT INTO "Odd Names" (a, "user", "last Change") VALUES (1, 'x', '2001-01-01 00:00:00')`)
	target.Exec(t, `UPDATE orders SET note = 'z' WHERE id = 1; UPDATE "Odd Names" SET "user" = 'z'`)
	if got := years(t, target, `SELECT changed FROM orders ORDER BY id`); got != fmt.Sprint([]int{time.Now().UTC().Year(), 2001}) {
		t.Errorf("of the rows the first was changed, and their times are of %s", got)
	}
	if got := years(t, target, `SELECT "last Change" FROM "Odd Names"`); got != fmt.Sprint([]int{time.Now().UTC().Year()}) {
		t.Errorf("the time of the changed row is of %s", got)
	}
	target.Exec(t, `UPDATE orders SET note = 'a', changed = '2002-02-02 00:00:00' WHERE id = 1`)
	if got := years(t, target, `SELECT changed FROM orders ORDER BY id`); got != "[2002 2001]" {
		t.Errorf("a time that is given stays, and is of %s", got)
	}
	synced(t, source, target, none) // the trigger stands, and says what the source says
	if got := triggersOf(t, target); got != 2 {
		t.Errorf("%d triggers are left of 2", got)
	}
	synced(t, target, back, none)
	if got := back.QueryStrings(t, `SELECT count(*) FROM information_schema.columns WHERE table_schema = database() AND extra LIKE '%on update current_timestamp%'`); got[0][0] != "2" {
		t.Errorf("on the way back %s columns have ON UPDATE", got[0][0])
	}
	source.Exec(t, "ALTER TABLE orders MODIFY changed TIMESTAMP NOT NULL DEFAULT '2001-01-01 00:00:00'; ALTER TABLE `Odd Names` DROP COLUMN `last Change`")
	synced(t, source, target, trigger)
	if got := triggersOf(t, target); got != 0 {
		t.Errorf("%d triggers are left of columns that have no ON UPDATE", got)
	}
	target.Exec(t, `UPDATE "Odd Names" SET "user" = 'y'`)
}

// madeLike makes the target like the source, and returns what the comparison before had found.
func madeLike(t *testing.T, source, target *testdb.DB, opt compare.Options) *compare.Result {
	t.Helper()
	found, err := compare.Run(t.Context(), inputOf(t, source), inputOf(t, target), opt)
	if err != nil {
		t.Fatal(err)
	}
	p, err := found.PlanWith(plan.Options{AllowDestructive: true})
	if err != nil {
		t.Fatal(err)
	}
	result, err := run.Execute(t.Context(), inputOf(t, target).Conn, p, run.Options{Diff: found.Options, Align: found.Align()})
	if err != nil {
		t.Fatalf("%v\n%s", err, statements(p))
	}
	for _, c := range diff.Items(result.Residual.Changes) {
		t.Errorf("not as planned: %s %s %+v\n%s", c.Action, c.Key(), c.Fields, statements(p))
	}
	return found
}

// synced makes the target like the source and returns the notes, by their codes. Nothing differs afterwards.
func synced(t *testing.T, source, target *testdb.DB, rules translate.Rules) map[translate.Code]int {
	t.Helper()
	opt := compare.Options{Translate: rules}
	found := madeLike(t, source, target, opt)
	again, err := compare.Run(t.Context(), inputOf(t, source), inputOf(t, target), opt)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range diff.Items(again.Changes) {
		t.Errorf("after the sync: %s %s %+v", c.Action, c.Key(), c.Fields)
	}
	notes := map[translate.Code]int{}
	for _, n := range found.Translation {
		notes[n.Code]++
	}
	return notes
}

func statements(p *plan.Plan) string {
	text := ""
	for _, s := range p.Statements {
		text += s.SQL + ";\n"
	}
	return text
}

func triggersOf(t *testing.T, db *testdb.DB) int {
	t.Helper()
	read, err := inputOf(t, db).Conn.Inspect(t.Context(), engine.InspectOptions{})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, o := range read.Objects() {
		if o.Key().Kind == "trigger" {
			n++
		}
	}
	return n
}

func years(t *testing.T, db *testdb.DB, query string) string {
	t.Helper()
	var out []int
	for _, row := range db.QueryStrings(t, query) {
		year := 0
		if _, err := fmt.Sscanf(row[0], "%4d", &year); err != nil {
			t.Fatalf("%q is no time", row[0])
		}
		out = append(out, year)
	}
	return fmt.Sprint(out)
}
