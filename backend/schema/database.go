package schema

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"maps"
	"slices"
	"sync/atomic"
)

// Notice is something that the reader could not read, in words for the user: what and why.
type Notice struct {
	Key    Key // zero when it concerns the database as a whole
	Reason string
}

// Database is the structure of one database as the user may see it.
type Database struct {
	Dialect string // "postgres", "mysql", …
	Flavor  string // "PostgreSQL", "MySQL", "MariaDB"
	Version string // as the server says it, "17.6"
	Name    string
	// Charset and Collation are the database's defaults, where new tables take theirs from.
	Charset, Collation string
	Notices            []Notice
	// Unseen are the names of properties that reading left out, of whatever object: where one side of a comparison has
	// them, they are left out on the other.
	Unseen  []string
	objects map[Key]Object
	// What follows from the objects; nil until somebody asks for it.
	sorted      atomic.Pointer[[]Object]
	fingerprint atomic.Pointer[string]
}

// Put adds or replaces a top-level object.
func (d *Database) Put(o Object) {
	if d.objects == nil {
		d.objects = map[Key]Object{}
	}
	d.objects[o.Key()] = o
	d.changed()
}

// Remove takes a top-level object away.
func (d *Database) Remove(k Key) {
	delete(d.objects, k)
	d.changed()
}

// changed forgets what followed from the objects.
func (d *Database) changed() {
	d.sorted.Store(nil)
	d.fingerprint.Store(nil)
}

// Get is the top-level object of that key, nil when there is none.
func (d *Database) Get(k Key) Object {
	if o, ok := d.objects[k]; ok {
		return o
	}
	return nil
}

// Table is the table of that name, nil when there is none.
func (d *Database) Table(schema, name string) *Table {
	t, _ := d.objects[Key{Kind: KindTable, Schema: schema, Name: name}].(*Table)
	return t
}

// Find is the object or part of that key, nil when there is none.
func (d *Database) Find(k Key) Object {
	if o := d.Get(k); o != nil {
		return o
	}
	table, ok := k.TableOf()
	if !ok || !k.Kind.IsPart() {
		return nil
	}
	if t, ok := d.objects[table].(*Table); ok {
		return t.part(k)
	}
	return nil
}

// Len is the number of top-level objects.
func (d *Database) Len() int { return len(d.objects) }

// Objects are all top-level objects sorted by key.
func (d *Database) Objects() []Object {
	if sorted := d.sorted.Load(); sorted != nil {
		return slices.Clone(*sorted)
	}
	type entry struct {
		key    Key
		object Object
	}
	entries := make([]entry, 0, len(d.objects))
	for k, o := range d.objects {
		entries = append(entries, entry{k, o})
	}
	slices.SortFunc(entries, func(a, b entry) int { return a.key.Compare(b.key) })
	out := make([]Object, len(entries))
	for i, e := range entries {
		out[i] = e.object
	}
	d.sorted.Store(&out)
	return slices.Clone(out)
}

// Clone is a copy that shares the objects, which are never changed in place.
func (d *Database) Clone() *Database {
	c := d.Empty()
	c.objects = maps.Clone(d.objects)
	c.sorted.Store(d.sorted.Load())
	c.Notices = slices.Clone(d.Notices)
	return c
}

// Empty is a database of the same server and name without any object.
func (d *Database) Empty() *Database {
	return &Database{
		Dialect: d.Dialect, Flavor: d.Flavor, Version: d.Version, Name: d.Name, Charset: d.Charset, Collation: d.Collation,
		Unseen: d.Unseen,
	}
}

// Fingerprint is a hash over every object, part, property and unmodelled fact, and the order of columns. Equal
// structures have equal fingerprints whatever their database's name or server version.
func (d *Database) Fingerprint() string {
	if known := d.fingerprint.Load(); known != nil {
		return *known
	}
	h := sha256.New()
	var w factWriter
	w.visit = w.prop
	for _, o := range d.Objects() {
		w.text = w.text[:0]
		w.object(o)
		h.Write(w.text)
	}
	sum := hex.EncodeToString(h.Sum(nil))
	d.fingerprint.Store(&sum)
	return sum
}

// factWriter writes objects so that no two structures are written alike: texts come with their lengths, lists with an end.
type factWriter struct {
	text  []byte
	visit func(Prop) // prop, bound once
}

func (w *factWriter) object(o Object) {
	k := o.Key()
	for _, s := range [...]string{string(k.Kind), k.Schema, k.Owner, k.Name} {
		w.string(s)
	}
	o.eachProp(w.visit)
	w.end()
	for _, u := range o.Extra().Unmodelled {
		w.item()
		w.string(u)
	}
	w.end()
	for _, p := range o.Parts() {
		w.item()
		w.object(p)
	}
	w.end()
}

func (w *factWriter) prop(p Prop) {
	w.item()
	w.string(p.Name)
	w.string(p.Value)
}

func (w *factWriter) item() { w.text = append(w.text, 1) }
func (w *factWriter) end()  { w.text = append(w.text, 0) }

func (w *factWriter) string(s string) {
	w.text = append(binary.AppendUvarint(w.text, uint64(len(s))), s...)
}
