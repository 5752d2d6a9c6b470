// Command headless serves the window's page to an ordinary browser, over the same bound structs as the desktop program,
// so that tests can drive the real frontend with the real backend where there is no WebKit. It listens on loopback only
// and demands a token. It is never shipped.
package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"database-structure-sync/backend/api"
	"database-structure-sync/backend/engine"
	"database-structure-sync/backend/engine/mysql"
	"database-structure-sync/backend/engine/postgres"
	"database-structure-sync/backend/engine/sqlite"
	"database-structure-sync/backend/version"
)

func main() {
	dist := flag.String("dist", "frontend/dist", "folder of the built page")
	dir := flag.String("config", "", "folder for connections and settings (required)")
	files := flag.String("files", "", "folder that the system's dialogs choose files from: open takes the newest, save makes one")
	listen := flag.String("listen", "127.0.0.1:0", "address to listen on")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := serve(ctx, *dist, *dir, *files, *listen); err != nil {
		fmt.Fprintln(os.Stderr, "headless: "+err.Error())
		os.Exit(1)
	}
}

func serve(ctx context.Context, dist, dir, files, listen string) error {
	if dir == "" {
		return errors.New("-config names no folder")
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return fmt.Errorf("finding the folder %s: %w", dir, err)
	}
	hub := newHub()
	bound, err := api.Bind(api.Setup{
		Engines: engine.NewRegistry(postgres.Engine{}, mysql.Engine{}, sqlite.Engine{}), Dir: dir, Build: version.Read(),
		Emit: hub.emit, Dialogs: folder(files),
	})
	if err != nil {
		return err
	}
	defer func() { _ = bound.Close() }() // the tests are over
	token := make([]byte, 16)
	if _, err := rand.Read(token); err != nil {
		return fmt.Errorf("making a token: %w", err)
	}
	listener, err := net.Listen("tcp", listen)
	if err != nil {
		return fmt.Errorf("listening: %w", err)
	}
	b := &bridge{hub: hub, dist: dist, token: hex.EncodeToString(token), bound: bound.All()}
	server := &http.Server{Handler: b.handler(), ReadHeaderTimeout: 5 * time.Second}
	fmt.Printf("http://%s/?token=%s\n", listener.Addr(), b.token)
	go func() {
		<-ctx.Done()
		_ = server.Close() // the tests are over
	}()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serving: %w", err)
	}
	return nil
}
