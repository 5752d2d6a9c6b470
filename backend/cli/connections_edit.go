package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/secret"
	"database-structure-sync/backend/service"
	"database-structure-sync/backend/store"
)

// connectionFlags are what add and edit share: what no URL says.
type connectionFlags struct {
	environment, group, serverName                     string
	ssh, sshAuth, sshKey, sshCert, sshJumps, sshConfig string
	secrets                                            secretFlags
}

func (f *connectionFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.environment, "environment", "", "development, staging or production; executing on production needs the name to be typed")
	flags.StringVar(&f.group, "group", "", "a `word` under which the window lists it")
	flags.StringVar(&f.serverName, "tls-name", "", "the `name` that the server's certificate must be for, if it is not the host")
	flags.StringVar(&f.ssh, "ssh", "", "go through this SSH `host`, written [user@]host[:port]; none: directly")
	flags.StringVar(&f.sshAuth, "ssh-auth", "", "how to log in there: automatic, agent, key, password, interactive")
	flags.StringVar(&f.sshKey, "ssh-key", "", "`file` of the private key for it")
	flags.StringVar(&f.sshCert, "ssh-certificate", "", "`file` of that key's certificate")
	flags.StringVar(&f.sshJumps, "ssh-jumps", "", "the `hosts` on the way there, as ssh's ProxyJump has them; none: none")
	flags.StringVar(&f.sshConfig, "ssh-config", "", "`file` in the place of ~/.ssh/config; none: no file")
	f.secrets.add(cmd)
}

// apply puts what was given into a connection.
func (f *connectionFlags) apply(cmd *cobra.Command, c *store.Connection) error {
	set := cmd.Flags().Changed
	for _, x := range []struct {
		flag, value string
		to          *string
	}{
		{"environment", f.environment, &c.Environment},
		{"group", f.group, &c.Group},
		{"tls-name", f.serverName, &c.TLS.ServerName},
		{"ssh-auth", f.sshAuth, &c.SSH.Auth},
		{"ssh-key", f.sshKey, &c.SSH.KeyFile},
		{"ssh-certificate", f.sshCert, &c.SSH.Certificate},
		{"ssh-jumps", f.sshJumps, &c.SSH.Jumps},
		{"ssh-config", f.sshConfig, &c.SSH.ConfigFile},
	} {
		if set(x.flag) {
			*x.to = x.value
		}
	}
	if set("ssh") {
		if err := f.applySSH(cmd, c); err != nil {
			return err
		}
	}
	f.secrets.apply(cmd, c)
	for _, path := range []*string{&c.File, &c.TLS.RootCert, &c.TLS.Cert, &c.TLS.Key, &c.SSH.KeyFile, &c.SSH.Certificate, &c.SSH.ConfigFile} {
		if *path == "" || strings.HasPrefix(*path, "~") || path == &c.SSH.ConfigFile && *path == "none" {
			continue
		}
		var err error
		if *path, err = filepath.Abs(*path); err != nil { // it will be used from another folder
			return fault.Wrap(fault.BadInput, err, "a path cannot be used")
		}
	}
	return nil
}

func (f *connectionFlags) applySSH(cmd *cobra.Command, c *store.Connection) error {
	if f.ssh == "none" {
		c.SSH = store.SSH{}
		return nil
	}
	user, address := "", f.ssh
	if i := strings.LastIndex(f.ssh, "@"); i >= 0 {
		user, address = f.ssh[:i], f.ssh[i+1:]
	}
	if strings.Contains(user, ":") {
		return usage(cmd, "--ssh takes no password: use --ssh-password-stdin or answer the question")
	}
	host, port := address, 0
	if h, p, err := net.SplitHostPort(address); err == nil {
		if port, err = strconv.Atoi(p); err != nil || port < 1 || port > 65535 {
			return usage(cmd, "--ssh: the port must be a number from 1 to 65535")
		}
		host = h
	}
	c.SSH.Enabled, c.SSH.Host, c.SSH.Port, c.SSH.User = true, strings.Trim(host, "[]"), port, user
	return nil
}

func (a *app) addCommand() *cobra.Command {
	var flags connectionFlags
	cmd := &cobra.Command{
		Use:   "add NAME URL",
		Short: "Save a connection",
		Long: `Saves a connection. The password is asked for on a terminal, without echo, and kept in the system's
keyring or the vault. Without a terminal it comes from standard input with --password-stdin, or from
the environment variable DBSTRUCT_PASSWORD.`,
		Example: connectionsExample,
		Args:    arguments("NAME", "URL"),
		RunE: func(cmd *cobra.Command, args []string) error {
			k, err := a.connections()
			if err != nil {
				return err
			}
			d, err := a.parse(cmd, k, args[1])
			if err != nil {
				return err
			}
			d.Name = args[0]
			return a.save(cmd, &flags, k, d, true)
		},
	}
	flags.add(cmd)
	return cmd
}

func (a *app) editCommand() *cobra.Command {
	var flags connectionFlags
	cmd := &cobra.Command{
		Use:   "edit NAME [URL]",
		Short: "Change a saved connection",
		Long: `Changes what is given and leaves the rest as it is. A URL replaces the address, the database, the user
and the TLS settings; secrets are kept unless others are given.`,
		Example: `  dbstruct connections edit Shop --environment production
  dbstruct connections edit Shop postgres://me@other.example/shop
  dbstruct connections edit Shop --password-stdin < password.txt`,
		Args: arguments("NAME", "[URL]"),

		ValidArgsFunction: a.completeNames,
		RunE: func(cmd *cobra.Command, args []string) error {
			k, s, err := a.find(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			d := service.Draft{Connection: s.Connection, Secrets: map[secret.Field]service.SecretChange{}}
			if len(args) > 1 {
				if d, err = a.parse(cmd, k, args[1]); err != nil {
					return err
				}
				d.ID, d.Name, d.Environment, d.Group = s.ID, s.Name, s.Environment, s.Group
				d.TLS.ServerName = or(d.TLS.ServerName, s.TLS.ServerName)
				if !d.SSH.Enabled {
					d.SSH = s.SSH
				}
				for _, kind := range service.SecretKinds {
					*kind.Ask(&d.Connection) = *kind.Ask(&s.Connection)
				}
			}
			if flags.secrets.forget {
				d.Secrets = map[secret.Field]service.SecretChange{}
				for _, kind := range service.SecretKinds {
					d.Secrets[kind.Field] = service.SecretChange{Action: service.ClearSecret}
				}
			}
			return a.save(cmd, &flags, k, d, false)
		},
	}
	flags.add(cmd)
	cmd.Flags().BoolVar(&flags.secrets.forget, "forget-secrets", false, "delete the secrets that are kept of it")
	return cmd
}

// parse reads the URL of a connection that is to be saved or tested. What a saved connection cannot keep is refused: it would
// silently be another connection, and maybe a less secure one.
func (a *app) parse(cmd *cobra.Command, k *kept, text string) (service.Draft, error) {
	d, err := k.ParseURL(text)
	if err != nil {
		return d, usage(cmd, "%s", err)
	}
	meant, err := service.ParseURL(strings.TrimSpace(text))
	if err != nil {
		return d, usage(cmd, "%s", err)
	}
	saved, err := service.ParseURL(k.URLOf(d))
	if err != nil {
		return d, usage(cmd, "%s", err)
	}
	var lost []string
	for name := range meant.Params {
		if !slices.Equal(meant.Params[name], saved.Params[name]) && name != "ssh" {
			lost = append(lost, name)
		}
	}
	if len(lost) > 0 {
		slices.Sort(lost)
		return d, usage(cmd, "a saved connection cannot keep %s of the URL: use the URL itself in diff, sync and inspect, or leave that out", strings.Join(lost, ", "))
	}
	return d, nil
}

// save saves a draft with the options and secrets that were given. The URL in it may have had a password.
func (a *app) save(cmd *cobra.Command, flags *connectionFlags, k *kept, d service.Draft, ask bool) error {
	ctx := cmd.Context()
	if err := flags.apply(cmd, &d.Connection); err != nil {
		return err
	}
	given, err := flags.secrets.read(a.term.in)
	if err != nil {
		return err
	}
	if d.Secrets == nil {
		d.Secrets = map[secret.Field]service.SecretChange{}
	}
	var fromURL []string
	for _, kind := range service.SecretKinds {
		change := d.Secrets[kind.Field]
		if change.Action != service.SetSecret {
			continue
		}
		fromURL = append(fromURL, kind.Words)
		if given[kind.Field] == "" {
			given[kind.Field] = change.Value
		}
	}
	problems, err := k.Validate(ctx, d)
	if err != nil {
		return err
	}
	if len(problems) > 0 { // before anything is asked
		return explainInvalid(&service.InvalidError{Problems: problems})
	}
	if ask {
		if err := flags.secrets.askFor(ctx, a, d.Connection, given); err != nil {
			return err
		}
	}
	for field, value := range given {
		d.Secrets[field] = service.SecretChange{Action: service.SetSecret, Value: value}
	}
	saved, err := a.keep(ctx, k, d, flags.secrets.fromStdin())
	if err != nil {
		return explainInvalid(err)
	}
	say(a.out, "Saved %s: %s\n", line(saved.Name), line(address(k, saved)))
	a.tellKept(ctx, k, saved, given)
	for _, what := range fromURL {
		say(a.err, "dbstruct: there was a %s in the URL. Other users of this machine could read it while this ran, and the shell's "+
			"history may have it: change it if that matters, and leave it out next time (it is asked for; or use --password-stdin and its like)\n", what)
	}
	return nil
}

// keep saves, after unlocking the vault or choosing a place for secrets where that is needed.
func (a *app) keep(ctx context.Context, k *kept, d service.Draft, stdinUsed bool) (service.Summary, error) {
	save := func() (service.Summary, error) { return k.Save(ctx, d) }
	if stdinUsed {
		restore := a.term.askOnTTY()
		defer restore()
	}
	saved, err := unlocking(ctx, a, save)
	if fault.CodeOf(err) != fault.SecretsUnchosen {
		return saved, err
	}
	if err := a.choose(ctx, k, err); err != nil {
		return service.Summary{}, err
	}
	return save()
}

// tellKept says where the secrets are that were given.
func (a *app) tellKept(ctx context.Context, k *kept, saved service.Summary, given service.Given) {
	for _, kind := range service.SecretKinds {
		field, what := kind.Field, kind.Words
		if _, ok := given[field]; !ok {
			continue
		}
		switch status, err := k.Secrets().Status(ctx); {
		case !slices.Contains(saved.SavedSecrets, string(field)):
			say(a.err, "dbstruct: the %s is not kept: %s\n", what, notKept(saved, field))
		case err == nil:
			say(a.out, "The %s is kept in %s.\n", what, placeNames[status.Kind])
		}
	}
}

func notKept(s service.Summary, field secret.Field) string {
	switch {
	case s.Engine == "sqlite":
		return "a file needs none"
	case secretsOf(s)[string(field)] == "ask":
		return "it is to be asked for every time"
	}
	return "secrets are kept for one run only, and this one ends here (see dbstruct connections secrets)"
}

// explainInvalid says in words what is wrong with a connection.
func explainInvalid(err error) error {
	var invalid *service.InvalidError
	if !errors.As(err, &invalid) {
		return err
	}
	var parts []string
	for _, p := range invalid.Problems {
		parts = append(parts, fmt.Sprintf("%s %s", fieldName(p.Field), problemText(p)))
	}
	return fault.New(fault.BadInput, "nothing was saved: %s", strings.Join(parts, "; "))
}

var fieldNames = map[string]string{
	"tls.rootCert": "sslrootcert", "tls.cert": "sslcert", "tls.key": "sslkey", "tls.mode": "sslmode", "tls.serverName": "--tls-name",
	"ssh.host": "--ssh", "ssh.port": "--ssh", "ssh.user": "--ssh", "ssh.auth": "--ssh-auth", "ssh.keyFile": "--ssh-key",
	"ssh.certificate": "--ssh-certificate", "ssh.jumps": "--ssh-jumps", "ssh.configFile": "--ssh-config",
	"secrets.password": "the password", "secrets.ssh_password": "the SSH password", "secrets.key_passphrase": "the passphrase",
	"secrets.tls_key_passphrase": "the passphrase of the TLS key",
	"name":                       "the name", "environment": "--environment", "group": "--group",
}

func fieldName(field string) string { return or(fieldNames[field], field) }

// problemText is what is wrong with a field, as the end of a sentence.
func problemText(p service.Problem) string {
	switch p.Code {
	case service.Required:
		return "is missing"
	case service.NameTaken:
		return fmt.Sprintf("%q is taken", p.Args["name"])
	case service.FileMissing:
		return fmt.Sprintf("names the file %s, which is not there", p.Args["path"])
	case service.FileIsFolder:
		return fmt.Sprintf("names %s, which is a folder", p.Args["path"])
	case service.BadValue:
		return "must be one of " + p.Args["allowed"]
	case service.BadText:
		return "has characters that cannot be in it"
	case service.TooLong:
		return "is longer than " + p.Args["max"]
	case service.PortRange, service.OutOfRange:
		return fmt.Sprintf("must be from %s to %s", or(p.Args["min"], "1"), p.Args["max"])
	case service.Conflict:
		return "cannot be together with " + p.Args["other"]
	case service.NotForEngine:
		return "is not for this kind of database"
	}
	return "is not right (" + string(p.Code) + ")"
}
