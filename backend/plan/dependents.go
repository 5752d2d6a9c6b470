package plan

import (
	"hash/maphash"
	"runtime"
	"slices"
	"sync"

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
// is asked for, since few tables change; the rest is indexed at the first question. There is an entry for every
// dependency of the whole database and a question about few of them, so entries are small and quick to make: of the keys
// only hashes are kept, and a question compares the keys themselves.
type dependents struct {
	db     *schema.Database
	seed   maphash.Seed
	shares []share // of the database's objects, in their order, one for each processor; nil before the first question
}

// share is the index of some of the objects.
type share struct {
	entries []dependent
	last    map[uint64]int32 // hash → index in entries of the last one of that hash
}

// dependent is an object or part that depends on some key of a hash.
type dependent struct {
	object   schema.Object
	previous int32 // with the same hash; -1 for none
}

// of are the objects and parts that depend on the key: those of its own table first, then the rest in the order of keys.
func (d *dependents) of(k schema.Key) []schema.Object {
	if d.shares == nil {
		d.index()
	}
	return append(d.siblings(k), d.others(k)...)
}

// others are the dependents outside the key's own table.
func (d *dependents) others(k schema.Key) (out []schema.Object) {
	hash := d.hash(k)
	for _, s := range slices.Backward(d.shares) {
		at, ok := s.last[hash]
		for ; ok && at >= 0; at = s.entries[at].previous {
			x := s.entries[at].object
			if len(out) > 0 && out[len(out)-1] == x {
				continue
			}
			depends := false
			x.EachDep(func(on schema.Key) { depends = depends || on == k })
			if depends {
				out = append(out, x)
			}
		}
	}
	slices.Reverse(out)
	return out
}

func (d *dependents) hash(k schema.Key) uint64 {
	return maphash.String(d.seed, k.Name) ^ 31*maphash.String(d.seed, k.Owner) ^ 37*maphash.String(d.seed, k.Schema)
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
	d.seed = maphash.MakeSeed()
	objects := d.db.Objects()
	of := slices.Collect(slices.Chunk(objects, len(objects)/runtime.GOMAXPROCS(0)+1))
	d.shares = make([]share, len(of))
	var running sync.WaitGroup
	for i := range of {
		running.Go(func() { d.shares[i] = d.share(of[i]) })
	}
	running.Wait()
}

func (d *dependents) share(objects []schema.Object) share {
	s := share{make([]dependent, 0, 8*len(objects)), make(map[uint64]int32, 4*len(objects))}
	var self schema.Key
	var x schema.Object
	note := func(k schema.Key) {
		if k == self || k.Kind.IsPart() && own(k, self) {
			return
		}
		h := d.hash(k)
		previous, ok := s.last[h]
		if !ok {
			previous = -1
		}
		s.last[h] = int32(len(s.entries))
		s.entries = append(s.entries, dependent{x, previous})
	}
	for _, o := range objects {
		self = o.Key()
		eachPart(o, func(part schema.Object) {
			x = part
			x.EachDep(note)
		})
	}
	return s
}
