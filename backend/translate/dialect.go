package translate

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"database-structure-sync/backend/schema"
)

// dialect is one side's engine with what depends on its version.
type dialect struct {
	name         string // "postgres", "mysql", "sqlite", as in schema.Database
	flavor       string
	major, minor int
}

var versionNumbers = regexp.MustCompile(`(\d+)(?:\.(\d+))?`)

func dialectOf(db *schema.Database) dialect {
	d := dialect{name: db.Dialect, flavor: db.Flavor}
	if m := versionNumbers.FindStringSubmatch(db.Version); m != nil {
		d.major, _ = strconv.Atoi(m[1]) // digits, and of a version
		d.minor, _ = strconv.Atoi(m[2])
	}
	return d
}

func (d dialect) postgres() bool { return d.name == "postgres" }
func (d dialect) mysql() bool    { return d.name == "mysql" }
func (d dialect) mariadb() bool  { return d.flavor == "MariaDB" }
func (d dialect) sqlite() bool   { return d.name == "sqlite" }

func (d dialect) atLeast(major, minor int) bool {
	return d.major > major || d.major == major && d.minor >= minor
}

// comments tells that objects can have comments.
func (d dialect) comments() bool { return !d.sqlite() }

// read is the neutral type of a type in a model of the dialect.
func (d dialect) read(typ schema.Type, db *schema.Database) Type {
	switch {
	case d.postgres():
		return readPostgres(typ, db)
	case d.mysql():
		return readMySQL(typ.Text)
	}
	return readSQLite(typ.Text)
}

// write is a neutral type in the dialect's words.
func (d dialect) write(t Type) written {
	switch {
	case d.postgres():
		return writePostgres(t, d)
	case d.mysql():
		return writeMySQL(t, d)
	}
	return writeSQLite(t, d)
}

// spell is a type that a user wrote in the form that the dialect's reader gives it.
func (d dialect) spell(text string) string {
	switch {
	case d.postgres():
		return spellPostgres(text)
	case d.mysql():
		return spellMySQL(text)
	}
	return strings.ToUpper(strings.TrimSpace(text))
}

// The longest names: PostgreSQL counts bytes, MySQL characters.
const (
	postgresName = 63
	mysqlName    = 64
)

// fit is the name as the dialect can have it. It depends on nothing but the name, so that it is the same every time.
func (d dialect) fit(name string) string {
	switch {
	case d.postgres() && len(name) > postgresName:
		return shortened(name, func(s string) bool { return len(s) <= postgresName })
	case d.mysql():
		name = basicPlane(strings.TrimRight(name, " "))
		if utf8.RuneCountInString(name) > mysqlName {
			return shortened(name, func(s string) bool { return utf8.RuneCountInString(s) <= mysqlName })
		}
	}
	return name
}

// shortened keeps the beginning of a name and tells it from others that begin alike.
func shortened(name string, fits func(string) bool) string {
	sum := sha256.Sum256([]byte(name))
	suffix := "_" + hex.EncodeToString(sum[:4])
	runes := []rune(name)
	for len(runes) > 0 && !fits(string(runes)+suffix) {
		runes = runes[:len(runes)-1]
	}
	return string(runes) + suffix
}

// basicPlane writes characters that MySQL's names cannot have as their numbers.
func basicPlane(name string) string {
	var b strings.Builder
	for _, r := range name {
		if r > 0xFFFF {
			b.WriteString("u" + strconv.FormatInt(int64(r), 16))
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// foldsColumns tells that names of columns that differ in case only are one.
func (d dialect) foldsColumns() bool { return !d.postgres() }

// foldsTables tells that names of tables that differ in case only are one.
func (d dialect) foldsTables() bool { return d.sqlite() }
