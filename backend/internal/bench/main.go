// Command bench measures what comparing two databases costs at several sizes on real servers: wall time, queries, memory,
// and the ratio to the floor, which is the same statements sent through the bare driver in the same run. It knows the
// engines only as the program uses them, through package service.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"database-structure-sync/backend/internal/testdb"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		stop()
		os.Exit(1)
	}
}

// document is where the figures are kept, seen from the top of the repository.
const document = "docs/bench.md"

func run(ctx context.Context) error {
	sizes := flag.String("sizes", "100,1000,10000", "numbers of tables")
	servers := flag.String("servers", "postgres17,mariadb11.8,mysql9.7", "names of servers")
	runs := flag.Int("runs", 5, "how often each is measured; the median counts")
	profiles := flag.String("profile", "", "folder to write profiles of CPU and allocations to")
	write := flag.Bool("write", false, "write the figures into "+document)
	isChild := flag.Bool("child", false, "do one measurement, which standard input describes")
	flag.Parse()
	if *isChild {
		return child(ctx)
	}
	work, remove, err := tempFolder()
	if err != nil {
		return err
	}
	defer remove()
	b := bench{runs: *runs, profiles: *profiles, work: work, say: func(format string, args ...any) {
		fmt.Fprintf(os.Stderr, format+"\n", args...)
	}}
	if b.sizes, err = numbers(*sizes); err != nil {
		return err
	}
	if b.runs < 1 {
		return errors.New("at least one run is needed")
	}
	all, err := b.all(ctx, strings.Split(*servers, ","))
	if err != nil {
		return err
	}
	text := report(all)
	fmt.Print("\n" + text)
	if *write {
		return replaceFigures(document, text)
	}
	return nil
}

func (b bench) all(ctx context.Context, names []string) ([]figures, error) {
	up, err := testdb.List()
	if err != nil {
		return nil, err
	}
	var all []figures
	for _, name := range names {
		i := slices.IndexFunc(up, func(s testdb.Server) bool { return s.Name == name })
		if i < 0 {
			return nil, fmt.Errorf("%s is not up", name)
		}
		for _, size := range b.sizes {
			f, err := b.measure(ctx, up[i], size)
			if err != nil {
				return nil, fmt.Errorf("%s with %d tables: %w", name, size, err)
			}
			all = append(all, f)
		}
	}
	return all, nil
}

func numbers(text string) ([]int, error) {
	var out []int
	for _, word := range strings.Split(text, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(word))
		if err != nil || n < 1 {
			return nil, fmt.Errorf("%q is no number of tables", word)
		}
		out = append(out, n)
	}
	slices.Sort(out)
	return out, nil
}
