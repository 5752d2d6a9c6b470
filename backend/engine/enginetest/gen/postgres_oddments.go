package gen

import (
	"slices"
	"strings"
)

// Builtin functions, so that what calls them depends on nothing that may go.
const (
	pgFires  = " EXECUTE FUNCTION suppress_redundant_updates_trigger()"
	pgScalar = "int num text date time bool"
)

// pgOddments are what PostgreSQL has besides tables, columns, keys and indexes of the usual kinds.
var pgOddments = []oddment{
	// Types and what stands beside tables.
	{prefix: "span", stage: stageType, class: "rangetype", object: "TYPE {q}", texts: []string{
		"CREATE TYPE {q} AS RANGE (subtype = integer)", "CREATE TYPE {q} AS RANGE (subtype = numeric)", `CREATE TYPE {q} AS RANGE (subtype = text, collation = "C")`,
		"CREATE TYPE {q} AS RANGE (subtype = double precision, subtype_diff = float8mi)",
	}},
	{prefix: "order", stage: stageType, class: "collation", object: "COLLATION {q}", texts: []string{
		`CREATE COLLATION {q} FROM "C"`, "CREATE COLLATION {q} (provider = icu, locale = 'de')", "CREATE COLLATION {q} (provider = icu, locale = 'de-AT')",
	}},
	{prefix: "word", stage: stageType, class: "domain", object: "DOMAIN {q}", texts: []string{
		"CREATE DOMAIN {q} AS text", `CREATE DOMAIN {q} AS text COLLATE "C" CHECK (VALUE <> '')`, "CREATE DOMAIN {q} AS varchar(30) DEFAULT 'it''s' NOT NULL", "CREATE DOMAIN {q} AS text[] CHECK (cardinality(VALUE) < 9)",
		"CREATE DOMAIN {q} AS text;\nALTER DOMAIN {q} ADD CONSTRAINT late CHECK (length(VALUE) < 50) NOT VALID",
		"CREATE DOMAIN {q} AS text CONSTRAINT late CHECK (length(VALUE) < 50)",
	}},
	{prefix: "ticket", stage: stageSequence, class: "sequence", object: "SEQUENCE {q}", texts: []string{
		"CREATE SEQUENCE {q} MINVALUE 5 MAXVALUE 500 START WITH 7", "CREATE SEQUENCE {q} INCREMENT BY -2 MINVALUE -50 MAXVALUE -1", "CREATE SEQUENCE {q} START WITH 10",
	}, since: map[int][]string{15: {"CREATE UNLOGGED SEQUENCE {q} MAXVALUE 99"}}},
	{prefix: "proc", stage: stageFunction, object: "PROCEDURE {q}(integer, text)", texts: []string{
		"CREATE PROCEDURE {q}(a integer, INOUT b text DEFAULT 'it''s') LANGUAGE sql AS $f$ SELECT b || a $f$", "CREATE PROCEDURE {q}(IN a integer, IN c text) LANGUAGE plpgsql SET search_path TO 'pg_catalog' AS $f$BEGIN NULL; END$f$",
	}},
	{prefix: "total", stage: stageFunction, object: "AGGREGATE {q}(integer)", texts: []string{
		"CREATE AGGREGATE {q}(integer) (SFUNC = int4pl, STYPE = integer)", "CREATE AGGREGATE {q}(integer) (SFUNC = int4larger, STYPE = integer, INITCOND = '0', PARALLEL = safe)",
		"CREATE AGGREGATE {q}(integer) (SFUNC = int4_avg_accum, STYPE = bigint[], FINALFUNC = int8_avg, INITCOND = '{0,0}')",
	}},
	{prefix: "recursive", stage: stageView, class: "view", object: "VIEW {q}", texts: []string{
		"CREATE VIEW {q} AS WITH RECURSIVE up(first) AS (VALUES (1) UNION ALL SELECT first + 1 FROM up WHERE first < 9) SELECT first, first AS second FROM up",
		"CREATE VIEW {q} AS SELECT 1 AS first, 2 AS second",
	}},

	// Facts of a table.
	{prefix: "walled", stage: stageIndex, table: "any", texts: []string{
		"ALTER TABLE {t} ENABLE ROW LEVEL SECURITY", "ALTER TABLE {t} FORCE ROW LEVEL SECURITY", "ALTER TABLE {t} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
	}},
	{prefix: "toasted", stage: stageIndex, table: "plain", columns: []string{"text json array"}, texts: []string{
		"ALTER TABLE {t} SET (toast.autovacuum_enabled=false)", "ALTER TABLE {t} SET (toast_tuple_target=256, toast.vacuum_truncate=false)",
	}},
	{prefix: "clustered", stage: stageForeignKey, table: "plain", columns: []string{pgScalar}, texts: []string{
		"CREATE INDEX {n} ON {t} ({1});\nALTER TABLE {t} CLUSTER ON {n}", "CREATE INDEX {n} ON {t} ({1})",
	}},
	{prefix: "replicated", stage: stageForeignKey, table: "plain", texts: []string{
		"ALTER TABLE {t} ADD COLUMN {m} integer NOT NULL;\nCREATE UNIQUE INDEX {n} ON {t} ({m});\nALTER TABLE {t} REPLICA IDENTITY USING INDEX {n}",
		"ALTER TABLE {t} ADD COLUMN {m} bigint NOT NULL;\nCREATE UNIQUE INDEX {n} ON {t} ({m})", "ALTER TABLE {t} REPLICA IDENTITY FULL",
	}},
	{prefix: "owned", stage: stageIndex, table: "any", columns: []string{"int"}, object: "SEQUENCE {s}.{n}", texts: []string{
		"CREATE SEQUENCE {s}.{n} OWNED BY {t}.{1}", "CREATE SEQUENCE {s}.{n} AS integer CACHE 3 OWNED BY {t}.{1}", "CREATE SEQUENCE {s}.{n} CYCLE",
	}},

	{prefix: "derived", stage: stageColumn, table: "any", inside: true, columns: []string{"int"}, class: "derived", texts: []string{
		"{n} bigint GENERATED ALWAYS AS ({1} + 1) STORED", "{n} bigint GENERATED ALWAYS AS ({1} * 2) STORED", "{n} bigint DEFAULT 5", "{n} numeric GENERATED ALWAYS AS ({1} * 2) STORED NOT NULL",
	}, since: map[int][]string{18: {"{n} bigint GENERATED ALWAYS AS ({1} + 1) VIRTUAL", "{n} bigint GENERATED ALWAYS AS ({1} * 2) VIRTUAL"}}},

	// Indexes.
	{prefix: "searched", stage: stageIndex, table: "any", columns: []string{"tsvector"}, object: "INDEX {s}.{n}", texts: []string{
		"CREATE INDEX {n} ON {t} USING gist ({1} tsvector_ops (siglen=100))", "CREATE INDEX {n} ON {t} USING gist ({1})", "CREATE INDEX {n} ON {t} USING gin ({1}) WITH (fastupdate=off, gin_pending_list_limit=64)",
	}},
	{prefix: "net", stage: stageIndex, table: "any", columns: []string{"inet"}, object: "INDEX {s}.{n}", texts: []string{
		"CREATE INDEX {n} ON {t} USING gist ({1} inet_ops)", "CREATE INDEX {n} ON {t} USING spgist ({1})", "CREATE INDEX {n} ON {t} USING btree ({1} inet_ops NULLS FIRST)",
	}},
	{prefix: "among", stage: stageIndex, table: "any", columns: []string{"range"}, object: "INDEX {s}.{n}", texts: []string{
		"CREATE INDEX {n} ON {t} USING gist ({1})", "CREATE INDEX {n} ON {t} USING spgist ({1})", "CREATE INDEX {n} ON {t} USING gist ({1}) WITH (buffering=off, fillfactor=80)",
	}},
	{prefix: "blocks", stage: stageIndex, table: "any", columns: []string{"int date time"}, object: "INDEX {s}.{n}", texts: []string{
		"CREATE INDEX {n} ON {t} USING brin ({1}) WITH (pages_per_range=16)", "CREATE INDEX {n} ON {t} USING brin ({1}) WITH (autosummarize=on)",
	}},
	{prefix: "measured", stage: stageIndex, table: "any", columns: []string{"int num"}, object: "INDEX {s}.{n}", texts: []string{
		"CREATE INDEX {n} ON {t} (({1} + 1), {1});\nALTER INDEX {s}.{n} ALTER COLUMN 1 SET STATISTICS 200", "CREATE INDEX {n} ON {t} (({1} + 1), {1})",
	}},
	{prefix: "sole", stage: stageIndex, table: "plain", columns: []string{"int text"}, object: "INDEX {s}.{n}", texts: []string{
		"CREATE UNIQUE INDEX {n} ON {t} ({1}) WHERE {1} IS NOT NULL",
	}, since: map[int][]string{15: {"CREATE UNIQUE INDEX {n} ON {t} ({1}) NULLS NOT DISTINCT", "CREATE UNIQUE INDEX {n} ON {t} ({1})"}}},

	// Constraints.
	{prefix: "covering", stage: stageConstraint, table: "plain", inside: true, columns: []string{"int num text", pgScalar}, texts: []string{
		"CONSTRAINT {n} UNIQUE ({1}) INCLUDE ({2})", "CONSTRAINT {n} UNIQUE ({1})", "CONSTRAINT {n} UNIQUE ({1}, {2})",
	}},
	{prefix: "apart", stage: stageConstraint, table: "plain", inside: true, columns: []string{"inet"}, texts: []string{
		"CONSTRAINT {n} EXCLUDE USING gist ({1} inet_ops WITH &&)", "CONSTRAINT {n} EXCLUDE USING gist ({1} inet_ops WITH =) WHERE ({1} IS NOT NULL)", "CONSTRAINT {n} EXCLUDE USING btree ({1} WITH =) DEFERRABLE",
	}},
	{prefix: "loose", stage: stageConstraint, table: "any", inside: true, columns: []string{"int num"}, object: "CONSTRAINT {n} ON {t}", texts: []string{
		"CONSTRAINT {n} CHECK ({1} > 0)",
	}, since: map[int][]string{18: {"CONSTRAINT {n} CHECK ({1} > 0) NOT ENFORCED", "CONSTRAINT {n} CHECK ({1} > 1) NOT ENFORCED"}}},

	// Triggers, rules, policies and statistics.
	{prefix: "fires", stage: stageTrigger, table: "any", columns: []string{"int text"}, object: "TRIGGER {n} ON {t}", texts: []string{
		"CREATE TRIGGER {n} BEFORE UPDATE OF {1} ON {t} FOR EACH ROW WHEN (OLD.{1} IS DISTINCT FROM NEW.{1})" + pgFires,
		"CREATE TRIGGER {n} AFTER INSERT ON {t} REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT" + pgFires,
		"CREATE TRIGGER {n} AFTER UPDATE ON {t} REFERENCING OLD TABLE AS was NEW TABLE AS fresh FOR EACH STATEMENT" + pgFires,
		"CREATE CONSTRAINT TRIGGER {n} AFTER INSERT ON {t} DEFERRABLE INITIALLY DEFERRED FOR EACH ROW" + pgFires,
		"CREATE CONSTRAINT TRIGGER {n} AFTER INSERT OR UPDATE ON {t} NOT DEFERRABLE FOR EACH ROW WHEN (NEW.{1} IS NOT NULL)" + pgFires,
		"CREATE TRIGGER {n} BEFORE TRUNCATE ON {t} FOR EACH STATEMENT" + pgFires,
	}},
	{prefix: "silent", stage: stageTrigger, table: "any", object: "TRIGGER {n} ON {t}", texts: []string{
		"CREATE TRIGGER {n} AFTER DELETE ON {t} FOR EACH ROW" + pgFires, "CREATE TRIGGER {n} AFTER DELETE ON {t} FOR EACH ROW" + pgFires + ";\nALTER TABLE {t} DISABLE TRIGGER {n}",
		"CREATE TRIGGER {n} AFTER DELETE ON {t} FOR EACH ROW" + pgFires + ";\nALTER TABLE {t} ENABLE REPLICA TRIGGER {n}", "CREATE TRIGGER {n} AFTER DELETE ON {t} FOR EACH ROW" + pgFires + ";\nALTER TABLE {t} ENABLE ALWAYS TRIGGER {n}",
	}},
	{prefix: "ruled", stage: stageTrigger, table: "any", object: "RULE {n} ON {t}", texts: []string{
		"CREATE RULE {n} AS ON DELETE TO {t} DO INSTEAD NOTHING", "CREATE RULE {n} AS ON DELETE TO {t} DO INSTEAD NOTHING;\nALTER TABLE {t} DISABLE RULE {n}",
		"CREATE RULE {n} AS ON INSERT TO {t} DO ALSO NOTIFY x;\nALTER TABLE {t} ENABLE REPLICA RULE {n}", "CREATE RULE {n} AS ON INSERT TO {t} DO ALSO (NOTIFY x; NOTIFY y)",
	}},
	{prefix: "allowed", stage: stageTrigger, table: "any", columns: []string{pgScalar}, object: "POLICY {n} ON {t}", texts: []string{
		"CREATE POLICY {n} ON {t} TO pg_monitor USING ({1} IS NOT NULL)", "CREATE POLICY {n} ON {t} FOR DELETE TO pg_monitor, pg_signal_backend USING (true)", "CREATE POLICY {n} ON {t} FOR UPDATE USING ({1} IS NULL)",
	}},
	{prefix: "guess", stage: stageTrigger, table: "any", columns: []string{"int num", pgScalar}, object: "STATISTICS {q}", texts: []string{
		"CREATE STATISTICS {q} ON {1}, {2} FROM {t};\nALTER STATISTICS {q} SET STATISTICS 50", "CREATE STATISTICS {q} (mcv) ON {1}, {2} FROM {t}",
	}, since: map[int][]string{14: {"CREATE STATISTICS {q} ON ({1} + 1) FROM {t}", "CREATE STATISTICS {q} (ndistinct) ON ({1} * 2), {2} FROM {t}"}}},

	// Views.
	{prefix: "checked", stage: stageView, table: "any", columns: []string{pgScalar, pgScalar}, class: "view", object: "VIEW {q}", texts: []string{
		"CREATE VIEW {q} AS SELECT {1} AS first, {2} AS second FROM {t} WHERE {1} IS NOT NULL WITH LOCAL CHECK OPTION", "CREATE VIEW {q} AS SELECT {1} AS first, {2} AS second FROM {t} WHERE {1} IS NOT NULL WITH CASCADED CHECK OPTION",
		"CREATE VIEW {q} WITH (security_barrier) AS SELECT {1} AS first, {2} AS second FROM {t}", "CREATE VIEW {q} AS SELECT {1} AS first, {2} AS second FROM {t};\nALTER VIEW {q} ALTER COLUMN second SET DEFAULT NULL",
	}, since: map[int][]string{15: {"CREATE VIEW {q} WITH (security_invoker) AS SELECT {1} AS first, {2} AS second FROM {t}"}}},
	{prefix: "instead", stage: stageView, table: "any", columns: []string{pgScalar}, texts: []string{
		"CREATE VIEW {q} AS SELECT {1} AS first FROM {t};\nCREATE TRIGGER {n} INSTEAD OF INSERT ON {q} FOR EACH ROW" + pgFires,
		"CREATE VIEW {q} AS SELECT {1} AS first FROM {t};\nCREATE RULE {n} AS ON INSERT TO {q} DO INSTEAD NOTHING", "CREATE VIEW {q} AS SELECT {1} AS first FROM {t}",
	}},
	{prefix: "counted", stage: stageView, table: "any", columns: []string{pgScalar}, class: "materialized view", object: "MATERIALIZED VIEW {q}", texts: []string{
		"CREATE MATERIALIZED VIEW {q} AS SELECT {1} AS first, count(*) AS second FROM {t} GROUP BY {1}", "CREATE MATERIALIZED VIEW {q} WITH (fillfactor=70) AS SELECT {1} AS first, count(*) AS second FROM {t} GROUP BY {1} HAVING count(*) > 1",
	}},
}

// odd plants one of them.
func (m *pgMaker) odd(fits func(oddment) bool) {
	m.plant(pick(m.r, slices.DeleteFunc(slices.Clone(pgOddments), func(o oddment) bool { return !fits(o) })...), ground{
		version: m.major,
		ident:   pgIdent,
		tables: func(kind string) []Piece {
			return slices.DeleteFunc(m.tables(), func(t Piece) bool { return kind != "any" && m.isPartitioned(t.ID) != (kind == "partitioned") })
		},
		written:   func(t Piece) string { return t.name },
		schema:    pgSchemaOf,
		qualified: m.qualified,
	})
}

// pgSchemaOf is the schema in a qualified name, quoted as it stands there.
func pgSchemaOf(t Piece) string {
	schema, _, _ := strings.Cut(t.name, `"."`)
	return schema + `"`
}
