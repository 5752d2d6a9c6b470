package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"runtime/pprof"
	"strconv"
	"strings"
	"syscall"
	"time"

	"database-structure-sync/backend/compare"
	"database-structure-sync/backend/internal/heap"
	"database-structure-sync/backend/service"
)

// Every measurement runs in a process of its own, so that its memory is its own and it starts with nothing warm.

// job is what a child process is to do, as it is written to its standard input.
type job struct {
	Kind           string // "diff" or "floor"
	Engine         string
	Source, Target string // URLs for diff; what the bare driver wants for floor
	Recording      string // file; floor only
	Profile        string // prefix of files to write profiles to; none when empty
}

// diffResult is what one comparison cost.
type diffResult struct {
	Seconds     float64 // from opening the connections to the finished plan
	ThinkingMS  float64 // of that, what came after reading: comparing, hazards, planning
	CPUSeconds  float64 // that this process used meanwhile, user and system; the servers' is theirs
	PeakMB      float64 // the process's peak of resident memory
	Queries     int     // as the engine counts them
	RoundTrips  int
	Differences int // that can be chosen one by one
	Tables      int // in which there are any
	Statements  int
}

// startChild runs a job in a child process and reads its answer into result.
func startChild(ctx context.Context, j job, result any) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	input, err := json.Marshal(j)
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, self, "-child")
	cmd.Stdin, cmd.Stderr = strings.NewReader(string(input)), os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("measuring %s on %s: %w", j.Kind, j.Engine, err)
	}
	return json.Unmarshal(out, result)
}

// child does the job that standard input asks for.
func child(ctx context.Context) error {
	heap.Spare(heap.Enough) // as the program itself does
	var j job
	if err := json.NewDecoder(os.Stdin).Decode(&j); err != nil {
		return err
	}
	var result any
	var err error
	if j.Kind == "floor" {
		result, err = childFloor(ctx, j)
	} else {
		result, err = childDiff(ctx, j)
	}
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(result)
}

func childFloor(ctx context.Context, j job) (floorResult, error) {
	r, err := readRecording(j.Recording)
	if err != nil {
		return floorResult{}, err
	}
	return replay(ctx, j.Engine, j.Source, j.Target, r)
}

func childDiff(ctx context.Context, j job) (result diffResult, err error) {
	source, err := service.ParseURL(j.Source)
	if err != nil {
		return result, err
	}
	target, err := service.ParseURL(j.Target)
	if err != nil {
		return result, err
	}
	if j.Profile != "" {
		stop, err := profile(j.Profile)
		if err != nil {
			return result, err
		}
		defer func() { err = errors.Join(err, stop()) }()
	}
	var w watch
	begun, cpuBefore := time.Now(), cpuTime()
	comparison, err := service.New(w.registry()).Compare(ctx, source, target, compare.Options{})
	if err != nil {
		return result, err
	}
	p, err := comparison.Plan(true)
	if err != nil {
		return result, err
	}
	end, cpu := time.Now(), cpuTime()-cpuBefore
	peak, err := peakMemory()
	tables := map[string]bool{}
	for _, c := range comparison.Changes {
		k := c.Key()
		if table, ok := k.TableOf(); ok {
			k = table
		}
		tables[k.Schema+"."+k.Name] = true
	}
	return diffResult{
		Seconds: end.Sub(begun).Seconds(), ThinkingMS: end.Sub(w.lastRead).Seconds() * 1000,
		CPUSeconds: cpu.Seconds(), PeakMB: peak,
		Queries: w.stats.Queries, RoundTrips: w.stats.RoundTrips,
		Differences: comparison.Count().Total(), Tables: len(tables), Statements: len(p.Statements),
	}, err
}

// profile begins a CPU profile; stop writes it, and one of all that was allocated, to files whose names begin so.
func profile(prefix string) (stop func() error, err error) {
	file, err := os.Create(prefix + ".cpu.pprof")
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(file); err != nil {
		return nil, err
	}
	return func() error {
		pprof.StopCPUProfile()
		return errors.Join(file.Close(), allocations(prefix+".allocs.pprof"))
	}, nil
}

func allocations(path string) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	runtime.GC() // the profile is as of the last collection
	return errors.Join(pprof.Lookup("allocs").WriteTo(file, 0), file.Close())
}

// cpuTime is what this process has used of the processors so far, user and system.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0 // it cannot fail for the process itself
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// peakMemory is the most resident memory that this process ever had, in MB (of a million bytes), as Linux tells it.
func peakMemory() (float64, error) {
	file, err := os.Open("/proc/self/status")
	if err != nil {
		return 0, err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		if rest, ok := strings.CutPrefix(lines.Text(), "VmHWM:"); ok {
			kib, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")), 64)
			return kib * 1024 / 1e6, err
		}
	}
	return 0, errors.New("the peak of memory is not in /proc/self/status")
}
