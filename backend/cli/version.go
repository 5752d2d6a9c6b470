package cli

import (
	"github.com/spf13/cobra"

	"database-structure-sync/backend/version"
)

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Say which build this is",
		Example: "  dbstruct version",
		Args:    arguments(),
		RunE: func(*cobra.Command, []string) error {
			v := version.Read()
			say(a.out, "dbstruct %s, %s, %s\n", v, v.Go, v.Platform)
			return nil
		},
	}
}
