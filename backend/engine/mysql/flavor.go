package mysql

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// flavor is which of the two servers answers and in which version. Code asks its predicates, each named after what the
// server can do.
type flavor struct {
	mariadb             bool
	major, minor, patch int
}

var versionNumber = regexp.MustCompile(`(\d+)\.(\d+)(?:\.(\d+))?`)

// parseFlavor reads the text of VERSION() and @@version_comment. MariaDB names itself in the first; some of its
// replicas and proxies put "5.5.5-" before it for the sake of old clients.
func parseFlavor(version, comment string) (flavor, error) {
	f := flavor{mariadb: strings.Contains(strings.ToLower(version+" "+comment), "mariadb")}
	m := versionNumber.FindStringSubmatch(strings.TrimPrefix(version, "5.5.5-"))
	if m == nil {
		return f, fmt.Errorf("no version number in %q", version)
	}
	for i, n := range []*int{&f.major, &f.minor, &f.patch} {
		if m[i+1] == "" {
			continue
		}
		var err error
		if *n, err = strconv.Atoi(m[i+1]); err != nil {
			return f, fmt.Errorf("version number in %q: %w", version, err)
		}
	}
	return f, nil
}

// name is the server's name as its makers write it.
func (f flavor) name() string {
	if f.mariadb {
		return "MariaDB"
	}
	return "MySQL"
}

// version is the number, "10.11.19".
func (f flavor) version() string { return fmt.Sprintf("%d.%d.%d", f.major, f.minor, f.patch) }

// atLeast compares with the version of the same server.
func (f flavor) atLeast(major, minor, patch int) bool {
	if f.major != major {
		return f.major > major
	}
	if f.minor != minor {
		return f.minor > minor
	}
	return f.patch >= patch
}

// mysqlAtLeast tells that the server is MySQL of at least that version.
func (f flavor) mysqlAtLeast(major, minor, patch int) bool {
	return !f.mariadb && f.atLeast(major, minor, patch)
}

// mariaAtLeast tells that the server is MariaDB of at least that version.
func (f flavor) mariaAtLeast(major, minor, patch int) bool {
	return f.mariadb && f.atLeast(major, minor, patch)
}

// supported tells whether this program knows the server well enough to change its structure.
func (f flavor) supported() bool {
	if f.mariadb {
		return f.atLeast(10, 5, 0) && f.major <= 12
	}
	return f.atLeast(8, 0, 0) && f.major <= 9
}

// checks: MySQL has CHECK constraints from 8.0.16.
func (f flavor) checks() bool { return f.mariadb || f.atLeast(8, 0, 16) }

// checkEnforcement: [NOT] ENFORCED on checks.
func (f flavor) checkEnforcement() bool { return f.mysqlAtLeast(8, 0, 16) }

// twoClocks: CURRENT_TIMESTAMP gives a TIMESTAMP and LOCALTIMESTAMP a DATETIME, so that the one tells the two passes of an
// hour apart when a summer time ends. Before, and in MySQL, they are the same.
func (f flavor) twoClocks() bool { return f.mariaAtLeast(11, 7, 0) }

// functionalParts: index parts that are expressions.
func (f flavor) functionalParts() bool { return f.mysqlAtLeast(8, 0, 13) }

// defaultExpressions: DEFAULT (expression). MariaDB has had them since 10.2.
func (f flavor) defaultExpressions() bool { return f.mariadb || f.atLeast(8, 0, 13) }

// invisibleColumns: MySQL from 8.0.23, MariaDB since 10.3.
func (f flavor) invisibleColumns() bool { return f.mariadb || f.atLeast(8, 0, 23) }

// hiddenIndexes: INVISIBLE (MySQL) or IGNORED (MariaDB 10.6) indexes.
func (f flavor) hiddenIndexes() bool { return !f.mariadb || f.atLeast(10, 6, 0) }

// descendingIndexes: DESC is more than a word that is parsed and dropped.
func (f flavor) descendingIndexes() bool { return !f.mariadb || f.atLeast(10, 8, 0) }

// sequences: CREATE SEQUENCE.
func (f flavor) sequences() bool { return f.mariadb }

// sequenceTypes: CREATE SEQUENCE … AS type.
func (f flavor) sequenceTypes() bool { return f.mariaAtLeast(11, 5, 0) }

// vectors: the type VECTOR.
func (f flavor) vectors() bool { return f.mysqlAtLeast(9, 0, 0) || f.mariaAtLeast(11, 7, 0) }

// systemVersioning: WITH SYSTEM VERSIONING.
func (f flavor) systemVersioning() bool { return f.mariadb }

// engineAttributes: ENGINE_ATTRIBUTE and SECONDARY_ENGINE_ATTRIBUTE.
func (f flavor) engineAttributes() bool { return f.mysqlAtLeast(8, 0, 21) }

// generatedInvisiblePK: tables may have a generated invisible primary key, my_row_id.
func (f flavor) generatedInvisiblePK() bool { return f.mysqlAtLeast(8, 0, 30) }

// utf8mb3Collations: the collations of utf8mb3 are called utf8mb3_…; before, utf8_….
func (f flavor) utf8mb3Collations() bool {
	return f.mysqlAtLeast(8, 0, 30) || f.mariaAtLeast(10, 6, 0)
}

// jsonType: JSON is a type of its own; on MariaDB it is longtext with a check.
func (f flavor) jsonType() bool { return !f.mariadb }
