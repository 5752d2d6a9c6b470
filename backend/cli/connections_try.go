package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/secret"
	"database-structure-sync/backend/service"
)

type jsonTrial struct {
	Format  int        `json:"format"`
	Command string     `json:"command"`
	OK      bool       `json:"ok"`
	Name    string     `json:"name,omitempty"`
	URL     string     `json:"url"`
	Flavor  string     `json:"flavor"`
	Version string     `json:"version"`
	TLS     string     `json:"tls"`
	Latency float64    `json:"latency_ms"`
	Steps   []jsonStep `json:"steps"`
}

type jsonStep struct {
	Name   string            `json:"name"`
	State  string            `json:"state"` // "ok", "failed", "skipped"
	Detail map[string]string `json:"detail"`
	Millis float64           `json:"ms"`
	Error  *jsonError        `json:"error"`
}

func (a *app) tryCommand() *cobra.Command {
	format := ""
	cmd := &cobra.Command{
		Use:   "test NAME|URL",
		Short: "Connect step by step, and say which step fails and why",
		Long: `Connects to a saved connection or a URL and reports each step: resolving the name, connecting, the SSH
hosts on the way, TLS, logging in, the server's version, and what the user can see.

Exit codes: 0 the connection works, 1 it does not.`,
		Example: "  dbstruct connections test Shop\n  dbstruct connections test postgres://me@prod.example/shop",
		Args:    arguments("NAME|URL"),

		ValidArgsFunction: a.completeNames,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := textOrJSON(cmd, format); err != nil {
				return err
			}
			ctx, cancel := a.limited(cmd.Context())
			defer cancel()
			k, d, err := a.draftOf(ctx, cmd, args[0])
			if err != nil {
				return err
			}
			report, err := a.try(ctx, k, d)
			if err != nil {
				return a.explained(ctx, explainInvalid(err), false)
			}
			if !report.OK {
				a.code = exitError
			}
			url := k.URLOf(d)
			if format == "json" {
				return writeJSON(a.out, trialJSON(d.Name, url, report))
			}
			a.showTrial(d.Name, url, report)
			return nil
		},
	}
	addFormat(cmd, &format)
	a.addReaching(cmd)
	return cmd
}

// draftOf is a saved connection or a URL as a draft.
func (a *app) draftOf(ctx context.Context, cmd *cobra.Command, text string) (*kept, service.Draft, error) {
	if !isURL(text) {
		k, s, err := a.find(ctx, text)
		return k, service.Draft{Connection: s.Connection}, err
	}
	k, err := a.connections()
	if err != nil {
		return nil, service.Draft{}, err
	}
	d, err := a.parse(cmd, k, text)
	if err != nil {
		return nil, d, err
	}
	d.Name = ""
	return k, d, nil
}

// try tests a draft, and once more with a password when the server wants one that is not kept.
func (a *app) try(ctx context.Context, k *kept, d service.Draft) (service.Report, error) {
	given := fromEnvironment(variableOf(secret.Password))
	for field, change := range d.Secrets {
		if change.Action == service.SetSecret { // the URL has one
			delete(given, field)
		}
	}
	test := func() (service.Report, error) { return k.Test(ctx, d, given) }
	report, err := soon(ctx, func() (service.Report, error) { return unlocking(ctx, a, test) })
	if err != nil || report.OK || !a.term.canAsk || !a.passwordWanted(ctx, k, d, given, report) {
		return report, err
	}
	if given[secret.Password], err = a.askSecret(ctx, "Password for "+clean(k.URLOf(d))+": "); err != nil {
		return report, err
	}
	return soon(ctx, test)
}

// passwordWanted tells whether the server refused a log-in without any password.
func (a *app) passwordWanted(ctx context.Context, k *kept, d service.Draft, given service.Given, report service.Report) bool {
	refused := slices.ContainsFunc(report.Steps, func(s service.Step) bool { return s.Fault != nil && s.Fault.Code == fault.AuthFailed })
	if !refused || given[secret.Password] != "" || d.Secrets[secret.Password].Action == service.SetSecret || d.AskPassword {
		return false
	}
	s, err := k.Get(ctx, d.ID)
	return d.ID == "" || err == nil && !s.Keeps(secret.Password)
}

func trialJSON(name, url string, r service.Report) jsonTrial {
	doc := jsonTrial{jsonFormat, "connections test", r.OK, name, url, r.Flavor, r.Version, r.Encrypted, r.LatencyMillis, []jsonStep{}}
	for _, s := range r.Steps {
		step := jsonStep{Name: s.Name, State: stateOf(s), Detail: s.Detail, Millis: float64(s.Duration.Microseconds()) / 1000}
		if step.Detail == nil {
			step.Detail = map[string]string{}
		}
		if s.Fault != nil {
			step.Error = &jsonError{string(s.Fault.Code), scrub(s.Fault.Error())}
		}
		doc.Steps = append(doc.Steps, step)
	}
	return doc
}

func stateOf(s service.Step) string {
	switch {
	case s.Fault != nil:
		return "failed"
	case s.Skipped:
		return "skipped"
	}
	return "ok"
}

func (a *app) showTrial(name, url string, r service.Report) {
	t := textReport{w: a.out, palette: palette{a.term.color}}
	title := url
	if name != "" {
		title = name + " (" + url + ")"
	}
	t.printf("%s\n", t.bold(line(title)))
	for _, s := range r.Steps {
		switch stateOf(s) {
		case "ok":
			t.printf("  %s  %-9s %s\n", t.good("ok     "), words(s.Name), line(detailText(s)))
		case "failed":
			t.printf("  %s  %-9s %s\n", t.bad("failed "), words(s.Name), clean(scrub(s.Fault.Error())))
		}
	}
	switch {
	case !r.OK:
		t.printf("%s\n", t.bad("The connection does not work."))
	case r.LatencyMillis > 0:
		t.printf("%s A round trip takes %.1f ms.\n", t.good("The connection works."), r.LatencyMillis)
	default:
		t.printf("%s\n", t.good("The connection works."))
	}
}

// detailText is what a step found, with the time it took.
func detailText(s service.Step) string {
	names := make([]string, 0, len(s.Detail))
	for name := range s.Detail {
		names = append(names, name)
	}
	slices.Sort(names)
	var parts []string
	for _, name := range names {
		if s.Detail[name] != "" {
			parts = append(parts, words(name)+" "+s.Detail[name])
		}
	}
	if s.Duration > 0 {
		parts = append(parts, fmt.Sprintf("%.1f ms", float64(s.Duration.Microseconds())/1000))
	}
	return strings.Join(parts, ", ")
}
