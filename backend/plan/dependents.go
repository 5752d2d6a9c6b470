package plan

import (
	"slices"

	"database-structure-sync/backend/schema"
)

// ownDeps are an object's dependencies without those of its parts.
func ownDeps(o schema.Object) []schema.Key {
	if _, ok := o.(*schema.Table); !ok {
		return o.Deps()
	}
	var keys []schema.Key
	o.EachDep(func(k schema.Key) {
		if !slices.Contains(keys, k) {
			keys = append(keys, k)
		}
	})
	return keys
}

// dependents tells what depends on what in one structure. What lies between the parts of one table is looked up when it
// is asked for, since few tables change; the rest is indexed at the first question.
type dependents struct {
	db     *schema.Database
	others map[schema.Key][]schema.Object
}

// of are the objects and parts that depend on the key: those of its own table first, then the rest in the order of keys.
func (d *dependents) of(k schema.Key) []schema.Object {
	if d.others == nil {
		d.index()
	}
	out := d.siblings(k)
	return append(out, d.others[k]...)
}

func (d *dependents) siblings(k schema.Key) (out []schema.Object) {
	table := k
	if k.Kind.IsPart() {
		table, _ = k.TableOf()
	}
	t := d.db.Get(table)
	if t == nil {
		return nil
	}
	for _, p := range t.Parts() {
		if slices.Contains(p.Deps(), k) {
			out = append(out, p)
		}
	}
	return out
}

func (d *dependents) index() {
	d.others = map[schema.Key][]schema.Object{}
	for _, o := range d.db.Objects() {
		self := o.Key()
		eachPart(o, func(x schema.Object) {
			x.EachDep(func(k schema.Key) {
				if k == self || own(k, self) && k.Kind.IsPart() {
					return
				}
				if xs := d.others[k]; len(xs) == 0 || xs[len(xs)-1] != x {
					d.others[k] = append(xs, x)
				}
			})
		})
	}
}
