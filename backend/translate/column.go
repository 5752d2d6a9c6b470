package translate

import (
	"cmp"
	"strconv"
	"strings"

	"database-structure-sync/backend/schema"
)

func decimal(n int) string { return strconv.Itoa(n) }

// column translates a column; nil when the target cannot have it.
func (tr *translation) column(src, table *schema.Table, c *schema.Column) *schema.Column {
	name := tr.columns[src.Key()][c.Name]
	dst := &schema.Column{Schema: table.Schema, Table: table.Name, Name: name, NotNull: c.NotNull}
	at := dst.Key()
	typ := tr.from.read(c.Type, tr.source)
	soft := softness{source: c}
	tr.domain(c, dst, at)
	if inPrimaryKey(src, c.Name) { // which not every engine tells
		dst.NotNull = true
	}
	if t := tr.target.Table(dst.Schema, dst.Table); t != nil {
		typ = tr.enumOf(src, c, t.Column(dst.Name), typ)
		soft.enum = typ.Class == Enum
	}
	if ok := tr.columnType(src, c, dst, &typ, &soft); !ok {
		tr.standsAsIs(table, dst, c.Key())
		return nil
	}
	if c.GeneratedKind != "" {
		if !tr.generated(src, c, dst) {
			tr.standsAsIs(table, dst, c.Key())
			return nil
		}
		tr.soft[at] = soft
		return tr.columnRest(c, dst)
	}
	if counts := counterOf(src, c, tr.from, tr.source); counts.on {
		tr.counter(src, table, c, dst, typ, counts)
		soft.counter = counts.perhaps
	} else {
		tr.fallback(src, c, dst, typ)
	}
	tr.soft[at] = soft
	return tr.columnRest(c, dst)
}

// standsAsIs keeps what the target has under the name of a column that could not be translated.
func (tr *translation) standsAsIs(table *schema.Table, c *schema.Column, source schema.Key) {
	tr.missing[source] = true
	if t := tr.target.Table(c.Schema, c.Table); t != nil {
		if there := t.Column(c.Name); there != nil {
			table.Columns = append(table.Columns, there)
		}
	}
}

// columnRest takes over what has nothing to do with the type.
func (tr *translation) columnRest(c *schema.Column, dst *schema.Column) *schema.Column {
	if tr.to.comments() {
		dst.Comment = c.Comment
	}
	at := dst.Key()
	if c.Invisible {
		tr.about(at, c.Key(), Note{Code: InvisibleLost, Severity: Info})
	}
	dst.OnUpdate = tr.onUpdate(c, dst)
	for _, u := range c.Unmodelled {
		tr.about(at, c.Key(), Note{Code: Unmodelled, Severity: Blocked, Args: []string{u}})
	}
	return dst
}

func inPrimaryKey(t *schema.Table, column string) bool {
	pk := t.PrimaryKey()
	if pk == nil {
		return false
	}
	for _, p := range pk.Columns {
		if p.Column == column {
			return true
		}
	}
	return false
}

// columnType finds the column's type in the target; ok is false when there is none.
func (tr *translation) columnType(src *schema.Table, c, dst *schema.Column, typ *Type, soft *softness) (ok bool) {
	at := dst.Key()
	if to := tr.rules.of(c, tr.from); to != "" {
		dst.Type.Text = tr.to.spell(to)
		soft.ruled = true
		*typ = tr.to.read(dst.Type, tr.target)
		tr.about(at, c.Key(), Note{Code: TypeByRule, Severity: Info, Args: []string{c.Type.Text, dst.Type.Text}})
		tr.collate(dst, *typ, "")
		return true
	}
	t := tr.keyedType(c, *typ, at)
	w := tr.to.write(t)
	for _, n := range w.notes {
		if n.Code == NoSuchType {
			n.Args = []string{c.Type.Text}
		} else if len(n.Args) == 0 {
			n.Args = []string{c.Type.Text, w.text}
		}
		tr.about(at, c.Key(), n)
	}
	if w.blocked {
		return false
	}
	dst.Type.Text = w.text
	if tr.to.sqlite() {
		if t := tr.target.Table(dst.Schema, dst.Table); t != nil && t.Attrs.Get("strict") != "" {
			dst.Type.Text = strictType(*typ)
		}
	}
	if tr.to.postgres() {
		tr.enumType(c, dst, t)
	}
	*typ = t
	tr.collate(dst, t, w.charset)
	return true
}

// keyedType gives a text in a key the length that MySQL wants there.
func (tr *translation) keyedType(c *schema.Column, t Type, at schema.Key) Type {
	if !tr.to.mysql() || !t.lengthy() && t.Class != Any && t.Class != XML || !tr.keyed[c.Key()] {
		return t
	}
	tr.about(at, c.Key(), Note{Code: KeyedText, Severity: Lossy, Args: []string{"255"}, Alternatives: []string{"varchar(768)"}})
	if t.Class == Blob {
		return Type{Class: Varbinary, Length: 255}
	}
	return Type{Class: Varchar, Length: 255}
}

// collate gives the column of MySQL the character set and collation that it will have.
func (tr *translation) collate(dst *schema.Column, t Type, charset string) {
	if !tr.to.mysql() || !mysqlText(dst.Type.Text) {
		return
	}
	_ = t
	dst.Charset, dst.Collation = cmp.Or(tr.target.Charset, "utf8mb4"), cmp.Or(tr.target.Collation, "utf8mb4_general_ci")
	if charset != "" {
		dst.Charset, dst.Collation = charset, charset+"_general_ci"
	}
}

// mysqlText tells that a type of MySQL has a character set.
func mysqlText(text string) bool {
	name, _, _ := typeWords(text)
	switch name {
	case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set":
		return true
	}
	return false
}

// fallback translates the default.
func (tr *translation) fallback(src *schema.Table, c, dst *schema.Column, typ Type) {
	v := tr.from.value(c)
	sql, ok := tr.to.writeValue(v, typ, dst.Type.Text)
	if ok {
		dst.Default = sql
		return
	}
	if v.kind == exprValue {
		if sql, ok = tr.defaultExpression(src, c, dst); ok {
			dst.Default = sql
			return
		}
	}
	tr.about(dst.Key(), c.Key(), Note{Code: DefaultBlocked, Severity: Blocked, Args: []string{c.Default}})
	if t := tr.target.Table(dst.Schema, dst.Table); t != nil {
		if there := t.Column(dst.Name); there != nil && there.Identity == nil && !there.AutoIncrement {
			dst.Default = there.Default
		}
	}
}

// domain unfolds a column of a domain: the base type is read anyway.
func (tr *translation) domain(c, dst *schema.Column, at schema.Key) {
	d, ok := tr.source.Get(c.Type.User).(*schema.Domain)
	if !ok || strings.HasSuffix(c.Type.Text, "[]") {
		return
	}
	dst.NotNull = dst.NotNull || d.NotNull
	tr.about(at, c.Key(), Note{Code: DomainUnfolded, Severity: Info, Args: []string{c.Type.Text}})
}

// enumType makes or finds the type of PostgreSQL that has an enum's labels.
func (tr *translation) enumType(c, dst *schema.Column, t Type) {
	array := ""
	for t.Class == Array {
		t, array = *t.Elem, array+"[]"
	}
	if t.Class != Enum {
		return
	}
	key := schema.Key{Kind: schema.KindEnum, Schema: dst.Schema, Name: tr.to.enumName(dst.Table, dst.Name)}
	if x := tr.target.Table(dst.Schema, dst.Table); x != nil {
		if there := x.Column(dst.Name); there != nil && there.Type.User.Kind == schema.KindEnum {
			key = there.Type.User
		}
	}
	for tr.enumTaken(key, t.Labels) {
		key.Name = tr.to.fit(shortened(dst.Table+"_"+dst.Name+"_enum", func(s string) bool { return len(s) <= postgresName }))
		if !tr.enumTaken(key, t.Labels) {
			break
		}
		key.Name += "_"
	}
	tr.enums[key] = t.Labels
	e := &schema.Enum{Schema: key.Schema, Name: key.Name}
	if there, ok := tr.target.Get(key).(*schema.Enum); ok {
		copied := *there
		e = &copied
	}
	e.Labels = t.Labels
	tr.out.Put(e)
	dst.Type = schema.Type{Text: quotedIfNeeded(key.Schema) + "." + quotedIfNeeded(key.Name) + array, User: key}
}

// enumTaken tells that a type of that name is something else, or has other labels for another column.
func (tr *translation) enumTaken(key schema.Key, labels []string) bool {
	if was, ok := tr.enums[key]; ok {
		return strings.Join(was, "\x00") != strings.Join(labels, "\x00")
	}
	for _, kind := range []schema.Kind{schema.KindTable, schema.KindView, schema.KindMaterializedView, schema.KindDomain, schema.KindComposite, schema.KindRange} {
		k := key
		k.Kind = kind
		if tr.target.Get(k) != nil {
			return true
		}
	}
	for _, k := range tr.tables {
		if k.Name == key.Name {
			return true
		}
	}
	return false
}
