package cli

import (
	"github.com/spf13/cobra"

	"database-structure-sync/backend/compare"
	"database-structure-sync/backend/schema"
	"database-structure-sync/backend/service"
)

const inspectExample = `  # the structure as SQL that makes an empty database like it
  dbstruct inspect postgres://me@localhost/shop > shop.sql

  # everything that comparisons look at
  dbstruct inspect --format json mysql://me@localhost/shop`

var inspectFormats = []string{"sql", "json"}

type jsonInspection struct {
	Format      int          `json:"format"`
	Command     string       `json:"command"`
	Database    jsonSide     `json:"database"`
	Charset     string       `json:"charset,omitempty"`
	Collation   string       `json:"collation,omitempty"`
	Fingerprint string       `json:"fingerprint"`
	Objects     []jsonObject `json:"objects"`
	Notices     []jsonNotice `json:"notices"`
}

type jsonObject struct {
	jsonKey
	Properties []jsonProperty `json:"properties"`
	DependsOn  []string       `json:"depends_on"`
	Unmodelled []string       `json:"unmodelled"`
	Parts      []jsonObject   `json:"parts"`
}

type jsonProperty struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

func (a *app) inspectCommand() *cobra.Command {
	var (
		format  string
		schemas []string
	)
	cmd := &cobra.Command{
		Use:     "inspect DB",
		Short:   "Write the structure of one database as SQL or JSON",
		Long:    "Reads the structure of one database and writes it as SQL that makes an empty database like it, or as JSON.",
		Example: inspectExample,
		Args:    arguments("DB"),

		ValidArgsFunction: a.completeNames,
		RunE: func(cmd *cobra.Command, args []string) error {
			if format != "sql" && format != "json" {
				return usage(cmd, "--format must be one of sql, json")
			}
			ctx, cancel := a.limited(cmd.Context())
			defer cancel()
			db, err := a.database(ctx, cmd, "DB", args[0], schemas)
			if err != nil {
				return a.explained(ctx, err, false)
			}
			in, err := soon(ctx, func() (*service.Inspection, error) {
				return a.service.Inspect(ctx, db.cfg, func(phase string, done, total int) {
					a.term.progress.reading(compare.Source, phase, done, total)
				})
			})
			a.term.progress.clear()
			if err != nil {
				return a.explained(ctx, err, false)
			}
			return a.showInspection(in, db, format)
		},
	}
	cmd.Flags().SortFlags = false
	cmd.Flags().StringVar(&format, "format", "sql", "output: sql, json")
	cmd.Flags().StringArrayVar(&schemas, "schema", nil, "read only this PostgreSQL `schema` (repeatable)")
	a.addReaching(cmd)
	return cmd
}

func (a *app) showInspection(in *service.Inspection, db end, format string) error {
	if format == "json" {
		return writeJSON(a.out, inspectionJSON(in, db))
	}
	script, err := in.Script()
	if err != nil {
		return err
	}
	if _, err := script.WriteTo(a.out); err != nil {
		return err
	}
	var notices []compare.SideNotice
	for _, n := range in.Database.Notices {
		notices = append(notices, compare.SideNotice{Side: "database", Notice: n})
	}
	textReport{w: a.err, palette: palette{a.term.errColor}}.notices(notices)
	return nil
}

func inspectionJSON(in *service.Inspection, named end) jsonInspection {
	db := in.Database
	out := jsonInspection{
		Format: jsonFormat, Command: "inspect", Database: jsonSide{named.name, in.Name, db.Flavor, db.Version, db.Name},
		Charset: db.Charset, Collation: db.Collation, Fingerprint: db.Fingerprint(),
		Objects: objectsJSON(db.Objects()), Notices: []jsonNotice{},
	}
	for _, n := range db.Notices {
		out.Notices = append(out.Notices, noticeJSON("", n))
	}
	return out
}

func objectsJSON(objects []schema.Object) []jsonObject {
	out := make([]jsonObject, 0, len(objects))
	for _, o := range objects {
		x := jsonObject{
			jsonKey: keyJSON(o.Key()), Properties: []jsonProperty{}, DependsOn: []string{},
			Unmodelled: list(o.Extra().Unmodelled), Parts: objectsJSON(o.Parts()),
		}
		for _, p := range o.Props() {
			x.Properties = append(x.Properties, jsonProperty{p.Name, p.Value})
		}
		for _, k := range o.Deps() {
			x.DependsOn = append(x.DependsOn, k.String())
		}
		out = append(out, x)
	}
	return out
}
