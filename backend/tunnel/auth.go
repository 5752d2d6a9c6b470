package tunnel

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/crypto/ssh"

	"database-structure-sync/backend/internal/fault"
)

// login gets in to one host, trying one way after the other.
type login struct {
	ctx     context.Context //nolint:containedctx // of the handshake that the callbacks belong to
	ring    *keyring
	hop     Hop
	auth    Auth
	asker   Asker
	pause   func() (resume func())
	keys    []candidate
	listed  bool           // keys are known
	asked   map[string]int // methods of questions: how often
	over    map[string]bool
	tried   []string
	method  string // the latest
	allowed []string
	err     error // of an Asker, which ends it all
	banner  strings.Builder
}

// The names of methods.
const (
	publicKey           = "publickey"
	password            = "password"
	keyboardInteractive = "keyboard-interactive"
)

// errNoMore ends the attempts.
var errNoMore = errors.New("no other way to log in is left")

// next implements ssh.ClientAuthCallback.
func (l *login) next(state *ssh.ClientAuthContext) (ssh.AuthMethod, error) {
	l.allowed = state.AllowedMethods
	if l.err == nil {
		l.err = context.Cause(l.ctx)
	}
	if l.err != nil {
		return nil, l.err
	}
	for _, method := range l.order() {
		if !slices.Contains(l.allowed, method) || l.over[method] {
			continue
		}
		if method == publicKey {
			if m := l.nextKey(); m != nil {
				return m, nil
			}
			continue
		}
		if l.asked[method] == maxAttempts {
			continue
		}
		l.asked[method]++
		l.note(method)
		if method == password {
			return ssh.PasswordCallback(l.password), nil
		}
		return ssh.KeyboardInteractive(l.interactive), nil
	}
	return nil, errNoMore
}

// order are the methods in the order in which they are tried.
func (l *login) order() []string {
	switch l.auth {
	case Agent, Key:
		return []string{publicKey}
	case Password:
		return []string{password, keyboardInteractive}
	case Interactive:
		return []string{keyboardInteractive}
	}
	return []string{publicKey, keyboardInteractive, password}
}

// nextKey offers one more key.
func (l *login) nextKey() ssh.AuthMethod {
	if !l.listed {
		l.keys, l.listed = l.ring.candidates(l.ctx), true
	}
	if len(l.keys) == 0 {
		return nil
	}
	key := l.keys[0]
	l.keys = l.keys[1:]
	l.note(key.name)
	return ssh.PublicKeys(key.signer)
}

// note takes down what is tried.
func (l *login) note(method string) {
	l.method = method
	if !slices.Contains(l.tried, method) {
		l.tried = append(l.tried, method)
	}
}

// password asks for the password.
func (l *login) password() (string, error) {
	value, ok, err := l.secret(l.asked[password])
	if err == nil && !ok {
		l.over[password] = true
		err = errors.New("no password was given")
	}
	return value, err
}

func (l *login) secret(attempt int) (string, bool, error) {
	value, ok, err := l.ring.ask(SecretQuestion{Hop: l.hop, Kind: HostPassword, Attempt: attempt})
	if err != nil {
		l.err = err
	}
	return value, ok, err
}

// interactive answers what the host asks. A host that asks for nothing but a password is given that one.
func (l *login) interactive(name, instruction string, questions []string, echos []bool) ([]string, error) {
	if len(questions) == 0 {
		return nil, nil
	}
	if l.auth != Interactive && len(questions) == 1 && !echos[0] && strings.Contains(strings.ToLower(questions[0]), password) {
		value, ok, err := l.secret(l.asked[keyboardInteractive])
		if err == nil && !ok {
			l.over[keyboardInteractive] = true
			err = errors.New("no password was given")
		}
		return []string{value}, err
	}
	q := PromptsQuestion{Hop: l.hop, Name: printable(name), Instruction: printable(instruction)}
	for i, text := range questions {
		q.Prompts = append(q.Prompts, Prompt{printable(text), echos[i]})
	}
	resume := l.pause()
	answers, ok, err := l.asker.Prompts(l.ctx, q)
	resume()
	switch {
	case err != nil:
		l.err = err
	case !ok:
		l.over[keyboardInteractive] = true
		err = errors.New("the questions were not answered")
	case len(answers) != len(questions):
		l.err = fmt.Errorf("%d answers were given to %d questions", len(answers), len(questions))
		err = l.err
	}
	return answers, err
}

// maxBanner bounds what is kept of what a host says before the login.
const maxBanner = 2000

// listen implements ssh.BannerCallback.
func (l *login) listen(text string) error {
	if room := maxBanner - l.banner.Len(); room > 0 {
		text = printable(text)
		l.banner.WriteString(strings.ToValidUTF8(text[:min(len(text), room)], ""))
	}
	return nil
}

// failed is the error of a login that did not succeed; disconnected is what the host said when it ended it.
func (l *login) failed(disconnected error) *fault.Error {
	text := fmt.Sprintf("the SSH host %s did not let %s in", l.hop, l.hop.User)
	switch {
	case len(l.tried) > 0:
		text += ": tried were " + strings.Join(l.tried, ", ")
	case len(l.allowed) > 0:
		text += ": there was nothing to try"
	}
	if len(l.allowed) > 0 {
		text += "; it allows " + strings.Join(l.allowed, ", ")
	}
	if len(l.ring.problems) > 0 {
		text += "; " + strings.Join(slices.Compact(l.ring.problems), "; ")
	}
	return fault.Wrap(fault.SSHAuthFailed, disconnected, "%s", text)
}

// printable is text of a host without what would move a cursor or change colours.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f || r >= 0x80 && r < 0xa0 {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\ufffd"))
}
