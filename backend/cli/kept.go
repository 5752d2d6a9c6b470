package cli

import (
	"context"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/secret"
	"database-structure-sync/backend/service"
	"database-structure-sync/backend/store"
)

// masterPassword is the environment variable with the vault's master password.
const masterPassword = "DBSTRUCT_MASTER_PASSWORD"

// kept are the saved connections, which the window has as well.
type kept struct {
	*service.Connections
	store *store.Store
}

// connections opens the saved connections at the first use.
func (a *app) connections() (*kept, error) {
	if a.kept != nil {
		return a.kept, nil
	}
	dir, err := store.DefaultDir()
	if err != nil {
		return nil, err
	}
	s, err := store.Open(dir)
	if err != nil {
		return nil, err
	}
	c := service.NewConnections(a.setup.Engines, s, secret.NewManager(dir, s, a.setup.Keyring))
	c.AskSecret, c.Asker, c.AskPassphrase = a.askKept, asker{a}, a.askPassphrase
	a.kept = &kept{c, s}
	return a.kept, nil
}

// close closes what was opened.
func (a *app) close() {
	if a.kept != nil {
		_ = a.kept.store.Close() // everything was written when it was said
	}
}

// find is the saved connection with a name; fault.NotFound when there is none. It makes no store where there is none.
func (a *app) find(ctx context.Context, name string) (*kept, service.Summary, error) {
	dir, err := store.DefaultDir()
	if err != nil {
		return nil, service.Summary{}, err
	}
	if !store.Exists(dir) {
		return nil, service.Summary{}, fault.New(fault.NotFound, "there are no saved connections")
	}
	k, err := a.connections()
	if err != nil {
		return nil, service.Summary{}, err
	}
	s, err := k.Find(ctx, name)
	if fault.CodeOf(err) == fault.NotFound { // the name may be a URL with a password
		err = fault.New(fault.NotFound, "there is no saved connection of this name: 'dbstruct connections list' shows them")
	}
	return k, s, err
}

// all are the saved connections. It makes no store where there is none.
func (a *app) all(ctx context.Context) (*kept, []service.Summary, error) {
	dir, err := store.DefaultDir()
	if err != nil || !store.Exists(dir) {
		return nil, nil, err
	}
	k, err := a.connections()
	if err != nil {
		return nil, nil, err
	}
	all, err := k.List(ctx)
	return k, all, err
}

// completeNames completes the names of saved connections in a shell.
func (a *app) completeNames(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	_, all, err := a.all(cmd.Context())
	if err != nil || len(all) == 0 {
		return nil, cobra.ShellCompDirectiveDefault
	}
	var names []string
	for _, s := range all {
		names = append(names, s.Name)
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// wordsOf is a secret in a sentence.
func wordsOf(field secret.Field) string {
	for _, kind := range service.SecretKinds {
		if kind.Field == field {
			return kind.Words
		}
	}
	return string(field)
}

// capital is a text at the beginning of a sentence.
func capital(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

// askKept asks for a secret of a saved connection that is not kept.
func (a *app) askKept(ctx context.Context, c store.Connection, field secret.Field) (string, bool, error) {
	if !a.term.canAsk {
		return "", false, nil
	}
	a.asking.Lock()
	defer a.asking.Unlock()
	value, err := a.askSecret(ctx, capital(wordsOf(field))+" of "+clean(c.Name)+": ")
	return value, err == nil, err
}

// unlocking does what may need secrets, and opens the vault for it when that is locked.
func unlocking[T any](ctx context.Context, a *app, work func() (T, error)) (T, error) {
	value, err := work()
	if fault.CodeOf(err) != fault.SecretsLocked {
		return value, err
	}
	if err := a.unlock(ctx); err != nil {
		return value, err
	}
	return work()
}

// unlockForSSH opens the vault beforehand when a tunnel will need a secret of it in the middle of connecting.
func (a *app) unlockForSSH(ctx context.Context, s service.Summary, given service.Given) error {
	needed := slices.ContainsFunc([]secret.Field{secret.SSHPassword, secret.KeyPassphrase}, func(f secret.Field) bool { return s.Keeps(f) && given[f] == "" })
	if !s.SSH.Enabled || !needed {
		return nil
	}
	status, err := a.kept.Secrets().Status(ctx)
	if err != nil || !status.Locked {
		return err
	}
	return a.unlock(ctx)
}

// attempts is how often an answer may be mistaken.
const attempts = 3

// unlock opens the vault with the master password of the environment or of a person.
func (a *app) unlock(ctx context.Context) error {
	secrets := a.kept.Secrets()
	if master := os.Getenv(masterPassword); master != "" {
		return secrets.Unlock(ctx, master)
	}
	if !a.term.canAsk {
		return fault.New(fault.SecretsLocked, "the vault with the passwords is locked: set %s, or run this on a terminal", masterPassword)
	}
	for attempt := 1; ; attempt++ {
		master, err := a.askSecret(ctx, "Master password of the vault: ")
		if err != nil {
			return err
		}
		err = secrets.Unlock(ctx, master)
		if err == nil || fault.CodeOf(err) != fault.WrongMasterPassword || attempt == attempts {
			return err
		}
		say(a.err, "dbstruct: %s\n", clean(err.Error()))
	}
}
