package translate

import (
	"strings"
	"testing"

	"database-structure-sync/backend/schema"
)

func TestTypesComeBackFromSQLiteAsWhatTheyWere(t *testing.T) {
	for _, from := range sides {
		if from.d.sqlite() {
			continue
		}
		for _, text := range from.types {
			typ := from.d.read(schema.Type{Text: text}, nil)
			w := writeSQLite(typ, dialect{name: "sqlite"})
			if w.blocked || lossy(w) || typ.Class == Enum || typ.Class == Bits {
				continue
			}
			back := readSQLite(w.text)
			if got := from.d.write(back); !from.d.read(schema.Type{Text: got.text}, nil).same(typ) && !strings.HasPrefix(text, "datetime") && !strings.HasPrefix(text, "time") && text != "integer" && text != "int" && text != "text" && text != "blob" {
				t.Errorf("%s %s is %s in SQLite and comes back as %s", from.title, text, w.text, got.text)
			}
		}
	}
}

func lossy(w written) bool {
	for _, n := range w.notes {
		if n.Severity != Info {
			return true
		}
	}
	return false
}

func TestDefaultsOfOneValueAreEqualWhoeverWroteThem(t *testing.T) {
	postgres, mysql, mariadb, sqlite := dialect{name: "postgres"}, dialect{name: "mysql", flavor: "MySQL", major: 9}, dialect{name: "mysql", flavor: "MariaDB", major: 11}, dialect{name: "sqlite"}
	for _, c := range []struct {
		typ   Type
		texts map[string]dialect
	}{
		{Type{Class: Bool}, map[string]dialect{"true": postgres, "1": mysql, "b'1'": mariadb, "TRUE": sqlite}},
		{Type{Class: Int, Size: 4}, map[string]dialect{"'-5'::integer": postgres, "-5": mysql, "(-5)": sqlite, "'-5'": mariadb}},
		{Type{Class: Decimal, Precision: 10, Scale: 2}, map[string]dialect{"0.50": mysql, "0.5": postgres, "'0.5'::numeric": postgres, "(0.5)::numeric(10,2)": postgres}},
		{Type{Class: Varchar, Length: 9}, map[string]dialect{"'it''s'::character varying": postgres, "'it''s'": sqlite, "(_utf8mb4'it''s')": mysql}},
		{Type{Class: Text}, map[string]dialect{`E'a\\b'::text`: postgres, `'a\\b'`: mysql, `'a\b'`: sqlite}},
		{Type{Class: Blob}, map[string]dialect{`'\x00ff'::bytea`: postgres, "x'00FF'": mysql, "X'00ff'": sqlite, "(0x00ff)": mysql}},
		{Type{Class: DateTime}, map[string]dialect{"now()": postgres, "CURRENT_TIMESTAMP": sqlite, "CURRENT_TIMESTAMP(6)": mysql, "(datetime('now'))": sqlite}},
		{Type{Class: Date}, map[string]dialect{"CURRENT_DATE": postgres, "(curdate())": mysql, "(date('now'))": sqlite}},
		{Type{Class: DateTime}, map[string]dialect{"'2020-01-01 00:00:00'::timestamp without time zone": postgres, "'2020-01-01'": sqlite, "'2020-01-01 00:00:00.000'": mysql}},
		{Type{Class: Bits, Length: 3}, map[string]dialect{"'101'::\"bit\"": postgres, "b'101'": mysql, "'\x05'": mariadb, "5": sqlite}},
	} {
		var first value
		for text, d := range c.texts {
			v := d.value(&schema.Column{Default: text}).as(c.typ)
			if first.kind == noValue {
				first = v
			}
			if v != first || v.kind == exprValue {
				t.Errorf("%s for %s is %v, others are %v", text, c.typ, v, first)
			}
		}
	}
}

func TestNamesAreShortenedTheSameWayEveryTime(t *testing.T) {
	long := strings.Repeat("ü", 60)
	postgres, mysql := dialect{name: "postgres"}, dialect{name: "mysql"}
	if got := postgres.fit(long); len(got) > postgresName || got != postgres.fit(long) || got == postgres.fit(long+"x") {
		t.Errorf("PostgreSQL: %q", got)
	}
	if got := mysql.fit(long); got != long {
		t.Errorf("MySQL has room for it, not %q", got)
	}
	if got := mysql.fit("smile 😀"); got != "smile u1f600" {
		t.Errorf("MySQL: %q", got)
	}
}

func TestRules(t *testing.T) {
	var r Rules
	for _, text := range []string{"tinyint(1)=smallint", "orders.flag = boolean", "varchar=text"} {
		if err := r.Add(text); err != nil {
			t.Fatal(err)
		}
	}
	for _, text := range []string{"", "x", "=y", "x="} {
		if r.Add(text) == nil {
			t.Errorf("%q is no rule", text)
		}
	}
	mysql := dialect{name: "mysql"}
	column := func(table, name, typ string) *schema.Column {
		return &schema.Column{Table: table, Name: name, Type: schema.Type{Text: typ}}
	}
	for want, c := range map[string]*schema.Column{
		"smallint": column("users", "active", "tinyint(1)"), "boolean": column("orders", "flag", "tinyint(1)"), "text": column("users", "name", "varchar(20)"), "": column("users", "n", "int"),
	} {
		if got := r.of(c, mysql); got != want {
			t.Errorf("%s.%s %s becomes %q, not %q", c.Table, c.Name, c.Type.Text, got, want)
		}
	}
}

// mysqlDatabase has one table, as MySQL's reader would have it.
func mysqlDatabase(columns ...*schema.Column) *schema.Database {
	db := &schema.Database{Dialect: "mysql", Flavor: "MySQL", Version: "9.7.4", Charset: "utf8mb4", Collation: "utf8mb4_0900_ai_ci"}
	t := &schema.Table{Name: "t", Columns: columns}
	for _, c := range columns {
		c.Table = "t"
	}
	t.Constraints = []*schema.Constraint{{Kind: schema.KindPrimaryKey, Table: "t", Name: "PRIMARY", Columns: []schema.IndexPart{{Column: columns[0].Name}}}}
	db.Put(t)
	return db
}

func postgresDatabase() *schema.Database {
	db := &schema.Database{Dialect: "postgres", Flavor: "PostgreSQL", Version: "18.6"}
	db.Put(&schema.Scripted{Kind: schema.KindSchema, Name: "public", Definition: "CREATE SCHEMA public"})
	return db
}

func TestATranslatedStructureIsFoundAgainAndALaterChangeIsSeen(t *testing.T) {
	source := mysqlDatabase(
		&schema.Column{Name: "id", Type: schema.Type{Text: "int unsigned"}, NotNull: true, AutoIncrement: true},
		&schema.Column{Name: "flag", Type: schema.Type{Text: "tinyint(1)"}, NotNull: true, Default: "1"},
		&schema.Column{Name: "name", Type: schema.Type{Text: "varchar(20)"}},
	)
	made := Database(source, postgresDatabase(), "", Rules{}).Database
	again := Database(source, made, "", Rules{}).Database
	if made.Fingerprint() != again.Fingerprint() {
		t.Error("translating against what was made gives something else")
	}
	c := made.Table("public", "t").Column("flag")
	if c.Type.Text != "boolean" || c.Default != "true" {
		t.Errorf("flag is %s default %s", c.Type.Text, c.Default)
	}
	source.Table("", "t").Columns[2].Type.Text = "varchar(30)"
	if later := Database(source, made, "", Rules{}).Database; later.Table("public", "t").Column("name").Type.Text != "character varying(30)" {
		t.Error("the longer name is not seen")
	}
	ruled := Database(source, made, "", Rules{Columns: map[string]string{"t.flag": "smallint"}}).Database
	if got := ruled.Table("public", "t").Column("flag"); got.Type.Text != "smallint" || got.Default != "1" {
		t.Errorf("the rule makes %s default %s", got.Type.Text, got.Default)
	}
}

func TestWhatTheTargetHasOfItsOwnStays(t *testing.T) {
	target := postgresDatabase()
	target.Put(&schema.Table{Schema: "other", Name: "elsewhere"})
	target.Put(&schema.Scripted{Kind: schema.KindRoutine, Schema: "public", Name: "f()", Definition: "CREATE FUNCTION …"})
	gone := &schema.Table{Schema: "public", Name: "gone", Columns: []*schema.Column{{Schema: "public", Table: "gone", Name: "a", Type: schema.Type{Text: "integer"}}}}
	target.Put(gone)
	view := &schema.Scripted{Kind: schema.KindView, Schema: "public", Name: "of_gone", Definition: "CREATE VIEW …"}
	view.DependsOn = []schema.Key{gone.Key()}
	target.Put(view)
	source := mysqlDatabase(&schema.Column{Name: "id", Type: schema.Type{Text: "int"}, NotNull: true})
	out := Database(source, target, "", Rules{}).Database
	for name, want := range map[string]bool{"elsewhere": true, "f()": true, "gone": false, "of_gone": false, "t": true} {
		found := false
		for _, o := range out.Objects() {
			found = found || o.Key().Name == name
		}
		if found != want {
			t.Errorf("%s: %v, wanted %v", name, found, want)
		}
	}
}

func TestWhatCannotBeTranslatedIsBlockedAndLeftAlone(t *testing.T) {
	source := mysqlDatabase(
		&schema.Column{Name: "id", Type: schema.Type{Text: "int"}, NotNull: true},
		&schema.Column{Name: "place", Type: schema.Type{Text: "point"}},
	)
	target := postgresDatabase()
	there := &schema.Column{Schema: "public", Table: "t", Name: "place", Type: schema.Type{Text: "text"}, Default: "'nowhere'::text"}
	target.Put(&schema.Table{Schema: "public", Name: "t", Columns: []*schema.Column{{Schema: "public", Table: "t", Name: "id", Type: schema.Type{Text: "integer"}, NotNull: true}, there}})
	r := Database(source, target, "", Rules{})
	if got := r.Database.Table("public", "t").Column("place"); got == nil || !got.Same(there) {
		t.Error("the target's column was touched")
	}
	blocked := 0
	for _, n := range r.Notes {
		if n.Severity == Blocked && n.Code == NoSuchType && n.Key == there.Key() && len(n.Alternatives) > 0 {
			blocked++
		}
	}
	if blocked != 1 {
		t.Errorf("the notes are %v", r.Notes)
	}
}

// What a type becomes is in docs/type-mapping.md; that it becomes nothing is said here, so that no type is lost in passing.
func TestOnlyTheseTypesAreBlocked(t *testing.T) {
	want := map[string]bool{}
	for _, to := range []string{"mysql", "sqlite"} {
		for _, text := range []string{"int4range", "point", "tsvector"} {
			want["postgres "+text+" to "+to] = true
		}
	}
	for _, line := range []string{"postgres interval to mysql", "mysql point to postgres", "mysql geometry to postgres", "sqlite POLYGON BLOB to postgres"} {
		want[line] = true
	}
	for _, from := range sides {
		for _, to := range sides {
			if from.d.name == to.d.name {
				continue
			}
			for _, text := range from.types {
				line := from.d.name + " " + text + " to " + to.d.name
				if got := to.d.write(from.d.read(schema.Type{Text: text}, nil)).blocked; got != want[line] {
					t.Errorf("%s is blocked: %t", line, got)
				}
			}
		}
	}
}
