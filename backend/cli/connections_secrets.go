package cli

import (
	"context"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/secret"
	"database-structure-sync/backend/service"
)

// newMasterPassword is the environment variable with the master password that takes the place of the old one.
const newMasterPassword = "DBSTRUCT_NEW_MASTER_PASSWORD"

// placeNames are the places for secrets in a sentence.
var placeNames = map[secret.Kind]string{
	secret.Keyring: "the system's keyring", secret.Vault: "the vault behind its master password", secret.Session: "memory, for one run only",
}

func (a *app) secretsCommand() *cobra.Command {
	discard := false
	cmd := &cobra.Command{
		Use:   "secrets [keyring|vault|session]",
		Short: "Say where secrets are kept, or keep them elsewhere from now on",
		Long: `Without an argument, says where the secrets of connections are kept. With one, keeps them there from
now on and takes along those that are kept already:

  keyring  the system's (Secret Service, KWallet, Keychain, Credential Manager)
  vault    a file that is encrypted with a master password, which is asked for, or comes from
           ` + masterPassword + `
  session  nowhere beyond one run: every command asks

The window uses the same place.`,
		Example: "  dbstruct connections secrets\n  dbstruct connections secrets vault\n  dbstruct connections secrets change-password",
		Args:    arguments("[keyring|vault|session]"),

		ValidArgs: []string{string(secret.Keyring), string(secret.Vault), string(secret.Session)},
		RunE: func(cmd *cobra.Command, args []string) error {
			k, err := a.connections()
			if err != nil {
				return err
			}
			if len(args) == 0 {
				return a.showPlace(cmd.Context(), k)
			}
			kind := secret.Kind(args[0])
			if placeNames[kind] == "" {
				return usage(cmd, "there is no such place for secrets: there are keyring, vault and session")
			}
			return a.moveSecrets(cmd.Context(), k, service.Move{Kind: kind, Discard: discard})
		},
	}
	cmd.Flags().BoolVar(&discard, "discard", false, "give up secrets that cannot be read where they are, such as those of a vault whose password is lost")
	cmd.AddCommand(a.changePasswordCommand())
	return cmd
}

func (a *app) showPlace(ctx context.Context, k *kept) error {
	status, err := k.Secrets().Status(ctx)
	if err != nil {
		return err
	}
	switch {
	case status.Kind == "":
		say(a.out, "Nothing is chosen: the first secret to be kept asks for it.\n")
	case status.Chosen:
		say(a.out, "Secrets are kept in %s.\n", placeNames[status.Kind])
	default:
		say(a.out, "Secrets will be kept in %s.\n", placeNames[status.Kind])
	}
	if status.Problem != "" {
		say(a.out, "The system's keyring cannot be used: %s.\n", clean(status.Problem))
	}
	return nil
}

// moveSecrets keeps secrets in another place from now on.
func (a *app) moveSecrets(ctx context.Context, k *kept, to service.Move) error {
	status, err := k.Secrets().Status(ctx)
	if err != nil {
		return err
	}
	if to.Kind == secret.Vault && !(status.Kind == secret.Vault && to.Discard) {
		if to.MasterPassword, err = a.masterPassword(ctx, status.VaultExists); err != nil {
			return err
		}
	} else if to.Kind == secret.Vault { // a new one in the place of the one that is given up
		if to.MasterPassword, err = a.masterPassword(ctx, false); err != nil {
			return err
		}
	}
	if status.Kind == secret.Vault && status.Locked && to.Kind != secret.Vault && !to.Discard {
		if err := a.unlock(ctx); err != nil {
			return err
		}
	}
	moved, err := k.MoveSecrets(ctx, to)
	if err != nil {
		return err
	}
	say(a.out, "Secrets are kept in %s from now on", placeNames[to.Kind])
	switch {
	case to.Kind == secret.Session && moved.Moved > 0:
		say(a.out, "; %s deleted where they were kept", plural(moved.Moved, "secret"))
	case moved.Moved > 0:
		say(a.out, "; %s taken along", plural(moved.Moved, "secret"))
	}
	if moved.Lost > 0 {
		say(a.out, "; %s lost", plural(moved.Lost, "secret"))
	}
	say(a.out, ".\n")
	return nil
}

// masterPassword is the one of the environment or of a person; a new one is asked for twice.
func (a *app) masterPassword(ctx context.Context, exists bool) (string, error) {
	if master := os.Getenv(masterPassword); master != "" {
		return master, nil
	}
	if !a.term.canAsk {
		return "", fault.New(fault.SecretsLocked, "the vault needs a master password: set %s, or run this on a terminal", masterPassword)
	}
	if exists {
		return a.askSecret(ctx, "Master password of the vault: ")
	}
	return a.askTwice(ctx, "Master password for the new vault (it cannot be recovered): ")
}

func (a *app) askTwice(ctx context.Context, question string) (string, error) {
	first, err := a.askSecret(ctx, question)
	if err != nil {
		return "", err
	}
	second, err := a.askSecret(ctx, "Once more: ")
	if err == nil && first != second {
		err = fault.New(fault.BadInput, "the two are not the same")
	}
	return first, err
}

// choose lets a person say where secrets are kept when the system's keyring does not work and nothing was chosen.
func (a *app) choose(ctx context.Context, k *kept, why error) error {
	if !a.term.canAsk {
		return fault.Wrap(fault.SecretsUnchosen, why, "nothing was saved: choose with 'dbstruct connections secrets vault' (or session)")
	}
	say(a.err, "%s.\n", clean(why.Error()))
	answer, err := a.askLine(ctx, "Keep secrets in a vault, a file behind a master password, or for one run only? [vault/session] ")
	if err != nil {
		return err
	}
	kind := secret.Kind(answer)
	if !slices.Contains([]secret.Kind{secret.Vault, secret.Session}, kind) {
		return fault.New(fault.BadInput, "nothing was saved: the answer is neither vault nor session")
	}
	return a.moveSecrets(ctx, k, service.Move{Kind: kind})
}

func (a *app) changePasswordCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "change-password",
		Short:   "Change the master password of the vault",
		Long:    "Encrypts the vault anew. The passwords are asked for, or come from " + masterPassword + " and\n" + newMasterPassword + ".",
		Example: "  dbstruct connections secrets change-password",
		Args:    arguments(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			k, err := a.connections()
			if err != nil {
				return err
			}
			status, err := k.Secrets().Status(ctx)
			if err != nil {
				return err
			}
			if !status.VaultExists {
				return fault.New(fault.NotFound, "there is no vault: 'dbstruct connections secrets vault' makes one")
			}
			old, err := a.masterPassword(ctx, true)
			if err != nil {
				return err
			}
			replacement := os.Getenv(newMasterPassword)
			if replacement == "" {
				if !a.term.canAsk {
					return fault.New(fault.BadInput, "nothing was changed: set %s, or run this on a terminal", newMasterPassword)
				}
				if replacement, err = a.askTwice(ctx, "New master password: "); err != nil {
					return err
				}
			}
			if err := k.Secrets().ChangeMasterPassword(ctx, old, replacement); err != nil {
				return err
			}
			say(a.out, "The vault has another master password now.\n")
			return nil
		},
	}
}
