// Package postgres is the engine for PostgreSQL 12 to 18: it opens connections, reads a database's structure from the
// catalogs into the model, and renders changes of the model as SQL. It must not know how differences are found or
// ordered, nor any other engine.
package postgres
