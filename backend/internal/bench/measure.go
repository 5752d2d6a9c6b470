package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"time"

	"golang.org/x/sync/errgroup"

	"database-structure-sync/backend/internal/testdb"
)

// figures is one line of the report.
type figures struct {
	Server     testdb.Server
	Tables     int
	Diff       diffResult // the median run's
	Floor      float64    // seconds, the median
	Statements int        // answered statements of both connections, counted at the receiving end
	RoundTrips int        // counted on the wire
	Sessions   int        // connections that were opened
}

func (f figures) ratio() float64 { return f.Diff.Seconds / f.Floor }

// share is how much of the time goes into comparing and planning.
func (f figures) share() float64 { return f.Diff.ThinkingMS / 1000 / f.Diff.Seconds }

// bench says what is to be measured and how often.
type bench struct {
	sizes    []int
	runs     int
	profiles string // folder; none when empty
	work     string // folder for recordings
	say      func(format string, args ...any)
}

// measure makes the two databases, measures, and drops them.
func (b bench) measure(ctx context.Context, server testdb.Server, tables int) (f figures, err error) {
	begun := time.Now()
	var dbs [2]*testdb.DB
	defer func() {
		for _, db := range dbs {
			if db != nil {
				err = errors.Join(err, db.DropContext(context.WithoutCancel(ctx)))
			}
		}
	}()
	for i := range dbs {
		if dbs[i], err = server.CreateContext(ctx); err != nil {
			return f, err
		}
	}
	loading, loadCtx := errgroup.WithContext(ctx)
	for i, db := range dbs {
		loading.Go(func() error { return load(loadCtx, db, tables, i == 1) })
	}
	if err := loading.Wait(); err != nil {
		return f, err
	}
	b.say("%s: two databases of %d tables made in %.0f s", server.Name, tables, time.Since(begun).Seconds())
	return b.measurePair(ctx, server, tables, dbs[0], dbs[1])
}

func load(ctx context.Context, db *testdb.DB, tables int, target bool) error {
	for _, script := range scripts(db.Server.Engine, tables, target) {
		if err := db.LoadContext(ctx, script); err != nil {
			return err
		}
	}
	// Statistics as a database has them that lives for a while; else the server plans its own catalogs' queries for
	// tables that it believes to be empty.
	if db.Server.Engine == testdb.Postgres {
		return db.LoadContext(ctx, "VACUUM ANALYZE pg_class, pg_attribute, pg_attrdef, pg_constraint, pg_depend, pg_description, pg_index, pg_sequence, pg_trigger, pg_type;")
	}
	return nil
}

func (b bench) measurePair(ctx context.Context, server testdb.Server, tables int, source, target *testdb.DB) (figures, error) {
	f := figures{Server: server, Tables: tables}
	recorded, err := b.record(ctx, server, source, target)
	if err != nil {
		return f, err
	}
	f.RoundTrips = roundTrips(recorded.Source) + roundTrips(recorded.Target)
	f.Sessions = len(recorded.Source) + len(recorded.Target)
	file := filepath.Join(b.work, fmt.Sprintf("%s-%d.json", server.Name, tables))
	if err := recorded.write(file); err != nil {
		return f, err
	}
	var diffs []diffResult
	var floors []floorResult
	for run := range b.runs {
		j := job{Kind: "diff", Engine: server.Engine, Source: programURL(server, source.Name), Target: programURL(server, target.Name)}
		if b.profiles != "" && run == 0 {
			j.Profile = filepath.Join(b.profiles, fmt.Sprintf("%s-%d", server.Name, tables))
		}
		var d diffResult
		if err := startChild(ctx, j, &d); err != nil {
			return f, err
		}
		var fl floorResult
		bare := job{Kind: "floor", Engine: server.Engine, Source: driverAddress(server, source.Name), Target: driverAddress(server, target.Name), Recording: file}
		if err := startChild(ctx, bare, &fl); err != nil {
			return f, err
		}
		b.say("%s, %d tables: %.3f s (%.3f s of CPU, %.0f MB), floor %.3f s", server.Name, tables, d.Seconds, d.CPUSeconds, d.PeakMB, fl.Seconds)
		diffs, floors = append(diffs, d), append(floors, fl)
	}
	sort.Slice(diffs, func(i, k int) bool { return diffs[i].Seconds < diffs[k].Seconds })
	sort.Slice(floors, func(i, k int) bool { return floors[i].Seconds < floors[k].Seconds })
	f.Diff, f.Floor, f.Statements = diffs[len(diffs)/2], floors[len(floors)/2].Seconds, floors[0].Statements
	return f, f.check()
}

// check makes sure that the figures are about what they claim: the right amount of differences was found, and the engine
// counts what it sends.
func (f figures) check() error {
	if want := (f.Tables + changedEvery/2) / changedEvery; f.Diff.Tables != want {
		return fmt.Errorf("%d tables differ, not the %d that were made to", f.Diff.Tables, want)
	}
	// Of the wire, each session's driver may have taken one for itself, to learn the server's limits.
	if unseen := f.RoundTrips - f.Diff.RoundTrips; unseen < 0 || unseen > f.Sessions {
		return fmt.Errorf("the engine counts %d round trips, but %d were seen on the wire of %d connections", f.Diff.RoundTrips, f.RoundTrips, f.Sessions)
	}
	return nil
}

// record runs a comparison through recorders and returns what it sent. It also warms the server.
func (b bench) record(ctx context.Context, server testdb.Server, source, target *testdb.DB) (recording, error) {
	var r recording
	var recorders [2]*recorder
	j := job{Kind: "diff", Engine: server.Engine}
	for i, db := range []*testdb.DB{source, target} {
		var err error
		if recorders[i], err = newRecorder(server.Engine, net.JoinHostPort(server.Host, strconv.Itoa(server.Port))); err != nil {
			return r, err
		}
		through := server
		through.Host, through.Port = "127.0.0.1", recorders[i].port()
		*[]*string{&j.Source, &j.Target}[i] = programURL(through, db.Name)
	}
	var d diffResult
	err := startChild(ctx, j, &d)
	var sent [2][]session
	for i, recorder := range recorders {
		sessions, stopErr := recorder.stop()
		sent[i], err = sessions, errors.Join(err, stopErr)
	}
	return recording{Source: sent[0], Target: sent[1]}, err
}

// programURL is the database for this program, without TLS: neither side of the comparison is to measure encryption.
func programURL(server testdb.Server, database string) string {
	u, err := url.Parse(server.URL(database))
	if err != nil {
		panic(err) // testdb made it
	}
	query := u.Query()
	query.Set("sslmode", "disable")
	u.RawQuery = query.Encode()
	return u.String()
}

// driverAddress is the database for the bare driver.
func driverAddress(server testdb.Server, database string) string {
	if server.Engine == testdb.Postgres {
		return programURL(server, database)
	}
	return fmt.Sprintf("%s:%s@tcp(%s:%d)/%s", server.User, server.Password, server.Host, server.Port, database)
}

func tempFolder() (path string, remove func(), err error) {
	path, err = os.MkdirTemp("", "dbstruct-bench-")
	return path, func() { _ = os.RemoveAll(path) }, err // what stays is in the system's temporary folder
}
