package service

import (
	"strings"
	"testing"

	"database-structure-sync/backend/internal/fault"
)

func TestFilesAreNamedByPath(t *testing.T) {
	for text, want := range map[string]string{
		"sqlite:shop.db":                 "shop.db",
		"sqlite:data/shop.db":            "data/shop.db",
		"sqlite:../a%20b/c%3F%23%25.db":  "../a b/c?#%.db",
		"sqlite:/srv/shop.db":            "/srv/shop.db",
		"sqlite:///srv/a%20shop.db":      "/srv/a shop.db",
		"SQLite:shop.db":                 "shop.db",
		"sqlite:///C:/data/shop.db":      "C:/data/shop.db",
		"sqlite:%E5%95%86%E5%BA%97.db":   "商店.db",
		"sqlite:商店.db":                   "商店.db",
		"sqlite:@host:5432,other&x=y.db": "@host:5432,other&x=y.db",
	} {
		cfg, err := ParseURL(text)
		if err != nil || cfg.Scheme != "sqlite" || cfg.Database != want || cfg.Host != "" {
			t.Errorf("%s: %+v, %v", text, cfg, err)
			continue
		}
		again, err := ParseURL(cfg.Redacted())
		if err != nil || again.Database != want {
			t.Errorf("%s is shown as %s, which is %+v, %v", text, cfg.Redacted(), again, err)
		}
	}
}

func TestMalformedFileURLsAreExplained(t *testing.T) {
	for text, word := range map[string]string{
		"sqlite:":             "names no file",
		"sqlite://":           "three slashes",
		"sqlite://shop.db":    "three slashes",
		"sqlite:///":          "names no file",
		"sqlite:data/":        "names no file",
		"sqlite::memory:":     "in memory",
		"sqlite:a b.db":       "white space",
		"sqlite:a%zz.db":      "%25",
		"sqlite:a.db?mode=ro": "no parameters",
		"sqlite:a.db#x":       "%23",
		"sqlite:a%00b.db":     "zero byte",
	} {
		_, err := ParseURL(text)
		if fault.CodeOf(err) != fault.BadInput || !strings.Contains(err.Error(), word) {
			t.Errorf("%s: %v", text, err)
		}
	}
}
