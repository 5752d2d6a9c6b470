package schema

import "strings"

// Kind names a sort of object, in the words of ISO SQL and the servers' manuals.
type Kind string

// The kinds of objects. Columns, constraints and indexes are parts of their table; everything else stands by itself.
// Foreign keys, triggers, rules and policies stand by themselves although they belong to a table: that removes the
// cycles between tables. The rows of a virtual table (SQLite) are what a module says.
const (
	KindSchema           Kind = "schema"
	KindExtension        Kind = "extension"
	KindCollation        Kind = "collation"
	KindEnum             Kind = "enum"
	KindDomain           Kind = "domain"
	KindComposite        Kind = "composite"
	KindRange            Kind = "range"
	KindSequence         Kind = "sequence"
	KindTable            Kind = "table"
	KindVirtualTable     Kind = "virtual_table"
	KindColumn           Kind = "column"
	KindPrimaryKey       Kind = "primary_key"
	KindUnique           Kind = "unique"
	KindCheck            Kind = "check"
	KindExclusion        Kind = "exclusion"
	KindIndex            Kind = "index"
	KindForeignKey       Kind = "foreign_key"
	KindStatistics       Kind = "statistics"
	KindRoutine          Kind = "routine"
	KindView             Kind = "view"
	KindMaterializedView Kind = "materialized_view"
	KindTrigger          Kind = "trigger"
	KindRule             Kind = "rule"
	KindPolicy           Kind = "policy"
	KindEvent            Kind = "event"
)

// Key identifies an object within one database. It is comparable and serves as a map key everywhere.
//
// Schema is empty for engines without schemas inside a database (MySQL, MariaDB, SQLite) and for objects outside every
// schema (a schema itself, an extension). Owner is the table that a part, foreign key, trigger, rule or policy belongs
// to, else empty. A routine's Name carries its identity arguments, "f(integer, text)", where the engine overloads.
type Key struct {
	Kind                Kind
	Schema, Owner, Name string
}

// String is the key's stable text form, unique per object: kind:schema.owner.name with empty elements left out and the
// characters that would make it ambiguous escaped with a backslash. It is the id by which users tick changes.
func (k Key) String() string {
	var b strings.Builder
	b.WriteString(string(k.Kind))
	b.WriteByte(':')
	first := true
	for _, s := range []string{k.Schema, k.Owner, k.Name} {
		if s == "" {
			continue
		}
		if !first {
			b.WriteByte('.')
		}
		first = false
		b.WriteString(keyEscaper.Replace(s))
	}
	return b.String()
}

var keyEscaper = strings.NewReplacer(`\`, `\\`, `.`, `\.`)

// Less orders keys by schema, owner, name and kind: the order in which a person expects a list.
func (k Key) Less(o Key) bool { return k.Compare(o) < 0 }

// Compare is the order of Less for sorting: negative when k comes first, 0 when the keys are equal.
func (k Key) Compare(o Key) int {
	switch { // strings are found equal quicker than they are ordered
	case k.Schema != o.Schema:
		return strings.Compare(k.Schema, o.Schema)
	case k.Owner != o.Owner:
		return strings.Compare(k.Owner, o.Owner)
	case k.Name != o.Name:
		return strings.Compare(k.Name, o.Name)
	}
	return strings.Compare(string(k.Kind), string(o.Kind))
}

// IsZero tells that the key names nothing.
func (k Key) IsZero() bool { return k == Key{} }

// TableOf is the key of the table that k belongs to; ok is false when k is not a part or belonging of a table.
func (k Key) TableOf() (table Key, ok bool) {
	if k.Owner == "" {
		return Key{}, false
	}
	return Key{Kind: KindTable, Schema: k.Schema, Name: k.Owner}, true
}

// IsPart tells whether objects of this kind live inside their table rather than beside it.
func (k Kind) IsPart() bool {
	switch k {
	case KindColumn, KindPrimaryKey, KindUnique, KindCheck, KindExclusion, KindIndex:
		return true
	}
	return false
}
