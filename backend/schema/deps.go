package schema

// sortedDeps is what EachDep visits, as a list.
func sortedDeps(o Object) []Key {
	var keys []Key
	o.EachDep(func(k Key) { keys = append(keys, k) })
	return sortKeys(keys)
}

func visitKey(k Key, visit func(Key)) {
	if !k.IsZero() {
		visit(k)
	}
}

func visitKeys(keys []Key, visit func(Key)) {
	for _, k := range keys {
		visitKey(k, visit)
	}
}

// visitSchema visits the schema that an object lives in, if it lives in one.
func visitSchema(name string, visit func(Key)) {
	if name != "" {
		visit(Key{Kind: KindSchema, Name: name})
	}
}

func columnKey(schemaName, table, column string) Key {
	return Key{Kind: KindColumn, Schema: schemaName, Owner: table, Name: column}
}

func visitColumns(schemaName, table string, columns []string, visit func(Key)) {
	for _, c := range columns {
		visit(columnKey(schemaName, table, c))
	}
}
