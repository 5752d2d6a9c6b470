package cli

import (
	"bufio"
	"context"
	"errors"
	"io"
	"maps"
	"os"
	"slices"
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

// refusedFlags are the options that people expect to take a secret, with what to do instead.
var refusedFlags = func() map[string]refusal {
	flags := map[string]refusal{"master-password": {"leave it out and answer the question, or set " + masterPassword}}
	for _, kind := range service.SecretKinds {
		variables := "set " + variableOf(kind.Field)
		if kind.Field == secret.Password {
			variables = "set " + sourcePassword + " or " + targetPassword
		}
		flags[optionOf(kind.Field)] = refusal{
			"leave it out and answer the question, " + variables + ", or keep it with a saved connection (dbstruct connections add --" + stdinOption(kind.Field) + ")",
		}
	}
	return flags
}()

// refuseSecretFlags lets them say what to do instead.
func refuseSecretFlags(root *cobra.Command) {
	for _, name := range slices.Sorted(maps.Keys(refusedFlags)) {
		flag := root.PersistentFlags().VarPF(refusedFlags[name], name, "", "")
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

// optionOf is the option that is named after a secret.
func optionOf(field secret.Field) string { return strings.ReplaceAll(string(field), "_", "-") }

// stdinOption reads a secret from standard input.
func stdinOption(field secret.Field) string { return optionOf(field) + "-stdin" }

// variableOf is the environment variable with a secret.
func variableOf(field secret.Field) string { return "DBSTRUCT_" + strings.ToUpper(string(field)) }

// askOption is the option to be asked for a secret every time.
func askOption(field secret.Field) string {
	if field == secret.KeyPassphrase { // it was there before there were others
		return "ask-passphrase"
	}
	return "ask-" + optionOf(field)
}

// secretFlags are the options about secrets.
type secretFlags struct {
	stdin, ask map[secret.Field]*bool
	noAsk      bool
	forget     bool
}

func (f *secretFlags) add(cmd *cobra.Command) {
	f.stdin, f.ask = map[secret.Field]*bool{}, map[secret.Field]*bool{}
	for _, kind := range service.SecretKinds {
		f.ask[kind.Field] = cmd.Flags().Bool(askOption(kind.Field), false, "ask for the "+kind.Words+" every time and never keep it")
	}
	for _, kind := range service.SecretKinds {
		f.stdin[kind.Field] = cmd.Flags().Bool(stdinOption(kind.Field), false,
			"read the "+kind.Words+" from standard input, a line for each such option in this order (or set "+variableOf(kind.Field)+")")
	}
	cmd.Flags().BoolVar(&f.noAsk, "no-password", false, "do not ask for secrets to keep")
}

// apply puts the choices to be asked into a connection.
func (f *secretFlags) apply(cmd *cobra.Command, c *store.Connection) {
	for _, kind := range service.SecretKinds {
		if cmd.Flags().Changed(askOption(kind.Field)) {
			*kind.Ask(c) = *f.ask[kind.Field]
		}
	}
}

// read reads what standard input and the environment have.
func (f *secretFlags) read(in io.Reader) (service.Given, error) {
	given := service.Given{}
	lines := bufio.NewReader(io.LimitReader(in, 1<<20))
	for _, kind := range service.SecretKinds {
		value, option := os.Getenv(variableOf(kind.Field)), stdinOption(kind.Field)
		if *f.stdin[kind.Field] {
			line, err := lines.ReadString('\n')
			value = strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")
			if err != nil && (err != io.EOF || line == "") {
				return nil, fault.New(fault.BadInput, "--%s: there is no line for it on standard input", option)
			}
			if value == "" || !utf8.ValidString(value) || strings.ContainsRune(value, 0) {
				return nil, fault.New(fault.BadInput, "--%s: the line on standard input is empty or no text", option)
			}
		}
		if value != "" {
			given[kind.Field] = value
		}
	}
	return given, nil
}

// fromStdin tells whether standard input is for secrets, so that no answers can come from it.
func (f *secretFlags) fromStdin() bool {
	for _, is := range f.stdin {
		if *is {
			return true
		}
	}
	return false
}

// askFor asks for those secrets that a new connection is likely to need and that were not given.
func (f *secretFlags) askFor(ctx context.Context, a *app, c store.Connection, given service.Given) error {
	if f.noAsk || f.fromStdin() || !a.term.canAsk {
		return nil
	}
	for _, kind := range service.SecretKinds {
		if _, there := given[kind.Field]; there || *kind.Ask(&c) || !kind.Wanted(c) {
			continue
		}
		value, err := a.askSecret(ctx, capital(kind.Words)+" (empty: keep none): ")
		if err != nil {
			return err
		}
		if value != "" {
			given[kind.Field] = value
		}
	}
	return nil
}
