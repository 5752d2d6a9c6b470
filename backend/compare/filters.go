package compare

import (
	"path"

	"database-structure-sync/backend/internal/fault"
	"database-structure-sync/backend/schema"
)

// requireSchemas refuses a schema that was asked for and exists on neither side: most likely it is misspelt, and two
// empty databases would be called equal.
func requireSchemas(ofSource, ofTarget []string, source, target *schema.Database) error {
	for _, names := range [][]string{ofSource, ofTarget} {
		for _, name := range names {
			key := schema.Key{Kind: schema.KindSchema, Name: name}
			if source.Get(key) == nil && target.Get(key) == nil {
				return fault.New(fault.BadInput, "there is no schema %q in the source or in the target", name)
			}
		}
	}
	return nil
}

// requireMatches refuses a glob that chooses nothing on either side, for the same reason.
func requireMatches(globs []string, sides ...*schema.Database) error {
	for _, glob := range globs {
		if !matchesSomething(glob, sides) {
			return fault.New(fault.BadInput, "%q matches no table or view in the source or in the target", glob)
		}
	}
	return nil
}

func matchesSomething(glob string, sides []*schema.Database) bool {
	for _, db := range sides {
		for _, o := range db.Objects() {
			k := o.Key()
			switch k.Kind {
			case schema.KindTable, schema.KindVirtualTable, schema.KindView, schema.KindMaterializedView:
			default:
				continue
			}
			if ok, _ := path.Match(glob, k.Name); ok {
				return true
			}
			if ok, _ := path.Match(glob, k.Schema+"."+k.Name); ok {
				return true
			}
		}
	}
	return false
}
