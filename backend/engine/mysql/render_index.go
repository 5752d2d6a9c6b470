package mysql

import (
	"cmp"
	"strconv"
	"strings"

	"database-structure-sync/backend/diff"
	"database-structure-sync/backend/schema"
)

// indexDefinition is the index as a line of CREATE TABLE.
func (d dialect) indexDefinition(i *schema.Index) (string, error) {
	parts, err := d.keyParts(i.Key(), i.Columns)
	if err != nil {
		return "", err
	}
	if err := d.checkIndex(i); err != nil {
		return "", err
	}
	if p := i.Attrs.Get(attrWithoutOverlaps); p != "" {
		parts += "," + p + " WITHOUT OVERLAPS"
	}
	w := &words{}
	method := cmp.Or(i.Method, i.Spelling.Get(attrMethod))
	switch method {
	case "fulltext", "spatial", "vector":
		w.add(strings.ToUpper(method))
		method = ""
	}
	w.addIf(i.Unique, "UNIQUE")
	w.add("KEY " + quoteIdent(i.Name) + " (" + parts + ")")
	w.addIf(method != "", "USING "+strings.ToUpper(method))
	d.addIndexOptions(w, &i.Base)
	w.addIf(i.Invisible, d.hiddenWord())
	return w.String(), nil
}

func (d dialect) addIndexOptions(w *words, b *schema.Base) {
	if v := b.Attrs.Get(attrKeyBlockSize); v != "" {
		w.add("KEY_BLOCK_SIZE=" + v)
	}
	for _, x := range [][2]string{{attrVectorM, "M="}, {attrVectorDistance, "DISTANCE="}} {
		if v := b.Attrs.Get(x[0]); v != "" {
			w.add(x[1] + v)
		}
	}
	if v := b.Attrs.Get(attrParser); v != "" {
		w.add("WITH PARSER " + v)
	}
	w.addIf(b.Comment != "", "COMMENT "+quoteString(b.Comment))
	for _, x := range [][2]string{{attrEngineAttr, "ENGINE_ATTRIBUTE="}, {attrSecondaryAttr, "SECONDARY_ENGINE_ATTRIBUTE="}} {
		if v := b.Attrs.Get(x[0]); v != "" {
			w.add(x[1] + v)
		}
	}
}

// keyParts are the key parts between the parentheses.
func (d dialect) keyParts(k schema.Key, parts []schema.IndexPart) (string, error) {
	texts := make([]string, len(parts))
	for i, p := range parts {
		if p.Column == "" {
			if !d.f.functionalParts() {
				return "", d.cannot(k, "is over an expression, which %s %s cannot index: add a generated column and index that",
					d.f.name(), d.f.version())
			}
			texts[i] = "(" + p.Expr + ")"
		} else {
			texts[i] = quoteIdent(p.Column)
		}
		if p.Length > 0 {
			texts[i] += "(" + strconv.Itoa(p.Length) + ")"
		}
		if p.Desc {
			texts[i] += " DESC"
		}
	}
	return strings.Join(texts, ","), nil
}

// checkIndex finds what this server cannot have.
func (d dialect) checkIndex(i *schema.Index) error {
	switch {
	case i.Invisible && !d.f.hiddenIndexes():
		return d.cannot(i.Key(), "is hidden from the optimizer, which %s %s cannot: make it visible in the source", d.f.name(), d.f.version())
	case i.Attrs.Get(attrWithoutOverlaps) != "" && !d.f.mariadb:
		return d.cannot(i.Key(), "is WITHOUT OVERLAPS, which %s does not have: leave it out", d.f.name())
	case i.Attrs.Get(attrEngineAttr)+i.Attrs.Get(attrSecondaryAttr) != "" && !d.f.engineAttributes():
		return d.cannot(i.Key(), "has engine attributes, which %s %s does not have: ignore storage options", d.f.name(), d.f.version())
	}
	return nil
}

// hiddenWord hides an index from the optimizer; shownWord shows it again.
func (d dialect) hiddenWord() string {
	if d.f.mariadb {
		return "IGNORED"
	}
	return "INVISIBLE"
}

func (d dialect) shownWord() string {
	if d.f.mariadb {
		return "NOT IGNORED"
	}
	return "VISIBLE"
}

// indexChangesInPlace: only whether the optimizer sees it.
func (d dialect) indexChangesInPlace(c diff.Change) bool {
	return d.f.hiddenIndexes() && onlyChanged(c, "invisible")
}

// visibility is the clause of ALTER TABLE that hides or shows the index.
func (d dialect) visibility(i *schema.Index) string {
	word := d.shownWord()
	if i.Invisible {
		word = d.hiddenWord()
	}
	return "ALTER INDEX " + quoteIdent(i.Name) + " " + word
}
