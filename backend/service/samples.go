package service

import (
	"context"
	"fmt"
	"path/filepath"

	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/samples"
	"database-structure-sync/backend/store"
)

// samplesFolder is where the sample databases lie, under the store's folder.
const samplesFolder = "samples"

// CreateSamples makes the two sample databases anew and connections to them under these names; a connection to one of
// them that is there already is kept as it is.
func (c *Connections) CreateSamples(ctx context.Context, sourceName, targetName string) (source, target string, err error) {
	files := [2]string{}
	if files[0], files[1], err = samples.Create(filepath.Join(c.store.Dir(), samplesFolder)); err != nil {
		return "", "", fault.Wrap(fault.BadInput, err, "the sample databases could not be made")
	}
	ids := [2]string{}
	for i, name := range []string{sourceName, targetName} {
		if ids[i], err = c.connectionTo(ctx, files[i], name); err != nil {
			return "", "", err
		}
	}
	return ids[0], ids[1], nil
}

// connectionTo is the id of a connection to the file.
func (c *Connections) connectionTo(ctx context.Context, file, name string) (string, error) {
	all, err := c.store.Connections(ctx)
	if err != nil {
		return "", err
	}
	for _, conn := range all {
		if conn.Engine == "sqlite" && conn.File == file {
			return conn.ID, nil
		}
	}
	saved, err := c.Save(ctx, Draft{Connection: store.Connection{Name: freeName(name, names(all)), Engine: "sqlite", File: file}})
	if err != nil {
		return "", fmt.Errorf("saving the connection to a sample database: %w", err)
	}
	return saved.ID, nil
}

// isSample tells whether the connection leads to a sample database.
func (c *Connections) isSample(conn store.Connection) bool {
	return conn.Engine == "sqlite" && filepath.Dir(conn.File) == filepath.Join(c.store.Dir(), samplesFolder)
}

// RemoveSamples removes the sample databases and the connections to them.
func (c *Connections) RemoveSamples(ctx context.Context) error {
	all, err := c.store.Connections(ctx)
	if err != nil {
		return err
	}
	for _, conn := range all {
		if c.isSample(conn) {
			if err := c.Delete(ctx, conn.ID); err != nil {
				return err
			}
		}
	}
	if err := samples.Remove(filepath.Join(c.store.Dir(), samplesFolder)); err != nil {
		return fault.Wrap(fault.BadInput, err, "the sample databases could not be removed")
	}
	return nil
}
