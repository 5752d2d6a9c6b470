package cli_test

import (
	"net/url"
	"strings"
	"syscall"
	"testing"
	"time"

	"database-structure-sync/backend/internal/testdb"
)

// failing is a pair whose plan has statements before, at and behind one that fails on the target's rows.
func failing(t *testing.T, s testdb.Server) (source, target *testdb.DB) {
	t.Helper()
	source, target = databases(t, s,
		"CREATE TABLE a_new (x int); CREATE TABLE m (x int, y int, UNIQUE (x)); CREATE VIEW z_view AS SELECT y FROM m",
		"CREATE TABLE m (x int); INSERT INTO m VALUES (1), (1)")
	return source, target
}

func TestAFailingStatementStopsTheRestAndIsToldInFull(t *testing.T) {
	for _, s := range some(t) {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			source, target := failing(t, s)
			before := target.DumpNormalized(t)
			r := dbstruct(t, "sync", "--yes", source.URL(), target.URL())
			if s.Engine == testdb.Postgres {
				r.expect(t, 1, "failed: could not create unique index", "Key (x)=(1) is duplicated", "SQLSTATE 23505",
					"everything was rolled back and the target is as it was", "did not run    CREATE VIEW")
				if after := target.DumpNormalized(t); after != before {
					t.Errorf("the target has changed:\n%s", after)
				}
				return
			}
			r.expect(t, 1, "failed: ", "Duplicate entry '1'", "1062", "1 took effect", "took effect    CREATE TABLE `a_new`",
				"did not run    CREATE", "What remains to be done, by reading the target again:", "+ view z_view")
			d := parse(t, dbstruct(t, "sync", "--yes", "--format", "json", source.URL(), target.URL()))
			if d.Sync == nil || d.Sync.Error == nil || d.Sync.Error.Code != "statement_failed" || d.Sync.Statements[0].Outcome != "failed" {
				t.Errorf("JSON: %+v", d.Sync)
			}
		})
	}
}

// standing is a pair whose plan first creates a table and then waits for another session that stands in its way.
func standing(t *testing.T, s testdb.Server) (source, target *testdb.DB, beginning string) {
	t.Helper()
	source, target = databases(t, s,
		"CREATE TABLE a_new (x int); CREATE TABLE m (x int, y int); CREATE VIEW z_view AS SELECT y FROM m",
		"CREATE TABLE m (x int); INSERT INTO m VALUES (1)")
	other := session(t, target)
	must(t, other, "BEGIN", "SELECT * FROM m")
	t.Cleanup(func() { _, _ = other.ExecContext(t.Context(), "ROLLBACK") })
	return source, target, "ALTER TABLE"
}

// stopped demands what holds however an execution is stopped while it waits in its second statement.
func stopped(t *testing.T, r result, target *testdb.DB, before, why string) {
	t.Helper()
	if target.Server.Engine == testdb.Postgres {
		r.expect(t, 1, why, "everything was rolled back and the target is as it was")
		if after := target.DumpNormalized(t); after != before {
			t.Errorf("the target has changed:\n%s", after)
		}
		return
	}
	r.expect(t, 1, why, "1 took effect", "1 had no effect", "1 did not run", "+ column y", "+ view z_view")
	if strings.Contains(r.stderr, "+ table a_new") {
		t.Errorf("what took effect is said to remain:\n%s", r.stderr)
	}
}

func TestAnInterruptWhileExecutingLeavesAKnownState(t *testing.T) {
	for _, s := range some(t) {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			source, target, beginning := standing(t, s)
			before := target.DumpNormalized(t)
			p := start(t, nil, "sync", "--yes", source.URL(), target.URL())
			blocked(t, target, beginning)
			p.signal(syscall.SIGINT)
			stopped(t, p.wait(), target, before, "cancelled (statement 2 of 3 was running)")
		})
	}
}

func TestATimeLimitWhileExecutingLeavesAKnownState(t *testing.T) {
	for _, s := range some(t) {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			source, target, _ := standing(t, s)
			before := target.DumpNormalized(t)
			var r result
			for limit := 3 * time.Second; limit < time.Minute; limit *= 2 { // a busy machine may need it all for reading
				r = dbstruct(t, "sync", "--yes", "--timeout", limit.String(), source.URL(), target.URL())
				if !strings.Contains(r.stderr, "nothing was changed") {
					break
				}
			}
			stopped(t, r, target, before, "the time allowed was up (statement 2 of 3 was running)")
		})
	}
}

func TestAKilledConnectionLeavesAKnownState(t *testing.T) {
	for _, s := range some(t) {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			source, target, beginning := standing(t, s)
			before := target.DumpNormalized(t)
			p := start(t, nil, "sync", "--yes", source.URL(), target.URL())
			id := blocked(t, target, beginning)
			if s.Engine == testdb.Postgres {
				target.Exec(t, "SELECT pg_terminate_backend("+id+")")
			} else {
				target.Exec(t, "KILL "+id)
			}
			stopped(t, p.wait(), target, before, "(statement 2 of 3 was running)")
		})
	}
}

func TestABrokenNetworkWhileExecutingLeavesAKnownState(t *testing.T) {
	for _, s := range some(t) {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			source, target, beginning := standing(t, s)
			before := target.DumpNormalized(t)
			net := newProxy(t, s, "")
			p := start(t, nil, "sync", "--yes", source.URL(), net.url(t, target, "sslmode=disable"))
			id := blocked(t, target, beginning)
			net.cut() // the server need not notice while the statement waits: its session goes on holding the lock
			time.Sleep(time.Second)
			statement := "KILL " + id
			if s.Engine == testdb.Postgres {
				statement = "SELECT pg_terminate_backend(" + id + ")"
			}
			_ = target.ExecContext(t.Context(), statement) // MariaDB may have noticed by itself, and the session be gone
			stopped(t, p.wait(), target, before, "(statement 2 of 3 was running)")
		})
	}
}

func TestASecondSyncAtTheSameTimeIsRefused(t *testing.T) {
	for _, s := range some(t) {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			source, target, beginning := standing(t, s)
			p := start(t, nil, "sync", "--yes", source.URL(), target.URL())
			blocked(t, target, beginning)
			// The second one has its own differences, for it must come as far as the lock.
			dbstruct(t, "sync", "--yes", source.URL(), target.URL()).expect(t, 1, "another run of this program is changing", "wait until it has finished")
			p.signal(syscall.SIGINT)
			p.wait().expect(t, 1)
		})
	}
}

// reading is what the program sends in the middle of reading a database.
var reading = map[string]string{testdb.Postgres: "pg_attribute", testdb.MySQL: "SHOW CREATE", testdb.MariaDB: "SHOW CREATE"}

func TestAnInterruptBeforeExecutingChangesNothing(t *testing.T) {
	for _, s := range some(t) {
		source, target := pair(t, s)
		for phase, trigger := range map[string]string{"connecting": "", "reading": reading[s.Engine]} {
			t.Run(s.Name+" "+phase, func(t *testing.T) {
				net := newProxy(t, s, trigger)
				if trigger == "" {
					net.freeze()
				}
				before := target.DumpNormalized(t)
				p := start(t, nil, "sync", "--yes", source.URL(), net.url(t, target, "sslmode=disable"))
				if trigger == "" {
					time.Sleep(500 * time.Millisecond)
				} else {
					select {
					case <-net.hit:
					case <-p.done:
						t.Fatalf("the program does not send %q\n%s%s", trigger, p.stdout.String(), p.stderr.String())
					}
				}
				p.signal(syscall.SIGINT)
				p.wait().expect(t, 1, "cancelled, nothing was changed")
				if target.DumpNormalized(t) != before {
					t.Error("the target has changed")
				}
			})
		}
	}
}

func TestASecondInterruptKills(t *testing.T) {
	s := one(t, testdb.Postgres)
	source, target := pair(t, s)
	net := newProxy(t, s, "pg_attribute")
	p := start(t, nil, "diff", source.URL(), net.url(t, target, "sslmode=disable"))
	<-net.hit
	p.signal(syscall.SIGINT)
	time.Sleep(300 * time.Millisecond) // it waits for the silent server to cancel
	p.signal(syscall.SIGINT)
	if r := p.wait(); r.signal != syscall.SIGINT {
		t.Errorf("exit code %d, signal %v\n%s", r.code, r.signal, r.stderr)
	}
}

func TestATimeLimitWhileReadingSaysSo(t *testing.T) {
	for _, s := range some(t) {
		source, target := pair(t, s)
		net := newProxy(t, s, reading[s.Engine])
		refused(t, dbstruct(t, "diff", "--timeout", "1s", source.URL(), net.url(t, target, "sslmode=disable")), "the time limit of 1s was up and nothing was changed")
	}
}

func TestAResidualIsShownNotHidden(t *testing.T) {
	source, target := databases(t, one(t, testdb.Postgres), "CREATE TABLE a (x int)", `
CREATE FUNCTION meddle() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tg_tag = 'CREATE TABLE' THEN EXECUTE 'ALTER TABLE public.a ADD COLUMN meddled int'; END IF;
END $$;
CREATE EVENT TRIGGER meddle ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION meddle();`)
	r := dbstruct(t, "sync", "--yes", "--include", "a", source.URL(), target.URL())
	r.expect(t, 2, "Verification failed", "column meddled")
}

func TestNothingButTheChosenTablesIsTouched(t *testing.T) {
	for _, s := range some(t) {
		source, target := databases(t, s, "CREATE TABLE a (x int); CREATE TABLE b (x int)", "")
		dbstruct(t, "sync", "--yes", "--include", "a", source.URL(), target.URL()).expect(t, 0, "Verified: ")
		dbstruct(t, "diff", source.URL(), target.URL()).expect(t, 2, "+ table", "1 to create")
	}
}

func TestPasswordsInParametersOfTheServerStayOut(t *testing.T) {
	s := one(t, testdb.Postgres)
	source, target := pair(t, s)
	r := dbstruct(t, "diff", edited(t, source, func(u *url.URL) { u.RawQuery = "sslmode=verify-full&sslrootcert=/nowhere.pem" }), target.URL())
	refused(t, r, "opening the source", "/nowhere.pem")
}
