package postgres

import (
	"strings"
)

// row is one row of a catalog query in the server's text format. Values are only valid until the next row; text copies.
// A value that is not what its column promises is the server's or this program's defect, and reads as zero.
type row struct {
	values [][]byte
	r      *reader
}

func (w row) null(i int) bool { return w.values[i] == nil }

// text is a value that is likely to be the only one of its kind.
func (w row) text(i int) string { return string(w.values[i]) }

// name is a value that is likely to come again: names, types, short words. Equal ones share their memory.
func (w row) name(i int) string {
	if s, ok := w.r.strings[string(w.values[i])]; ok {
		return s
	}
	s := string(w.values[i])
	w.r.strings[s] = s
	return s
}

func (w row) is(i int) bool { return len(w.values[i]) == 1 && w.values[i][0] == 't' }

// char is a value of the type "char", 0 when it is empty.
func (w row) char(i int) byte {
	if len(w.values[i]) == 0 {
		return 0
	}
	return w.values[i][0]
}

func (w row) num(i int) int { return integer(w.values[i]) }

func integer(text []byte) int {
	n, negative := 0, false
	for j, c := range text {
		if j == 0 && c == '-' {
			negative = true
		} else if c >= '0' && c <= '9' {
			n = n*10 + int(c-'0')
		}
	}
	if negative {
		return -n
	}
	return n
}

func (w row) oid(i int) uint32 { return uint32(w.num(i)) }

// list is an array of texts.
func (w row) list(i int) []string { return parseArray(string(w.values[i])) }

// nums is an array of numbers, or one of the vector types (int2vector, oidvector).
func (w row) nums(i int) []int {
	between := func(c byte) bool { return c == ' ' || c == ',' || c == '{' || c == '}' }
	text, count := w.values[i], 0
	for j, c := range text {
		if !between(c) && (j == 0 || between(text[j-1])) {
			count++
		}
	}
	out := make([]int, 0, count)
	for start, j := 0, 0; j <= len(text); j++ {
		if j < len(text) && !between(text[j]) {
			continue
		}
		if j > start {
			out = append(out, integer(text[start:j]))
		}
		start = j + 1
	}
	return out
}

// parseArray takes a one-dimensional array apart, as array_out writes it. NULL elements are "".
func parseArray(s string) []string {
	s = strings.TrimSuffix(strings.TrimPrefix(s, "{"), "}")
	if s == "" {
		return nil
	}
	var out []string
	for i := 0; i <= len(s); i++ {
		var element strings.Builder
		quoted := i < len(s) && s[i] == '"'
		if quoted {
			i++
		}
		for i < len(s) && (quoted && s[i] != '"' || !quoted && s[i] != ',') {
			if s[i] == '\\' && i+1 < len(s) {
				i++
			}
			element.WriteByte(s[i])
			i++
		}
		if quoted {
			for i < len(s) && s[i] != ',' { // the closing quote
				i++
			}
		}
		if !quoted && strings.EqualFold(element.String(), "NULL") {
			out = append(out, "")
			continue
		}
		out = append(out, element.String())
	}
	return out
}
