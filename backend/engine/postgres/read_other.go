package postgres

// otherQueries look for what this program does not compare, so that it can say so. The first column is the catalog, the
// second the row's oid, to leave out what extensions bring.
func otherQueries(v version) []query {
	return []query{{"other objects", `
      SELECT 3466 AS class, oid, 'event triggers' AS kind, evtname::text AS name FROM pg_event_trigger WHERE oid >= 16384
UNION ALL SELECT 6104, oid, 'publications', pubname FROM pg_publication WHERE oid >= 16384
UNION ALL SELECT 6100, oid, 'subscriptions', subname FROM pg_subscription
                  WHERE oid >= 16384 AND subdbid = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
UNION ALL SELECT 2328, oid, 'foreign-data wrappers', fdwname FROM pg_foreign_data_wrapper WHERE oid >= 16384
UNION ALL SELECT 1417, oid, 'foreign servers', srvname FROM pg_foreign_server WHERE oid >= 16384
UNION ALL SELECT 1259, oid, 'foreign tables', oid::regclass::text FROM pg_class WHERE oid >= 16384 AND relkind = 'f'
UNION ALL SELECT 2617, oid, 'operators', oid::regoperator::text FROM pg_operator WHERE oid >= 16384
UNION ALL SELECT 2616, oid, 'operator classes', opcname FROM pg_opclass WHERE oid >= 16384
UNION ALL SELECT 2753, oid, 'operator families', opfname FROM pg_opfamily WHERE oid >= 16384
UNION ALL SELECT 2605, oid, 'casts', format_type(castsource, NULL) || ' AS ' || format_type(casttarget, NULL) FROM pg_cast WHERE oid >= 16384
UNION ALL SELECT 3602, oid, 'text search configurations', oid::regconfig::text FROM pg_ts_config WHERE oid >= 16384
UNION ALL SELECT 3600, oid, 'text search dictionaries', oid::regdictionary::text FROM pg_ts_dict WHERE oid >= 16384
UNION ALL SELECT 3601, oid, 'text search parsers', prsname FROM pg_ts_parser WHERE oid >= 16384
UNION ALL SELECT 3764, oid, 'text search templates', tmplname FROM pg_ts_template WHERE oid >= 16384
UNION ALL SELECT 2612, oid, 'languages', lanname FROM pg_language WHERE oid >= 16384
UNION ALL SELECT 2607, oid, 'conversions', conname FROM pg_conversion WHERE oid >= 16384
UNION ALL SELECT 3576, oid, 'transforms', format_type(trftype, NULL) FROM pg_transform WHERE oid >= 16384
UNION ALL SELECT 2601, oid, 'access methods', amname FROM pg_am WHERE oid >= 16384
UNION ALL SELECT 1247, t.oid, 'base types', format_type(t.oid, NULL) FROM pg_type t
                  WHERE t.oid >= 16384 AND t.typcategory <> 'A' AND (t.typtype = 'b' OR t.typtype = 'p' AND NOT t.typisdefined)
UNION ALL SELECT classoid, objoid, 'security labels', provider || ' on ' || objoid FROM pg_seclabel WHERE objoid >= 16384
UNION ALL SELECT 826, oid, 'default privileges', defaclrole::regrole::text FROM pg_default_acl WHERE oid >= 16384
 ORDER BY 3, 4`, func(r *reader, w row) error {
		if _, member := r.members[address{class: w.oid(0), oid: w.oid(1)}]; !member {
			kind := w.name(2)
			reason := kind + " are not compared"
			r.notices[reason] = append(r.notices[reason], w.text(3))
		}
		return nil
	}}, {"other objects", `
SELECT DISTINCT c.oid, n.nspname, c.relname FROM pg_inherits h JOIN pg_class c ON c.oid = h.inhrelid JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind = 'r' AND ` + v.since(14, "h.inhdetachpending", "false"), func(r *reader, w row) error {
		if base := r.base(classRelation, w.oid(0)); base != nil {
			base.Unmodelled = append(base.Unmodelled, "DETACH PARTITION … CONCURRENTLY is pending")
		}
		return nil
	}}}
}
