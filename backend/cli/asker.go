package cli

import (
	"context"
	"fmt"
	"os"
	"strings"

	"database-structure-sync/backend/secret"
	"database-structure-sync/backend/tunnel"
)

// asker asks on the terminal what SSH hosts want to know. Without one, it knows what the environment and --accept-new say.
type asker struct{ a *app }

var _ tunnel.Asker = asker{}

// HostKey implements tunnel.Asker.
func (k asker) HostKey(ctx context.Context, q tunnel.HostKeyQuestion) (tunnel.Trust, error) {
	a := k.a
	a.asking.Lock()
	defer a.asking.Unlock()
	if a.acceptNew {
		defer a.term.progress.hold()()
		say(a.err, "dbstruct: the %s key of the SSH host %s is taken to be its own and added to %s: %s\n", line(q.Type), line(q.Name), line(q.File), line(q.Fingerprint))
		return tunnel.TrustSave, nil
	}
	if !a.term.canAsk {
		return tunnel.Unasked, nil
	}
	defer a.term.progress.hold()()
	say(a.err, "The SSH host %s is not known. Its %s key has the fingerprint\n  %s\n", line(q.Hop.String()), line(q.Type), line(q.Fingerprint))
	question := fmt.Sprintf("Trust it, and add it to %s? [save/once/no] ", line(q.File))
	for range attempts {
		answer, err := a.askLine(ctx, question)
		if err != nil {
			return tunnel.Distrust, err
		}
		switch strings.ToLower(answer) {
		case "save", "yes":
			return tunnel.TrustSave, nil
		case "once":
			return tunnel.TrustOnce, nil
		case "no", "n", "":
			return tunnel.Distrust, nil
		}
		question = "Write save, once or no: "
	}
	return tunnel.Distrust, nil
}

// Secret implements tunnel.Asker. A password of the environment is for the last host alone.
func (k asker) Secret(ctx context.Context, q tunnel.SecretQuestion) (string, bool, error) {
	a, question := k.a, "SSH password of "+line(q.Hop.String())+": "
	a.asking.Lock()
	defer a.asking.Unlock()
	field := secret.SSHPassword
	if q.Kind == tunnel.KeyPassphrase {
		field, question = secret.KeyPassphrase, "Passphrase of the SSH key "+line(q.KeyFile)+": "
	}
	if q.Attempt == 1 && (field == secret.KeyPassphrase || q.Hop.Last()) {
		if value := os.Getenv(variableOf(field)); value != "" {
			return value, true, nil
		}
	}
	if !a.term.canAsk {
		return "", false, nil
	}
	if q.Attempt > 1 {
		question = "That was not right. " + question
	}
	value, err := a.askSecret(ctx, question)
	return value, err == nil && value != "", err
}

// Prompts implements tunnel.Asker. What the host says is marked as its own, so that it cannot pass for this program.
func (k asker) Prompts(ctx context.Context, q tunnel.PromptsQuestion) ([]string, bool, error) {
	a := k.a
	a.asking.Lock()
	defer a.asking.Unlock()
	if !a.term.canAsk {
		return nil, false, nil
	}
	if len(q.Prompts) == 0 {
		return []string{}, true, nil
	}
	defer a.term.progress.hold()()
	say(a.err, "The SSH host %s asks:\n", line(q.Hop.String()))
	for _, text := range []string{q.Name, q.Instruction} {
		if strings.TrimSpace(text) != "" {
			say(a.err, "  | %s\n", strings.ReplaceAll(strings.TrimRight(clean(text), "\n"), "\n", "\n  | "))
		}
	}
	var answers []string
	for _, p := range q.Prompts {
		ask, question := a.askSecret, "  | "+strings.TrimRight(line(p.Text), " ")+" "
		if p.Echo {
			ask = a.askLine
		}
		answer, err := ask(ctx, question)
		if err != nil {
			return nil, false, err
		}
		answers = append(answers, answer)
	}
	return answers, true, nil
}
