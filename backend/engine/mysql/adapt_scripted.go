package mysql

import (
	"slices"
	"strings"

	"database-structure-sync/backend/schema"
)

// renamedFunctions are those that only differ in their names: MySQL's name, then MariaDB's.
var renamedFunctions = [][2]string{{"json_pretty", "json_detailed"}, {"string_to_vector", "vec_fromtext"}, {"vector_to_string", "vec_totext"}}

// missingFunctions are those that each server lacks of the other's.
var (
	missingInMariaDB = wordSet("any_value bin_to_uuid distance from_vector grouping gtid_subset gtid_subtract icu_version is_uuid json_duality_object " +
		"json_schema_validation_report json_storage_free json_storage_size mbrcoveredby mbrcovers ps_current_thread_id ps_thread_id regexp_like " +
		"roles_graphml st_buffer_strategy st_frechetdistance st_geohash st_hausdorffdistance st_isvalid st_latfromgeohash st_latitude " +
		"st_lineinterpolatepoint st_longfromgeohash st_longitude st_makeenvelope st_pointatdistance st_pointfromgeohash st_simplify st_swapxy st_transform " +
		"st_validate statement_digest statement_digest_text to_vector uuid_to_bin validate_password_strength vector_dim")
	missingInOldMariaDB = wordSet("format_bytes format_pico_time json_array_intersect json_key_value json_object_filter_keys json_object_to_array json_schema_valid " +
		"kdf uuid_v4 uuid_v7 vec_distance vec_distance_cosine vec_distance_euclidean vec_fromtext vec_totext")
	missingInMySQL = wordSet("add_months binlog_gtid_pos chr column_check column_exists column_json column_list crc32c decode decode_histogram decode_oracle " +
		"des_decrypt des_encrypt encode encrypt json_array_intersect json_compact json_equals json_exists json_key_value json_loose json_normalize " +
		"json_object_filter_keys json_object_to_array json_query kdf lastval lengthb master_gtid_wait median natural_sort_key nextval nvl nvl2 old_password " +
		"percentile_cont percentile_disc setval sformat sys_guid to_char uuid_v4 uuid_v7 vec_distance vec_distance_cosine vec_distance_euclidean")
	missingInNewMySQL = wordSet("md5 sha sha1")
)

// hasFunction tells whether the server has a function that at least one version of the two has.
func (f flavor) hasFunction(name string) bool {
	switch {
	case f.mariadb:
		return !missingInMariaDB[name] && (f.atLeast(11, 7, 0) || !missingInOldMariaDB[name])
	case f.atLeast(9, 6, 0) && missingInNewMySQL[name]:
		return false
	}
	return !missingInMySQL[name]
}

// rewrite writes an expression or statement so that the target's server understands it, as far as the two say the same
// in different words. lacking is a function that it uses and the server does not have.
func (a *adapter) rewrite(sql string) (text, lacking string) {
	tokens, err := tokenize(sql)
	if err != nil {
		return sql, ""
	}
	w := &rewriter{a: a, sql: sql, tokens: tokens}
	for i, t := range tokens {
		if t.kind != tokWord {
			continue
		}
		name := strings.ToLower(t.text)
		switch {
		case i+1 < len(tokens) && tokens[i+1].punct("(") && !tokens[i+1].spaced && (i == 0 || !tokens[i-1].punct(".")):
			w.call(i, name)
		case strings.Contains(name, "_") && i > 0 && (tokens[i-1].is("COLLATE") || tokens[i-1].punct("=")) && !a.d.f.hasCollation(name):
			here, _ := a.d.f.collationHere(name)
			w.replace(i, i+1, here)
		}
	}
	return w.text(), w.lacking
}

// rewriter replaces tokens in a text of which all else stays as it is.
type rewriter struct {
	a       *adapter
	sql     string
	tokens  []token
	edits   []edit
	lacking string
}

type edit struct {
	from, to int // bytes
	text     string
}

func (w *rewriter) end(i int) int { return w.tokens[i].at + len(w.tokens[i].text) }

func (w *rewriter) replace(from, to int, text string) {
	w.edits = append(w.edits, edit{w.tokens[from].at, w.end(to - 1), text})
}

func (w *rewriter) call(i int, name string) {
	mariadb := w.a.d.f.mariadb
	for _, names := range renamedFunctions {
		was, is := names[0], names[1]
		if !mariadb {
			was, is = is, was
		}
		if name == was {
			w.replace(i, i+1, is)
			name = is
		}
	}
	if name == "regexp_like" && mariadb && w.regexp(i) || w.a.d.f.hasFunction(name) {
		return
	}
	w.lacking = name
}

// regexp writes REGEXP_LIKE of two arguments as the operator.
func (w *rewriter) regexp(i int) bool {
	depth, comma := 0, 0
	for j := i + 1; j < len(w.tokens); j++ {
		switch t := w.tokens[j]; {
		case t.punct("("):
			depth++
		case t.punct(",") && depth == 1:
			if comma > 0 {
				return false
			}
			comma = j
		case t.punct(")"):
			if depth--; depth > 0 {
				continue
			}
			if comma == 0 {
				return false
			}
			w.replace(i, i+1, "")
			w.replace(comma, comma+1, " regexp ")
			return true
		}
	}
	return false
}

func (w *rewriter) text() string {
	slices.SortFunc(w.edits, func(x, y edit) int { return x.from - y.from })
	var b strings.Builder
	at := 0
	for _, e := range w.edits {
		b.WriteString(w.sql[at:e.from] + e.text)
		at = e.to
	}
	b.WriteString(w.sql[at:])
	return b.String()
}

// scripted adapts a view, routine, trigger or event; nil when the target cannot have it.
func (a *adapter) scripted(s *schema.Scripted) *schema.Scripted {
	if !a.d.f.mariadb {
		for _, only := range []string{"CREATE PACKAGE", "CREATE AGGREGATE"} {
			if strings.HasPrefix(strings.ToUpper(s.Definition), only) {
				a.omitted(s.Key(), only)
				return nil
			}
		}
	}
	if s.Kind == schema.KindTrigger && a.adaptedTable(s.Owner) == nil {
		return s
	}
	c := *s
	other, _ := a.target.Get(s.Key()).(*schema.Scripted)
	if mode := s.Attrs.Get(attrSQLMode); strings.Contains(mode, "ORACLE") && !a.d.f.mariadb {
		a.omitted(s.Key(), "the sql_mode ORACLE")
		return nil
	}
	a.sqlMode(&c, other)
	if other != nil && sameMeaning(s.Definition, other.Definition) {
		c.Definition = other.Definition
		return &c
	}
	text, lacking := a.rewrite(s.Definition)
	if lacking != "" && s.Kind == schema.KindView {
		a.omitted(s.Key(), function(lacking))
		return nil
	}
	if c.Definition = text; other != nil {
		c.Definition = respell(text, other.Definition)
	}
	return &c
}

// What the servers' sql_mode is when nobody sets it.
const (
	mysqlDefaultMode   = "ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION"
	mariadbDefaultMode = "STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION"
)

// onlyModes are modes of one of the servers.
var (
	onlyMySQLModes   = wordSet("TIME_TRUNCATE_FRACTIONAL")
	onlyMariaDBModes = wordSet("NO_AUTO_CREATE_USER IGNORE_BAD_TABLE_OPTIONS EMPTY_STRING_IS_NULL SIMULTANEOUS_ASSIGNMENT TIME_ROUND_FRACTIONAL " +
		"NO_KEY_OPTIONS NO_TABLE_OPTIONS NO_FIELD_OPTIONS MSSQL DB2 MAXDB POSTGRESQL MYSQL323 MYSQL40")
)

// sqlMode adapts the mode that an object was written in: each server's own default stands for the other's.
func (a *adapter) sqlMode(s, other *schema.Scripted) {
	if a.from.mariadb == a.d.f.mariadb {
		return
	}
	fromDefault, hereDefault, foreign := mysqlDefaultMode, mariadbDefaultMode, onlyMySQLModes
	if a.from.mariadb {
		fromDefault, hereDefault, foreign = mariadbDefaultMode, mysqlDefaultMode, onlyMariaDBModes
	}
	mode := s.Attrs.Get(attrSQLMode)
	switch {
	case mode == "":
		return
	case sameModes(mode, fromDefault):
		mode = hereDefault
	default:
		mode = withoutModes(mode, foreign)
	}
	if other != nil {
		if own := other.Attrs.Get(attrSQLMode); sameModes(own, mode) || sameModes(withoutModes(own, onlyMariaDBModes), mode) {
			mode = own
		}
	}
	s.Attrs.Set(attrSQLMode, mode, schema.ClassStructure)
}

func sameModes(a, b string) bool {
	x, y := strings.Split(a, ","), strings.Split(b, ",")
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}

func withoutModes(modes string, drop map[string]bool) string {
	var kept []string
	for _, m := range strings.Split(modes, ",") {
		if !drop[m] {
			kept = append(kept, m)
		}
	}
	if len(kept) == 0 {
		return ","
	}
	return strings.Join(kept, ",")
}
