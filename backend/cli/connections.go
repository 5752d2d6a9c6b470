package cli

import (
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/secret"
	"database-structure-sync/backend/service"
)

const connectionsLong = `Manages the saved connections, which are the same as those of the window. Their names stand for databases
in diff, sync and inspect.

Passwords, SSH passwords and passphrases are kept in the system's keyring, or in a vault with a master
password, and never in the file with the connections. 'dbstruct connections secrets' says where.`

const connectionsExample = `  # save two connections and use them; the password is asked for
  dbstruct connections add "Shop dev" postgres://me@dev.example/shop
  dbstruct connections add "Shop" postgres://me@prod.example/shop --environment production
  dbstruct diff "Shop dev" Shop

  # without a terminal
  dbstruct connections add Shop mysql://me@prod.example/shop --password-stdin < password.txt`

func (a *app) connectionsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "connections",
		Short:   "Manage saved connections and their secrets",
		Long:    connectionsLong,
		Example: connectionsExample,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			return usage(cmd, "there is no such command: see dbstruct connections --help")
		},
	}
	cmd.AddCommand(
		a.addCommand(), a.editCommand(), a.listCommand(), a.showCommand(), a.tryCommand(), a.renameCommand(), a.duplicateCommand(),
		a.removeCommand(), a.exportCommand(), a.importCommand(), a.secretsCommand(),
	)
	return cmd
}

// jsonConnection is a saved connection without its secrets.
type jsonConnection struct {
	Name        string            `json:"name"`
	URL         string            `json:"url"`
	Engine      string            `json:"engine"`
	Environment string            `json:"environment"`
	Group       string            `json:"group"`
	Secrets     map[string]string `json:"secrets"` // name: "kept" or "ask"
	Sample      bool              `json:"sample"`
	LastUsed    *time.Time        `json:"last_used"`
}

type jsonConnections struct {
	Format      int              `json:"format"`
	Command     string           `json:"command"`
	Connections []jsonConnection `json:"connections"`
}

func (a *app) listCommand() *cobra.Command {
	format := ""
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List the saved connections; no secret is read",
		Example: "  dbstruct connections list\n  dbstruct connections list --format json",
		Args:    arguments(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := textOrJSON(cmd, format); err != nil {
				return err
			}
			k, all, err := a.all(cmd.Context())
			if err != nil {
				return err
			}
			if format == "json" {
				return writeJSON(a.out, connectionsJSON(k, "connections list", all...))
			}
			a.showList(k, all)
			return nil
		},
	}
	addFormat(cmd, &format)
	return cmd
}

func addFormat(cmd *cobra.Command, format *string) {
	cmd.Flags().StringVar(format, "format", "text", "output: text, json")
}

func textOrJSON(cmd *cobra.Command, format string) error {
	if format != "text" && format != "json" {
		return usage(cmd, "--format must be one of text, json")
	}
	return nil
}

func (a *app) showList(k *kept, all []service.Summary) {
	if len(all) == 0 {
		say(a.out, "There are no saved connections: dbstruct connections add NAME URL saves one.\n")
		return
	}
	table := tabwriter.NewWriter(a.out, 0, 4, 2, ' ', 0)
	say(table, "NAME\tENVIRONMENT\tDATABASE\tSECRETS\n")
	for _, s := range all {
		say(table, "%s\t%s\t%s\t%s\n", line(s.Name), or(s.Environment, "-"), line(address(k, s)), secretsText(s))
	}
	_ = table.Flush() // the output remembers its failures
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// address is a saved connection as a URL without secrets.
func address(k *kept, s service.Summary) string {
	return k.URLOf(service.Draft{Connection: s.Connection})
}

// secretsOf tells of each secret whether it is kept or asked for every time.
func secretsOf(s service.Summary) map[string]string {
	out := map[string]string{}
	for _, kind := range service.SecretKinds {
		ofSSH := kind.Field == secret.SSHPassword || kind.Field == secret.KeyPassphrase
		switch {
		case *kind.Ask(&s.Connection) && (s.SSH.Enabled || !ofSSH):
			out[string(kind.Field)] = "ask"
		case s.Keeps(kind.Field):
			out[string(kind.Field)] = "kept"
		}
	}
	return out
}

func secretsText(s service.Summary) string {
	found, parts := secretsOf(s), []string{}
	for _, kind := range service.SecretKinds {
		if how := found[string(kind.Field)]; how != "" {
			parts = append(parts, words(string(kind.Field))+" "+map[string]string{"kept": "kept", "ask": "asked for"}[how])
		}
	}
	return or(strings.Join(parts, ", "), "-")
}

func connectionsJSON(k *kept, command string, all ...service.Summary) jsonConnections {
	doc := jsonConnections{jsonFormat, command, []jsonConnection{}}
	for _, s := range all {
		c := jsonConnection{s.Name, address(k, s), s.Engine, s.Environment, s.Group, secretsOf(s), s.Sample, nil}
		if !s.LastUsed.IsZero() {
			c.LastUsed = &s.LastUsed
		}
		doc.Connections = append(doc.Connections, c)
	}
	return doc
}

func (a *app) showCommand() *cobra.Command {
	format := ""
	cmd := &cobra.Command{
		Use:     "show NAME",
		Short:   "Show a saved connection; no secret is read",
		Example: "  dbstruct connections show Shop",
		Args:    arguments("NAME"),

		ValidArgsFunction: a.completeNames,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := textOrJSON(cmd, format); err != nil {
				return err
			}
			k, s, err := a.find(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			if format == "json" {
				return writeJSON(a.out, connectionsJSON(k, "connections show", s))
			}
			a.showConnection(k, s)
			return nil
		},
	}
	addFormat(cmd, &format)
	return cmd
}

func (a *app) showConnection(k *kept, s service.Summary) {
	table := tabwriter.NewWriter(a.out, 0, 4, 2, ' ', 0)
	row := func(name, value string) {
		if value != "" {
			say(table, "%s\t%s\n", name, line(value))
		}
	}
	row("Name", s.Name)
	row("Database", address(k, s))
	row("Environment", s.Environment)
	row("Group", s.Group)
	row("TLS certificate for", s.TLS.ServerName)
	row("Secrets", secretsText(s))
	if !s.LastUsed.IsZero() {
		row("Last used", s.LastUsed.Local().Format(time.DateTime))
	}
	_ = table.Flush() // the output remembers its failures
}

func (a *app) renameCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "rename NAME NEW",
		Short:   "Give a saved connection another name",
		Example: "  dbstruct connections rename Shop 'Shop old'",
		Args:    arguments("NAME", "NEW"),

		ValidArgsFunction: a.completeNames,
		RunE: func(cmd *cobra.Command, args []string) error {
			k, s, err := a.find(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			d := service.Draft{Connection: s.Connection}
			d.Name = args[1]
			saved, err := k.Save(cmd.Context(), d)
			if err != nil {
				return explainInvalid(err)
			}
			say(a.out, "%s is called %s now.\n", line(s.Name), line(saved.Name))
			return nil
		},
	}
}

func (a *app) duplicateCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "duplicate NAME [NEW]",
		Short:   "Save a copy of a connection, with copies of its secrets",
		Example: "  dbstruct connections duplicate Shop 'Shop staging'",
		Args:    arguments("NAME", "[NEW]"),

		ValidArgsFunction: a.completeNames,
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			k, s, err := a.find(ctx, args[0])
			if err != nil {
				return err
			}
			if len(args) > 1 { // before anything is copied
				if _, err := k.Find(ctx, args[1]); err == nil {
					return fault.New(fault.NameTaken, "there is a connection %q already", args[1])
				}
			}
			saved, err := unlocking(ctx, a, func() (service.Summary, error) { return k.Duplicate(ctx, s.ID) })
			if err == nil && len(args) > 1 {
				d := service.Draft{Connection: saved.Connection}
				d.Name = args[1]
				saved, err = k.Save(ctx, d)
			}
			if err != nil {
				return explainInvalid(err)
			}
			say(a.out, "Saved %s, a copy of %s.\n", line(saved.Name), line(s.Name))
			return nil
		},
	}
}

func (a *app) removeCommand() *cobra.Command {
	var yes, force bool
	cmd := &cobra.Command{
		Use:     "remove NAME",
		Short:   "Forget a saved connection and its secrets",
		Example: "  dbstruct connections remove Shop",
		Args:    arguments("NAME"),

		ValidArgsFunction: a.completeNames,
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			k, s, err := a.find(ctx, args[0])
			if err != nil {
				return err
			}
			if !yes {
				if !a.term.canAsk {
					return fault.New(fault.BadInput, "nothing was removed: there is no terminal to ask on; use --yes to remove without a question")
				}
				agreed, err := a.confirm(ctx, fmt.Sprintf("Forget the connection %s (%s) and its secrets?", line(s.Name), line(address(k, s))))
				if err != nil || !agreed {
					return err
				}
			}
			if force {
				err = k.DeleteAnyway(ctx, s.ID)
			} else {
				_, err = unlocking(ctx, a, func() (struct{}, error) { return struct{}{}, k.Delete(ctx, s.ID) })
			}
			if slices.Contains([]fault.Code{fault.KeyringFailed, fault.SecretsLocked, fault.VaultUnusable, fault.WrongMasterPassword}, fault.CodeOf(err)) {
				return fmt.Errorf("%w; --force removes the connection and leaves its secrets where they are", err)
			}
			if err != nil {
				return err
			}
			say(a.out, "Removed %s.\n", line(s.Name))
			return nil
		},
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "do not ask")
	cmd.Flags().BoolVar(&force, "force", false, "remove it although its secrets cannot be deleted where they are kept")
	return cmd
}
