package cli

import (
	"errors"
	"io"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/service"
)

func (a *app) exportCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "export [NAME...]",
		Short:   "Write connections as a JSON document without secrets",
		Long:    "Writes saved connections, all or those named, to standard output as a document that 'dbstruct connections import'\nand the window read. It has no secrets.",
		Example: "  dbstruct connections export > connections.json\n  dbstruct connections export Shop 'Shop dev' > two.json",

		ValidArgsFunction: a.completeNames,
		RunE: func(cmd *cobra.Command, args []string) error {
			k, err := a.connections()
			if err != nil {
				return err
			}
			var ids []string
			for _, name := range args {
				_, s, err := a.find(cmd.Context(), name)
				if err != nil {
					return err
				}
				ids = append(ids, s.ID)
			}
			text, err := k.Export(cmd.Context(), ids...)
			if err != nil {
				return err
			}
			_, err = a.out.Write(text)
			return err
		},
	}
}

func (a *app) importCommand() *cobra.Command {
	preview := false
	cmd := &cobra.Command{
		Use:     "import FILE",
		Short:   "Save the connections of an exported document; - reads standard input",
		Long:    "Saves the connections of a document, all or none, beside those that are there. One whose name is taken gets another.\nSecrets are not in it: they are asked for when they are needed, or set with 'dbstruct connections edit'.",
		Example: "  dbstruct connections import --dry-run connections.json\n  dbstruct connections import connections.json",
		Args:    arguments("FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			text, err := a.readDocument(args[0])
			if err != nil {
				return err
			}
			k, err := a.connections()
			if err != nil {
				return err
			}
			work := k.Import
			if preview {
				work = k.PreviewImport
			}
			imported, err := work(cmd.Context(), text)
			if err != nil {
				return err
			}
			a.showImported(imported, preview)
			return nil
		},
	}
	cmd.Flags().BoolVar(&preview, "dry-run", false, "only say what would be saved")
	return cmd
}

// maxDocument is more than any document that import reads.
const maxDocument = 11 << 20

func (a *app) readDocument(path string) ([]byte, error) {
	file := a.term.in
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return nil, fault.New(fault.BadInput, "%s could not be read: %s", path, reason(err))
		}
		defer func() { _ = f.Close() }() // it was only read
		file = f
	}
	text, err := io.ReadAll(io.LimitReader(file, maxDocument))
	if err != nil {
		return nil, fault.New(fault.BadInput, "%s could not be read: %s", path, reason(err))
	}
	return text, nil
}

// reason is what the system says about a file, without its path.
func reason(err error) error {
	var cause *fs.PathError
	if errors.As(err, &cause) {
		return cause.Err
	}
	return err
}

func (a *app) showImported(imported []service.Imported, preview bool) {
	done := "Saved"
	if preview {
		done = "Would save"
	}
	for _, x := range imported {
		say(a.out, "%s %s", done, line(x.Name))
		if x.Renamed {
			say(a.out, " (%s is taken)", line(x.Original))
		}
		say(a.out, "\n")
		for _, p := range x.Problems {
			say(a.err, "dbstruct: %s: %s %s\n", line(x.Name), fieldName(p.Field), line(problemText(p)))
		}
	}
	say(a.out, "%s %s.\n", done, plural(len(imported), "connection"))
}
