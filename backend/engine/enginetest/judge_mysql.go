package enginetest

import (
	"regexp"
	"slices"
	"strings"
)

var (
	mysqlTable   = regexp.MustCompile(`(?ms)^CREATE TABLE .*?^\).*?;$`)
	mysqlCounter = regexp.MustCompile(`(?m)^(\).*? ENGINE=.*?) AUTO_INCREMENT=\d+`)
	// mysqlKeys are the lines of a table behind its columns, as SHOW CREATE TABLE writes them.
	mysqlKeys       = regexp.MustCompile("(?m)(?:^  (?:PRIMARY KEY|UNIQUE KEY|KEY|FULLTEXT KEY|SPATIAL KEY|CONSTRAINT|CHECK|PERIOD|FOREIGN KEY)[ (].*\n)+")
	mysqlEngine     = regexp.MustCompile(`(?m)^\).*? ENGINE=(\w+)`)
	mysqlAria       = regexp.MustCompile(` (?:PAGE_CHECKSUM=\d|TRANSACTIONAL=\d|/\* TRANSACTIONAL=\d \*/)`)
	mysqlNegative   = regexp.MustCompile(`-\((\d[\d.]*(?:e[-+]?\d+)?)\)`)
	mysqlIntroducer = regexp.MustCompile(`\b_(?:utf8mb[34]|latin1|ascii|binary)\\?'`)
	mysqlTrigger    = regexp.MustCompile(`(?mi)^(/\*!50003 CREATE\*/ .*?\*/ /\*!50003 )(TRIGGER .*? FOR EACH ROW)`)
)

var mysqlOwnFile = strings.NewReplacer("/*!50100 TABLESPACE `innodb_file_per_table` */ ", "", "TABLESPACE `innodb_file_per_table` ", "")

// canonicalMySQL brings a dump of MySQL or MariaDB into the form that Judge tells of.
func canonicalMySQL(dump, database string, counters bool) string {
	dump = strings.ReplaceAll(dump, "`"+database+"`.", "")
	dump = strings.ReplaceAll(dump, "`"+database+"`", "`database`")
	dump = mysqlTrigger.ReplaceAllStringFunc(dump, func(head string) string {
		m := mysqlTrigger.FindStringSubmatch(head)
		return m[1] + strings.ReplaceAll(m[2], "`", "")
	})
	return mysqlTable.ReplaceAllStringFunc(dump, func(table string) string {
		if !counters {
			table = mysqlCounter.ReplaceAllString(table, "$1")
		}
		table = mysqlNegative.ReplaceAllString(table, "-$1")
		table = mysqlIntroducer.ReplaceAllStringFunc(table, func(s string) string { return s[strings.IndexAny(s, `\'`):] })
		if !strings.Contains(table, "WITH SYSTEM VERSIONING") {
			table = strings.ReplaceAll(table, " WITHOUT SYSTEM VERSIONING", "")
		}
		table = mysqlOwnFile.Replace(table)
		engine := mysqlEngine.FindStringSubmatch(table)
		if engine != nil && engine[1] != "Aria" {
			table = mysqlAria.ReplaceAllString(table, "")
		}
		hash := engine != nil && (engine[1] == "MEMORY" || engine[1] == "HEAP")
		return mysqlKeys.ReplaceAllStringFunc(table, func(block string) string { return sortKeys(block, hash) })
	})
}

// sortKeys sorts the lines of keys and constraints; hash tells that USING BTREE is a choice, and USING HASH none.
func sortKeys(block string, hash bool) string {
	lines := strings.Split(strings.TrimSuffix(block, "\n"), "\n")
	for i, line := range lines {
		line = strings.TrimSuffix(line, ",")
		none := ") USING BTREE"
		if hash {
			none = ") USING HASH"
		}
		line = strings.Replace(line, none, ")", 1)
		lines[i] = line
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n") + "\n"
}
