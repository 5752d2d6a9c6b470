package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"database-structure-sync/backend/compare"
	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/secret"
	"database-structure-sync/backend/service"
)

// askPassword asks for the password of a database that was named by URL, or whose connection keeps none.
func (a *app) askPassword(ctx context.Context, side compare.Side, cfg engine.Config) (string, bool, error) {
	if !a.term.canAsk {
		return "", false, nil
	}
	a.asking.Lock()
	defer a.asking.Unlock()
	password, err := a.askSecret(ctx, fmt.Sprintf("Password for the %s %s: ", side, clean(cfg.Redacted())))
	return password, err == nil, err
}

// askPassphrase asks for the passphrase of the key with which the client shows who it is.
func (a *app) askPassphrase(ctx context.Context, q service.PassphraseQuestion) (string, bool, error) {
	a.asking.Lock()
	defer a.asking.Unlock()
	if !a.term.canAsk {
		return "", false, nil
	}
	question := capital(wordsOf(secret.TLSKeyPassphrase))
	if q.KeyFile != "" {
		question += " " + line(q.KeyFile)
	}
	question += " of " + line(q.Connection) + ": "
	if q.Attempt > 1 {
		question = "That was not right. " + question
	}
	value, err := a.askSecret(ctx, question)
	return value, err == nil && value != "", err
}

// askSecret asks on the terminal, without echo. Whoever calls has made sure that there is one.
func (a *app) askSecret(ctx context.Context, question string) (string, error) {
	defer a.term.progress.hold()()
	say(a.err, "%s", question)
	fd := int(a.term.in.Fd())
	state, err := term.GetState(fd)
	if err != nil {
		return "", fmt.Errorf("preparing the terminal for a password: %w", err)
	}
	typed, err := waitFor(ctx, func() (string, error) {
		text, err := term.ReadPassword(fd)
		return string(text), err
	})
	say(a.err, "\n")
	if ctx.Err() != nil {
		_ = term.Restore(fd, state) // the reader still waits, with the echo off
		return "", fault.New(fault.Cancelled, "no password was given")
	}
	if errors.Is(err, io.EOF) {
		return "", fault.New(fault.Cancelled, "no password was given")
	}
	if err != nil {
		return "", fmt.Errorf("reading the password: %w", err)
	}
	return typed, nil
}

// askLine asks a question on the terminal and reads a line. Whoever calls has made sure that there is one.
func (a *app) askLine(ctx context.Context, question string) (string, error) {
	defer a.term.progress.hold()()
	say(a.err, "%s", question)
	answer, err := waitFor(ctx, func() (string, error) { return readLine(a.term.in) })
	if ctx.Err() != nil {
		say(a.err, "\n")
		return "", fault.New(fault.Cancelled, "the question was not answered")
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("reading the answer: %w", err)
	}
	return strings.TrimSpace(answer), nil
}

// confirm asks a question that only "y" or "yes" answers with yes.
func (a *app) confirm(ctx context.Context, question string) (bool, error) {
	answer, err := a.askLine(ctx, question+" [y/N] ")
	if err != nil {
		return false, err
	}
	switch strings.ToLower(answer) {
	case "y", "yes":
		return true, nil
	}
	return false, nil
}

// readLine reads up to the end of a line and nothing beyond: what follows may be for another question.
func readLine(r *os.File) (string, error) {
	var line []byte
	var b [1]byte
	for len(line) < 64<<10 {
		n, err := r.Read(b[:])
		if n == 1 && b[0] == '\n' {
			break
		}
		line = append(line, b[:n]...)
		if err != nil {
			return string(line), err
		}
	}
	return string(line), nil
}

// waitFor does not outlive the context, although reading from a terminal cannot be cancelled.
func waitFor(ctx context.Context, read func() (string, error)) (string, error) {
	type answer struct {
		text string
		err  error
	}
	answers := make(chan answer, 1)
	go func() {
		text, err := read()
		answers <- answer{text, err}
	}()
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case a := <-answers:
		return a.text, a.err
	}
}
