package enginetest_test

import (
	"database-structure-sync/backend/engine/enginetest"
	"database-structure-sync/backend/schema"
)

// neverAlone says why a property cannot be all that differs in a table or another object.
var neverAlone = map[string]map[enginetest.Fact]string{
	"postgres": {
		{Kind: schema.KindColumn, Name: "inherited"}:     "no statement makes a column inherited that was the table's own: comparisons leave it out",
		{Kind: schema.KindCheck, Name: "inherited"}:      "as with columns",
		{Kind: schema.KindPrimaryKey, Name: "inherited"}: "as with columns",
		{Kind: schema.KindUnique, Name: "inherited"}:     "as with columns",
		{Kind: schema.KindForeignKey, Name: "inherited"}: "as with columns",
		{Kind: schema.KindPrimaryKey, Name: "parent"}:    "a partition's key gets a parent when the partitioned table gets its key",
		{Kind: schema.KindUnique, Name: "parent"}:        "as with primary keys",
		{Kind: schema.KindForeignKey, Name: "period"}:    "the key that it refers to is WITHOUT OVERLAPS with it, and is not without",
		{Kind: schema.KindExtension, Name: "definition"}: "it has the name, which is the key, and the schema, which is a property besides",
		{Kind: schema.KindExtension, Name: "schema"}:     "the definition says it as well",
		{Kind: schema.KindRoutine, Name: "routine"}:      "it is how the definition begins",
		{Kind: schema.KindSchema, Name: "definition"}:    "it has nothing but the name, which is the key",
	},
	"mysql": {
		{Kind: schema.KindColumn, Name: "charset"}: "every collation belongs to one character set, so both change",
		{Kind: schema.KindTable, Name: "charset"}:  "as with columns",
	},
	"sqlite": {
		{Kind: schema.KindCheck, Name: "name"}:                    "it is told only beside another check of the same name, which comes or goes with it",
		{Kind: schema.KindCheck, Name: "unnamed"}:                 "without a name it has another key",
		{Kind: schema.KindUnique, Name: "unnamed"}:                "as with checks",
		{Kind: schema.KindForeignKey, Name: "unnamed"}:            "as with checks",
		{Kind: schema.KindForeignKey, Name: "deferrable"}:         "only what is deferred from the start is ever deferred: the two come together",
		{Kind: schema.KindForeignKey, Name: "initially_deferred"}: "as with deferrable",
	},
}
