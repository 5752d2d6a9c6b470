package main

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/go-sql-driver/mysql"
	"github.com/jackc/pgx/v5/pgconn"
	"golang.org/x/sync/errgroup"
)

// floorResult is what sending the recorded statements cost.
type floorResult struct {
	Seconds    float64
	Statements int // answers that came
	Rows       int
}

// replay sends what was recorded through the bare driver, to both databases at the same time, and throws the rows away:
// no program that asks the same can be quicker. The clock runs from connecting to the last row, as it does for diff.
func replay(ctx context.Context, engine, source, target string, r recording) (floorResult, error) {
	send := map[string]func(context.Context, string, session) (answers, error){
		"postgres": replayPostgres, "mysql": replayMySQL, "mariadb": replayMySQL,
	}[engine]
	begun := time.Now()
	group, ctx := errgroup.WithContext(ctx)
	results := make(chan answers, len(r.Source)+len(r.Target))
	start := func(url string, sessions []session) {
		for _, s := range sessions {
			group.Go(func() error {
				a, err := send(ctx, url, s)
				results <- a
				return err
			})
		}
	}
	start(source, r.Source)
	start(target, r.Target)
	if err := group.Wait(); err != nil {
		return floorResult{}, fmt.Errorf("sending the recorded statements: %w", err)
	}
	out := floorResult{Seconds: time.Since(begun).Seconds()}
	close(results)
	for a := range results {
		out.Statements += a.statements
		out.Rows += a.rows
	}
	return out, nil
}

// answers counts what came back.
type answers struct{ statements, rows int }

func replayPostgres(ctx context.Context, url string, s session) (a answers, err error) {
	conn, err := pgconn.Connect(ctx, url)
	if err != nil {
		return a, err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }() // nothing was changed
	for _, g := range s {
		var results *pgconn.MultiResultReader
		if g.Pipelined {
			batch := &pgconn.Batch{}
			for _, statement := range g.Statements {
				batch.ExecParams(statement, nil, nil, nil, nil)
			}
			results = conn.ExecBatch(ctx, batch)
		} else {
			results = conn.Exec(ctx, g.Statements[0])
		}
		for results.NextResult() {
			a.statements++
			for results.ResultReader().NextRow() {
				a.rows++
			}
		}
		if err := results.Close(); err != nil {
			return a, err
		}
	}
	return a, nil
}

func replayMySQL(ctx context.Context, dsn string, s session) (a answers, err error) {
	config, err := mysql.ParseDSN(dsn)
	if err != nil {
		return a, err
	}
	config.MultiStatements = true
	connector, err := mysql.NewConnector(config)
	if err != nil {
		return a, err
	}
	conn, err := connector.Connect(ctx)
	if err != nil {
		return a, err
	}
	defer conn.Close()
	for _, g := range s {
		if err := replayText(ctx, conn.(driver.QueryerContext), g.Statements[0], &a); err != nil {
			return a, err
		}
	}
	return a, nil
}

// replayText sends one text, which may hold several statements. Below database/sql, which would copy every row.
func replayText(ctx context.Context, conn driver.QueryerContext, text string, a *answers) error {
	rows, err := conn.QueryContext(ctx, text, nil)
	if err != nil {
		return err
	}
	defer rows.Close()
	for {
		a.statements++
		row := make([]driver.Value, len(rows.Columns()))
		for len(row) > 0 {
			if err := rows.Next(row); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				return err
			}
			a.rows++
		}
		more, ok := rows.(driver.RowsNextResultSet)
		if !ok || !more.HasNextResultSet() {
			return nil
		}
		if err := more.NextResultSet(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}
