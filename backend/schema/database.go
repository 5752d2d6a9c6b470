package schema

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"sort"
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
	objects            map[Key]Object
}

// Put adds or replaces a top-level object.
func (d *Database) Put(o Object) {
	if d.objects == nil {
		d.objects = map[Key]Object{}
	}
	d.objects[o.Key()] = o
}

// Remove takes a top-level object away.
func (d *Database) Remove(k Key) { delete(d.objects, k) }

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
	out := make([]Object, 0, len(d.objects))
	for _, o := range d.objects {
		out = append(out, o)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Key().Less(out[j].Key()) })
	return out
}

// Clone is a copy that shares the objects, which are never changed in place.
func (d *Database) Clone() *Database {
	c := *d
	c.objects = make(map[Key]Object, len(d.objects))
	for k, o := range d.objects {
		c.objects[k] = o
	}
	c.Notices = append([]Notice(nil), d.Notices...)
	return &c
}

// Empty is a database of the same server and name without any object.
func (d *Database) Empty() *Database {
	c := *d
	c.objects, c.Notices = nil, nil
	return &c
}

// Fingerprint is a hash over every object, part, property and unmodelled fact, and the order of columns. Equal
// structures have equal fingerprints whatever their database's name or server version.
func (d *Database) Fingerprint() string {
	h := sha256.New()
	for _, o := range d.Objects() {
		fingerprint(h, o)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func fingerprint(w io.Writer, o Object) {
	_, _ = fmt.Fprintf(w, "%q\n", o.Key().String()) // a hash never fails to be written
	for _, p := range o.Props() {
		_, _ = fmt.Fprintf(w, "%q=%q\n", p.Name, p.Value)
	}
	for _, u := range o.Extra().Unmodelled {
		_, _ = fmt.Fprintf(w, "!%q\n", u)
	}
	for _, p := range o.Parts() {
		fingerprint(w, p)
	}
}
