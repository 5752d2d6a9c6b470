package mysql

import (
	"strings"
	"testing"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/internal/testdb"
	"database-structure-sync/backend/schema"
)

const spaces = "CREATE TABLE `a b/ü` (a int) AUTOEXTEND_SIZE=4M; CREATE TABLE b (a int) TABLESPACE innodb_system; CREATE TABLE c (a int) TABLESPACE innodb_file_per_table;" +
	"CREATE TABLE d (a int COLUMN_FORMAT FIXED, b int STORAGE DISK); CREATE TABLE e (a int); CREATE TABLE f (a int) PARTITION BY HASH (a) PARTITIONS 2;"

func TestALargeDatabaseDiffersInNothingFromASmallOneOfTheSameStructure(t *testing.T) {
	eachServer(t, func(t *testing.T, s testdb.Server) {
		db := load(t, s, spaces)
		user := strings.ReplaceAll(db.Name, "test_", "u_")
		db.Exec(t, "CREATE USER "+user+"@'%' IDENTIFIED BY 'x-1'; GRANT ALL ON `"+db.Name+"`.* TO "+user+"@'%'")
		t.Cleanup(func() { _ = db.ExecContext(quiet(), "DROP USER "+user+"@'%'") })
		unprivileged := config(db)
		unprivileged.User, unprivileged.Password = user, "x-1"
		small := inspected(t, open(t, config(db)))
		bulk := func(privileged bool) *schema.Database {
			cfg := config(db)
			if !privileged {
				cfg = unprivileged
			}
			c := open(t, cfg)
			c.showAll = 0
			return inspected(t, c)
		}
		for _, privileged := range []bool{true, false} {
			large := bulk(privileged)
			if found := diff.Compare(small, large, diff.Options{}); !found.Equal() {
				t.Errorf("privileged %v: %v", privileged, found.Changes)
			}
			if found := diff.Compare(large, small, diff.Options{}); !found.Equal() {
				t.Errorf("the other way round, privileged %v: %v", privileged, found.Changes)
			}
			if told := large.Table("", "a b/ü").Attrs.Get(attrAutoextendSize) + large.Table("", "b").Attrs.Get(attrTablespace); (told == "4194304`innodb_system`") != privileged {
				t.Errorf("privileged %v: %q is told of tablespaces", privileged, told)
			}
		}
	}, testdb.MySQL)
}
