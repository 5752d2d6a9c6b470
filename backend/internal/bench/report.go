package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"

	"database-structure-sync/backend/internal/testdb"
)

// The goals, at the largest size.
const (
	goalTables = 10_000
	goalRatio  = 1.3
	goalShare  = 0.05
	goalMemory = 400 // MB
)

// goalSeconds is what reading and comparing both databases of goalTables should take at most.
var goalSeconds = map[string]float64{testdb.Postgres: 2, testdb.MariaDB: 3, testdb.MySQL: 4.5}

var columns = []string{"server", "tables", "diff", "floor", "ratio", "client CPU", "compare + plan", "queries", "round trips", "peak memory", "differences"}

func (f figures) row() []string {
	return []string{
		serverName(f.Server), thousands(f.Tables), fmt.Sprintf("%.2f s", f.Diff.Seconds), fmt.Sprintf("%.2f s", f.Floor),
		fmt.Sprintf("%.2f", f.ratio()), fmt.Sprintf("%.2f s", f.Diff.CPUSeconds), fmt.Sprintf("%.1f %%", f.share()*100), thousands(f.Statements), thousands(f.RoundTrips),
		fmt.Sprintf("%.0f MB", f.Diff.PeakMB), thousands(f.Diff.Differences),
	}
}

// thousands writes a number with commas.
func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

var flavors = map[string]string{testdb.Postgres: "PostgreSQL", testdb.MySQL: "MySQL", testdb.MariaDB: "MariaDB"}

func serverName(s testdb.Server) string {
	version, _, _ := strings.Cut(s.Version, "-")
	return flavors[s.Engine] + " " + version
}

// table writes a table in Markdown, aligned so that it reads well in a terminal too.
func writeTable(w io.Writer, rows [][]string) {
	width := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			width[i] = max(width[i], len(cell))
		}
	}
	for n, row := range rows {
		for i, cell := range row {
			if i == 0 {
				_, _ = fmt.Fprintf(w, "| %-*s |", width[i], cell)
			} else {
				_, _ = fmt.Fprintf(w, " %*s |", width[i], cell)
			}
		}
		_, _ = fmt.Fprintln(w)
		if n == 0 {
			for i := range row {
				right := ":"
				if i == 0 {
					_, _ = fmt.Fprint(w, "|")
					right = "-"
				}
				_, _ = fmt.Fprintf(w, "%s%s|", strings.Repeat("-", width[i]+1), right)
			}
			_, _ = fmt.Fprintln(w)
		}
	}
}

// report is the table of all figures, the machine they are from, and how they stand to the goals.
func report(all []figures) string {
	var b bytes.Buffer
	rows := [][]string{columns}
	for _, f := range all {
		rows = append(rows, f.row())
	}
	writeTable(&b, rows)
	fmt.Fprintf(&b, "\nMachine: %s.\n", machine())
	if lines := goals(all); len(lines) > 0 {
		fmt.Fprintf(&b, "\nGoals at %s tables:\n\n", thousands(goalTables))
		for _, line := range lines {
			fmt.Fprintf(&b, "- %s\n", line)
		}
	}
	return b.String()
}

// goals says of every figure with a goal whether it was met.
func goals(all []figures) []string {
	small := map[string]figures{}
	var lines []string
	for _, f := range all {
		if s, ok := small[f.Server.Name]; !ok || f.Tables < s.Tables {
			small[f.Server.Name] = f
		}
	}
	for _, f := range all {
		if f.Tables < goalTables {
			continue
		}
		seconds := goalSeconds[f.Server.Engine]
		// A side may send a further round trip for every 500 tables.
		extra := f.RoundTrips - small[f.Server.Name].RoundTrips
		lines = append(lines, fmt.Sprintf("%s: %s, %s, %s, %s, %s", serverName(f.Server),
			verdict(f.ratio() <= goalRatio, "%.2f × the floor (goal %.1f)", f.ratio(), goalRatio),
			verdict(f.Diff.Seconds <= seconds, "%.2f s (goal %.1f s)", f.Diff.Seconds, seconds),
			verdict(f.share() < goalShare, "compare and plan %.1f %% (goal %.0f %%)", f.share()*100, goalShare*100),
			verdict(f.Diff.PeakMB < goalMemory, "%.0f MB (goal %d MB)", f.Diff.PeakMB, goalMemory),
			verdict(extra <= 2*f.Tables/500, "%d round trips more than for %s tables (goal one per side and 500 tables)", extra, thousands(small[f.Server.Name].Tables)),
		))
	}
	return lines
}

func verdict(met bool, format string, args ...any) string {
	text := fmt.Sprintf(format, args...)
	if met {
		return text
	}
	return "MISSED: " + text
}

// machine describes in neutral words what the figures were measured on.
func machine() string {
	memory := "unknown memory"
	if file, err := os.Open("/proc/meminfo"); err == nil {
		defer file.Close()
		for lines := bufio.NewScanner(file); lines.Scan(); {
			var kib int64
			if n, _ := fmt.Sscanf(lines.Text(), "MemTotal: %d kB", &kib); n == 1 {
				memory = fmt.Sprintf("%d GiB of memory", (kib+1<<19)>>20)
			}
		}
	}
	return fmt.Sprintf("%d cores, %s, %s/%s, %s; client and servers on it, the servers' data in memory",
		runtime.NumCPU(), memory, runtime.GOOS, runtime.GOARCH, runtime.Version())
}

// The part of the document that a run replaces.
const figuresBegin, figuresEnd = "<!-- figures: make bench ARGS=-write -->\n", "<!-- end of figures -->\n"

// replaceFigures puts the report into the document.
func replaceFigures(path, report string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	before, rest, ok := strings.Cut(string(text), figuresBegin)
	_, after, ok2 := strings.Cut(rest, figuresEnd)
	if !ok || !ok2 {
		return fmt.Errorf("%s lacks the marks between which the figures go", path)
	}
	return os.WriteFile(path, []byte(before+figuresBegin+"\n"+report+"\n"+figuresEnd+after), 0o644)
}
