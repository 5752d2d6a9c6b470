package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"
	"strings"
	"syscall"
	"unicode"

	"golang.org/x/term"

	"database-structure-sync/backend/internal/fault"
)

// terminal knows which streams are a person's.
type terminal struct {
	in       *os.File
	canAsk   bool // questions can be asked and answered
	errTerm  bool // standard error is a person's
	color    bool // standard output may be coloured
	errColor bool
	progress *progress
}

func newTerminal(in, out, stderr *os.File) terminal {
	isTerm := func(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }
	_, noColor := os.LookupEnv("NO_COLOR")
	plain := noColor && os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb"
	t := terminal{
		in: in, canAsk: isTerm(in) && isTerm(stderr), errTerm: isTerm(stderr),
		color: isTerm(out) && !plain, errColor: isTerm(stderr) && !plain,
		progress: &progress{},
	}
	if isTerm(stderr) && os.Getenv("TERM") != "dumb" {
		t.progress.w = stderr
	}
	return t
}

// askOnTTY asks on the terminal of the process while standard input is for something else, if there is one and a person
// reads standard error.
func (t *terminal) askOnTTY() (restore func()) {
	before := *t
	if t.canAsk || !t.errTerm {
		return func() {}
	}
	tty, err := os.OpenFile("/dev/tty", os.O_RDWR, 0)
	if err != nil {
		return func() {}
	}
	t.in, t.canAsk = tty, true
	return func() {
		_ = tty.Close() // nothing was written
		*t = before
	}
}

// interruptible cancels the context at the first interrupt, hang-up or request to terminate, and then leaves the next
// one to do what it does to every program. Writing to a closed pipe is an error like another instead of the end.
func interruptible(ctx context.Context, stderr io.Writer) (context.Context, func()) {
	ctx, cancel := context.WithCancel(ctx)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	signal.Ignore(syscall.SIGPIPE)
	go func() {
		select {
		case <-signals:
			signal.Stop(signals)
			cancel()
			say(stderr, "\ndbstruct: cancelling; interrupt again to quit at once\n")
		case <-ctx.Done():
		}
	}()
	return ctx, func() { signal.Stop(signals); cancel() }
}

// say writes to a person. When that fails there is nobody to tell.
func say(w io.Writer, format string, args ...any) { _, _ = fmt.Fprintf(w, format, args...) }

// errClosedPipe tells that whoever read the output has had enough.
var errClosedPipe = errors.New("the output was closed by its reader")

// output buffers standard output and remembers the first failure.
type output struct {
	buf *bufio.Writer
	err error
}

func newOutput(w io.Writer) *output { return &output{buf: bufio.NewWriterSize(w, 64<<10)} }

// Write implements io.Writer. It never fails: Flush does.
func (o *output) Write(p []byte) (int, error) {
	if o.err == nil {
		_, o.err = o.buf.Write(p)
	}
	return len(p), nil
}

// Flush writes everything out.
func (o *output) Flush() error {
	if o.err == nil {
		o.err = o.buf.Flush()
	}
	switch {
	case o.err == nil:
		return nil
	case errors.Is(o.err, syscall.EPIPE):
		return errClosedPipe
	}
	return fault.Wrap(fault.BadInput, o.err, "the output could not be written")
}

// forget gives up on output that cannot be written, after it has been told.
func (o *output) forget() { o.buf, o.err = bufio.NewWriter(io.Discard), nil }

// clean makes a text from a database harmless for a terminal: control characters other than line breaks and tabs, and
// those that turn the direction of writing, are shown as escapes.
func clean(s string) string {
	if strings.IndexFunc(s, harmful) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if harmful(r) {
			fmt.Fprintf(&b, `\u%04x`, r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

func harmful(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\t' || unicode.Is(unicode.Bidi_Control, r)
}

// line is clean for texts that must stay on one line.
func line(s string) string {
	return strings.NewReplacer("\n", `\n`, "\t", `\t`).Replace(clean(s))
}

// scrub is the last guard against a password in a message: it blanks out what looks like one in a URL.
func scrub(s string) string {
	return passwordInQuery.ReplaceAllString(passwordInURL.ReplaceAllString(s, "${1}***@"), "${1}***")
}

var (
	passwordInURL   = regexp.MustCompile(`([A-Za-z][A-Za-z0-9+.-]*://[^\s:@/]*:)[^\s@]*@`)
	passwordInQuery = regexp.MustCompile(`([?&](?:ssl)?password=)[^&\s"]*`)
	commandPattern  = regexp.MustCompile(`^[a-z-]{1,20}$`)
)
