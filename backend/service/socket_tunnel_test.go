package service

import (
	"path/filepath"
	"strings"
	"testing"

	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/internal/testdb"
	"database-structure-sync/backend/internal/testssh"
	"database-structure-sync/backend/internal/testtls"
)

// bySocket is a draft for a server that is reached by its Unix socket on the SSH host.
func (b behind) bySocket(server *testtls.Server) Draft {
	d := b.draft(server.Database())
	d.Host, d.Port, d.Socket = "", 0, server.Socket
	if server.Engine == testdb.Postgres { // whose sockets have the port in their names
		d.Port = server.Port
	}
	return d
}

func TestASocketOfTheSSHHostIsReachedThere(t *testing.T) {
	var servers []*testtls.Server
	for _, kind := range []string{"postgres17", "mariadb11.8"} {
		servers = append(servers, testtls.Start(t, kind, testtls.Options{}))
	}
	for _, s := range servers {
		s.Await(t)
	}
	b := behindBastion(t)
	closed := b
	closed.bastion = testssh.Start(t, testssh.Config{Address: "127.0.0.2", Authorized: []string{b.public}, Lines: []string{"AllowStreamLocalForwarding no"}})
	b.knows(t, b.bastion.KnownHost("ed25519"), closed.bastion.KnownHost("ed25519"))
	for _, s := range servers {
		t.Run(s.Name, func(t *testing.T) {
			_, c := inVault(t)
			d := b.bySocket(s)
			r, err := c.Test(t.Context(), d, nil)
			must(t, err)
			if got, want := outcome(r), "ssh_login+, resolve-, connect+, tls-, login+, version+, database+, rights+"; !strings.HasSuffix(got, want) {
				t.Errorf("%s\nnot %s", got, want)
			}
			for _, step := range r.Steps {
				if at := step.Detail["socket"]; step.Name == stepConnect && !strings.HasPrefix(at, s.Socket) {
					t.Errorf("connected to %q", at)
				}
			}
			saved := save(t, c, d)
			if got := opens(t, c, saved.ID); got != "" {
				t.Errorf("it ends as %q", got)
			}
			d = closed.bySocket(s)
			d.ID = saved.ID
			save(t, c, d) // reached by the way that is there, or not at all
			if got := opens(t, c, saved.ID); got != fault.Unreachable {
				t.Errorf("it ends as %q", got)
			}
			if parsed, err := c.ParseURL(c.URLOf(d)); err != nil || parsed.Socket != d.Socket || !parsed.SSH.Enabled || parsed.Host != "" {
				t.Errorf("as a URL it is %s: %+v, %v", c.URLOf(d), parsed.Connection, err)
			}
		})
	}
	t.Run("a folder of this computer says nothing about the other", func(t *testing.T) {
		_, c := inVault(t)
		d := b.bySocket(servers[1])
		d.Socket = filepath.Dir(servers[1].Socket) // where the socket would be found here
		if got := opens(t, c, save(t, c, d).ID); got != fault.Unreachable {
			t.Errorf("it ends as %q", got)
		}
	})
}
