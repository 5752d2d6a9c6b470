package schema

// Home is the table or view that a top-level object stands under when people look at a list: that of a foreign key,
// trigger, rule, policy, statistics object or owned sequence. ok is false for what stands by itself.
func Home(o Object) (home Key, ok bool) {
	if s, is := o.(*Sequence); is {
		return s.OwnedBy.TableOf()
	}
	k := o.Key()
	table, ok := k.TableOf()
	if !ok {
		return Key{}, false
	}
	home = table
	o.EachDep(func(on Key) {
		switch on.Kind {
		case KindView, KindMaterializedView, KindVirtualTable: // a trigger or rule may sit on one
			if on.Schema == k.Schema && on.Name == k.Owner {
				home = on
			}
		}
	})
	return home, true
}
