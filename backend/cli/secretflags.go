package cli

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/secret"
	"database-structure-sync/backend/service"
	"database-structure-sync/backend/store"
)

// refusal is what a flag answers that would take a secret from the command line, where every user of the machine can read it.
type refusal struct{ instead string }

func (r refusal) Error() string {
	return "a secret on the command line can be read by every user of the machine and stays in the shell's history: " + r.instead
}

// Set implements pflag.Value.
func (r refusal) Set(string) error { return r }

// String implements pflag.Value.
func (r refusal) String() string { return "" }

// Type implements pflag.Value.
func (r refusal) Type() string { return "refused" }

// refusedFlags are the options that people expect to take a secret.
var refusedFlags = []string{"password", "ssh-password", "key-passphrase", "master-password"}

var instead = map[string]string{
	"password":        "leave it out and answer the question, set DBSTRUCT_SOURCE_PASSWORD or DBSTRUCT_TARGET_PASSWORD, or keep it with a saved connection (dbstruct connections add --password-stdin)",
	"ssh-password":    "leave it out and answer the question, or keep it with a saved connection (dbstruct connections add --ssh-password-stdin)",
	"key-passphrase":  "leave it out and answer the question, or keep it with a saved connection (dbstruct connections add --key-passphrase-stdin)",
	"master-password": "leave it out and answer the question, or set " + masterPassword,
}

// refuseSecretFlags lets them say what to do instead.
func refuseSecretFlags(root *cobra.Command) {
	for _, name := range refusedFlags {
		flag := root.PersistentFlags().VarPF(refusal{instead[name]}, name, "", "")
		flag.Hidden, flag.NoOptDefVal = true, "-"
	}
}

// flagError is the error of an option, without what may be a secret.
func flagError(cmd *cobra.Command, err error) error {
	var refused refusal
	if errors.As(err, &refused) {
		return usage(cmd, "%s", refused)
	}
	var short interface {
		error
		GetSpecifiedName() string
		GetSpecifiedShortnames() string
	}
	if errors.As(err, &short) && short.GetSpecifiedShortnames() != "" { // -pSECRET, as other programs have it
		return usage(cmd, "there is no option -%.1s", short.GetSpecifiedName())
	}
	return usage(cmd, "%s", err)
}

// secretSource says where one secret of a connection can come from.
type secretSource struct {
	field    secret.Field
	option   string // that reads it from standard input
	variable string
	question string
}

var secretSources = []secretSource{
	{secret.Password, "password-stdin", "DBSTRUCT_PASSWORD", "Password of the database (empty: keep none): "},
	{secret.SSHPassword, "ssh-password-stdin", "DBSTRUCT_SSH_PASSWORD", "SSH password (empty: keep none): "},
	{secret.KeyPassphrase, "key-passphrase-stdin", "DBSTRUCT_KEY_PASSPHRASE", "Passphrase of the SSH key (empty: keep none): "},
}

// secretFlags are the options about secrets.
type secretFlags struct {
	stdin  [3]bool // as secretSources
	noAsk  bool
	forget bool
}

func (f *secretFlags) add(cmd *cobra.Command) {
	for i, s := range secretSources {
		what := strings.ToLower(fieldWords[s.field])
		cmd.Flags().BoolVar(&f.stdin[i], s.option, false, "read the "+what+" from standard input, a line for each such option in this order (or set "+s.variable+")")
	}
	cmd.Flags().BoolVar(&f.noAsk, "no-password", false, "do not ask for secrets to keep")
}

// read reads what standard input and the environment have.
func (f *secretFlags) read(in io.Reader) (service.Given, error) {
	given := service.Given{}
	lines := bufio.NewReader(io.LimitReader(in, 1<<20))
	for i, s := range secretSources {
		value := os.Getenv(s.variable)
		if f.stdin[i] {
			line, err := lines.ReadString('\n')
			value = strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")
			if err != nil && (err != io.EOF || line == "") {
				return nil, fault.New(fault.BadInput, "--%s: there is no line for it on standard input", s.option)
			}
			if value == "" || !utf8.ValidString(value) || strings.ContainsRune(value, 0) {
				return nil, fault.New(fault.BadInput, "--%s: the line on standard input is empty or no text", s.option)
			}
		}
		if value != "" {
			given[s.field] = value
		}
	}
	return given, nil
}

// fromStdin tells whether standard input is for secrets, so that no answers can come from it.
func (f *secretFlags) fromStdin() bool { return f.stdin != [3]bool{} }

// ask asks for those secrets that a new connection is likely to need and that were not given.
func (f *secretFlags) ask(ctx context.Context, a *app, c store.Connection, given service.Given) error {
	if f.noAsk || f.fromStdin() || !a.term.canAsk || c.Engine == "sqlite" {
		return nil
	}
	wanted := map[secret.Field]bool{
		secret.Password:      !c.AskPassword,
		secret.SSHPassword:   c.SSH.Enabled && !c.SSH.AskSecret && c.SSH.Auth == "password",
		secret.KeyPassphrase: c.SSH.Enabled && !c.SSH.AskPassphrase && c.SSH.KeyFile != "",
	}
	for _, s := range secretSources {
		if _, there := given[s.field]; there || !wanted[s.field] {
			continue
		}
		value, err := a.askSecret(ctx, s.question)
		if err != nil {
			return err
		}
		if value != "" {
			given[s.field] = value
		}
	}
	return nil
}
