package diff_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/schema"
)

// everything renames objects of every kind, and nothing refers to them by text.
type everything struct{}

func (everything) RenamesKind(schema.Kind) bool { return true }

func (everything) Members(o schema.Object) []string {
	if e, ok := o.(*schema.Enum); ok {
		return e.Labels
	}
	return nil
}

func (everything) Renamed(db *schema.Database, renames []diff.Rename) (*diff.Renamed, error) {
	return diff.Carry(db, renames, func(_ *schema.Renaming, _ schema.Object, s string) (string, bool) { return s, true }), nil
}

func tableOf(name string, columns ...string) *schema.Table {
	t := &schema.Table{Name: name}
	for _, c := range columns {
		n, typ, _ := strings.Cut(c, " ")
		t.Columns = append(t.Columns, &schema.Column{Table: name, Name: n, Type: schema.Type{Text: typ}})
	}
	return t
}

func databaseOf(objects ...schema.Object) *schema.Database {
	db := &schema.Database{}
	for _, o := range objects {
		db.Put(o)
	}
	return db
}

// suggested are the suggestions as users write them, with their confidence.
func suggested(t *testing.T, source, target *schema.Database, confirmed ...string) string {
	t.Helper()
	renames, err := diff.ParseRenames(target, confirmed)
	if err != nil {
		t.Fatal(err)
	}
	r, err := diff.CompareRenamed(everything{}, source, target, renames, diff.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, s := range diff.Suggest(everything{}, r, renames) {
		text := fmt.Sprintf("%s %.2f", s, s.Confidence)
		if s.Within != "" {
			text += " within " + s.Within
		}
		out = append(out, text)
	}
	return strings.Join(out, "\n")
}

func TestARenamedColumnIsSuggestedByTypePlaceAndName(t *testing.T) {
	for _, c := range []struct{ before, after, want string }{
		{"id int,user_nam text,n int", "id int,user_name text,n int", "column:t.user_nam=user_name 0.95"},
		{"id int,a text,n int", "id int,z text,n int", "column:t.a=z 0.70"},
		{"id int,title varchar(10)", "id int,titles varchar(20)", "column:t.title=titles 0.76"},
		{"id int,a text,n int", "id int,n int,q date", ""},
		{"id int,email text", "id int,mail int", ""},
	} {
		got := suggested(t, databaseOf(tableOf("t", strings.Split(c.after, ",")...)), databaseOf(tableOf("t", strings.Split(c.before, ",")...)))
		if got != c.want {
			t.Errorf("%s to %s: got %q, want %q", c.before, c.after, got, c.want)
		}
	}
}

func TestTwoCandidatesOfTheSameWorthMakeBothDoubtful(t *testing.T) {
	got := suggested(t, databaseOf(tableOf("t", "id int", "address1 text", "address2 text")), databaseOf(tableOf("t", "id int", "address text")))
	if got != "column:t.address=address1 0.95" {
		t.Fatal(got)
	}
	got = suggested(t, databaseOf(tableOf("x", "a int", "b int", "c int"), tableOf("y", "a int", "b int", "c int")), databaseOf(tableOf("q", "a int", "b int", "c int")))
	if got != "" {
		t.Fatal(got)
	}
}

func TestARenamedTableBringsSuggestionsForItsParts(t *testing.T) {
	target, source := tableOf("users", "id int", "name text", "n int"), tableOf("customers", "id int", "name text", "n int")
	target.Constraints = []*schema.Constraint{{Kind: schema.KindPrimaryKey, Table: "users", Name: "users_pkey", Columns: []schema.IndexPart{{Column: "id"}}}}
	source.Constraints = []*schema.Constraint{{Kind: schema.KindPrimaryKey, Table: "customers", Name: "customers_pkey", Columns: []schema.IndexPart{{Column: "id"}}}}
	got := suggested(t, databaseOf(source), databaseOf(target))
	want := "table:users=customers 0.85\nconstraint:users.users_pkey=customers_pkey 0.92 within rename:table:users"
	if got != want {
		t.Fatalf("got\n%s\nwant\n%s", got, want)
	}
	got = suggested(t, databaseOf(source), databaseOf(target), "table:users=customers")
	if got != "constraint:users.users_pkey=customers_pkey 0.92" {
		t.Fatalf("once the table is renamed: %s", got)
	}
	if got = suggested(t, databaseOf(source), databaseOf(target), "table:users=customers", "constraint:customers.users_pkey=customers_pkey"); got != "" {
		t.Fatalf("once all is renamed: %s", got)
	}
}

func TestLabelsInTheSamePlacesAreSuggested(t *testing.T) {
	enum := func(labels ...string) *schema.Database { return databaseOf(&schema.Enum{Name: "mood", Labels: labels}) }
	if got := suggested(t, enum("sad", "fine", "ok"), enum("sadd", "fine", "okay")); got != "label:mood.okay=ok 0.80\nlabel:mood.sadd=sad 0.96" {
		t.Fatal(got)
	}
	if got := suggested(t, enum("b", "a"), enum("a", "b")); got != "" {
		t.Fatalf("an exchange of places is no rename: %s", got)
	}
}

func TestTenThousandRenamedTablesAreFoundWithoutLookingAtAllPairs(t *testing.T) {
	var target, source []schema.Object
	const n = 10_000
	for i := range n {
		target = append(target, tableOf(fmt.Sprintf("tbl_customer_%05d", i), "id int", "name text", "made date"))
		source = append(source, tableOf(fmt.Sprintf("customer_%05d", i), "id int", "name text", "made date"))
	}
	s, d := databaseOf(source...), databaseOf(target...)
	began := time.Now()
	r := diff.Compare(s, d, diff.Options{})
	suggestions := diff.Suggest(everything{}, r, nil)
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("it took %s", took)
	}
	for _, x := range suggestions {
		if x.To != strings.TrimPrefix(x.Key.Name, "tbl_") {
			t.Fatalf("%s is suggested", x)
		}
	}
	if len(suggestions) < n*9/10 {
		t.Errorf("%d of %d are suggested", len(suggestions), n)
	}
}

func TestRenamesThatMakeNoSenseAreRefused(t *testing.T) {
	source := databaseOf(tableOf("b", "id int"), tableOf("kept", "id int"))
	target := databaseOf(tableOf("a", "id int"), tableOf("kept", "id int"))
	for text, part := range map[string]string{
		"table:a=nothing":   "the source has none",
		"table:nothing=b":   "the target has nothing of that kind",
		"table:a=kept":      "the target has one of that name",
		"table:a":           "is no rename",
		"table:a=b=c":       "the source has none",
		"column:a.id=other": "the source has none",
	} {
		renames, err := diff.ParseRenames(target, []string{text})
		if err == nil {
			_, err = diff.CompareRenamed(everything{}, source, target, renames, diff.Options{})
		}
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%s: %v", text, err)
		}
	}
}
