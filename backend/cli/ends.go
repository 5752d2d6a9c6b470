package cli

import (
	"context"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/secret"
	"database-structure-sync/backend/service"
)

// end is one of the databases of a command.
type end struct {
	cfg        engine.Config
	name       string // of the saved connection; "" for a URL
	production bool
}

// title is what a person calls it.
func (e end) title() string {
	if e.name == "" {
		return e.cfg.Redacted()
	}
	return e.name + " (" + e.cfg.Redacted() + ")"
}

// roles are how the arguments are called, and where each finds its password.
var roles = map[string]string{"SOURCE": sourcePassword, "TARGET": targetPassword, "DB": sourcePassword}

// database reads one argument: a URL, or the name of a saved connection; role is SOURCE, TARGET or DB.
func (a *app) database(ctx context.Context, cmd *cobra.Command, role, text string, schemas []string) (end, error) {
	var e end
	var err error
	if isURL(text) {
		e.cfg, err = a.byURL(cmd, role, text)
	} else {
		e, err = a.byName(ctx, cmd, role, text)
	}
	if err != nil || len(schemas) == 0 {
		return e, err
	}
	if e.name == "" && len(e.cfg.Params["schema"]) > 0 {
		return e, usage(cmd, "%s: the URL names schemas already: leave out --schema", role)
	}
	if !strings.HasPrefix(e.cfg.Scheme, "postgres") {
		return e, usage(cmd, "%s: --schema is for PostgreSQL: elsewhere the database is the schema", role)
	}
	e.cfg.Params["schema"] = schemas
	return e, nil
}

// isURL tells whether an argument is a URL rather than a name.
func isURL(text string) bool {
	scheme, _, found := strings.Cut(text, ":")
	return strings.Contains(text, "://") || found && strings.EqualFold(scheme, "sqlite")
}

func (a *app) byURL(cmd *cobra.Command, role, text string) (engine.Config, error) {
	cfg, err := service.ParseURL(text)
	if err == nil {
		err = a.service.Check(cfg)
	}
	if err != nil {
		return cfg, usage(cmd, "%s: %s", role, err)
	}
	if cfg.Password == "" {
		cfg.Password = os.Getenv(roles[role])
	}
	if cfg.KeyPassphrase == "" {
		cfg.KeyPassphrase = os.Getenv(variableOf(secret.TLSKeyPassphrase))
	}
	return cfg, nil
}

// byName is a saved connection with its secrets.
func (a *app) byName(ctx context.Context, cmd *cobra.Command, role, name string) (end, error) {
	k, s, err := a.find(ctx, name)
	if fault.CodeOf(err) == fault.NotFound {
		return end{}, usage(cmd, "%s: it is no URL (%s), and no saved connection has this name: 'dbstruct connections list' shows them", role, insteadOf(name))
	}
	if err != nil {
		return end{}, err
	}
	given := fromEnvironment(roles[role])
	if err := a.unlockForSSH(ctx, s, given); err != nil {
		return end{}, err
	}
	cfg, err := unlocking(ctx, a, func() (engine.Config, error) { return k.Config(ctx, s.ID, given) })
	if fault.CodeOf(err) == fault.SecretMissing {
		err = fault.Wrap(fault.SecretMissing, err, "%s: there is no terminal to ask on, and %s is not set", role, roles[role])
	}
	return end{cfg, s.Name, s.Environment == "production"}, err
}

// insteadOf says how a database is written that is no saved connection. The text itself may hold a password.
func insteadOf(text string) string {
	if info, err := os.Stat(text); err == nil && info.Mode().IsRegular() {
		return "write sqlite: before the name of a file"
	}
	return "write scheme://user@host:port/database"
}

// fromEnvironment are the secrets that the environment has for a connection.
func fromEnvironment(passwordVariable string) service.Given {
	given := service.Given{}
	for _, kind := range service.SecretKinds {
		variable := variableOf(kind.Field)
		if kind.Field == secret.Password {
			variable = passwordVariable
		}
		if value := os.Getenv(variable); value != "" {
			given[kind.Field] = value
		}
	}
	return given
}
