// Command demo shows the main job on real databases in a terminal: two versions of a schema, what differs, the SQL, its
// execution, and the proof. It uses the program's own command line as anybody would, and the servers' own dump programs as
// judges; it knows nothing of what happens in between.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"database-structure-sync/backend/internal/testdb"
)

func main() {
	dbstruct := flag.String("dbstruct", "build/bin/dbstruct", "the program")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, *dbstruct); err != nil {
		fmt.Fprintf(os.Stderr, "\n%s %v\n", bad("Not proven:"), err)
		stop()
		os.Exit(1)
	}
}

func run(ctx context.Context, dbstruct string) error {
	var proofs []string
	for _, s := range stories {
		server, err := find(s.engine)
		if err != nil {
			return err
		}
		t := telling{story: s, server: server, dbstruct: dbstruct}
		proof, err := t.tell(ctx)
		if err != nil {
			return fmt.Errorf("%s: %w", t.title(), err)
		}
		proofs = append(proofs, proof)
	}
	heading("What was shown")
	for _, proof := range proofs {
		fmt.Printf("%s %s\n\n", good("Proven equal."), proof)
	}
	return nil
}

// find takes the first server of the engine that is up.
func find(engine string) (testdb.Server, error) {
	servers, err := testdb.List()
	if err != nil {
		return testdb.Server{}, err
	}
	for _, s := range servers {
		if s.Engine == engine {
			return s, nil
		}
	}
	return testdb.Server{}, fmt.Errorf("no %s server is up", engine)
}
