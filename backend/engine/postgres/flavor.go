package postgres

import (
	"strconv"

	"database-structure-sync/backend/schema"
)

// The majors that this engine was made for. Older servers lack catalog columns that the reader asks for; newer ones may
// have facts that it would pass over.
const oldestMajor, newestMajor = 12, 18

// version is a server's version as server_version_num has it, 170006 for 17.6.
type version int

func (v version) major() int { return int(v) / 10000 }

// atLeast tells whether the server is of this major version or a later one.
func (v version) atLeast(major int) bool { return v.major() >= major }

func (v version) supported() bool { return v.major() >= oldestMajor && v.major() <= newestMajor }

// String is the version as people write it, "17.6".
func (v version) String() string {
	return strconv.Itoa(v.major()) + "." + strconv.Itoa(int(v)%10000)
}

// since is text for servers of this major version or a later one, and otherwise for older ones: catalogs grow columns.
func (v version) since(major int, text, otherwise string) string {
	if v.atLeast(major) {
		return text
	}
	return otherwise
}

// Knows tells whether servers of this version have properties of the class and a way to change them (compare asks).
func (d *dialect) Knows(class schema.Class) bool {
	switch class {
	case schema.ClassNotNullName:
		return d.v.atLeast(18)
	case schema.ClassInheritance:
		return false // INHERIT leaves a column that was there before the child's own, for good
	}
	return true
}
