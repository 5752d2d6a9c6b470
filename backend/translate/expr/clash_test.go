package expr

import "testing"

func TestServersThatAreStrictAboutTypesRefuseMixtures(t *testing.T) {
	s := Scope{Columns: map[string]ColumnInfo{
		"n": {Type: Type{Class: Integer, Size: 4}}, "d": {Type: Type{Class: Timestamp}}, "b": {Type: Type{Class: Boolean}}, "s": {Type: Type{Class: Text}},
	}}
	for text, wants := range map[string][2]bool{ // whether PostgreSQL and MySQL refuse
		"d > 1":             {true, true},
		"b = 3":             {true, false},
		"n > 1.5":           {false, false},
		"s = 'x'":           {false, false},
		"d > '2020-01-01'":  {false, false},
		"coalesce(s, 1)":    {true, false},
		"abs(s) > 1":        {true, false},
		"n <> 'a)b'":        {true, true},
		"n <> '15'":         {false, false},
		"n IN (1, 2)":       {false, false},
		"n BETWEEN 1 AND 2": {false, false},
	} {
		for i, d := range []Dialect{Postgres, MySQL} {
			n, err := Parse(d, text)
			if err != nil {
				t.Fatal(err)
			}
			if found := s.Clash(d, n); (found != "") != wants[i] {
				t.Errorf("%s in %s: %q", text, d, found)
			}
		}
	}
}
