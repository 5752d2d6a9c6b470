package translate

import (
	"encoding/hex"
	"encoding/json"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// valueKind is a sort of default.
type valueKind uint8

const (
	noValue     valueKind = iota
	textValue             // text is the text
	numberValue           // text is the number
	boolValue             // text is "true" or "false"
	bytesValue            // text is the bytes
	bitsValue             // text is 0s and 1s
	nowValue              // the current time
	todayValue            // the current date
	clockValue            // the time of day
	uuidValue             // a new UUID
	exprValue             // text is an expression in the dialect's words
)

// value is a default in neutral terms.
type value struct {
	kind valueKind
	text string
}

var number = regexp.MustCompile(`^[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?$`)

// as is the value as a column of that type takes it, so that two spellings of one value become one.
func (v value) as(t Type) value {
	switch t.Class {
	case Bool:
		return v.asBool()
	case Bits:
		if t.Length == 1 {
			return v.asBool()
		}
		return v.asBits(t)
	case Float:
		v = v.asNumber()
		if f, err := strconv.ParseFloat(v.text, 64); v.kind == numberValue && err == nil {
			v.text = strconv.FormatFloat(f, 'g', -1, 64)
		}
		return v
	case Int, Decimal, Money, Year:
		return v.asNumber()
	case Date, DateTime, Time:
		return v.asTime(t)
	case Char, Varchar, Text, Enum, Set, JSON:
		if v.kind == numberValue || v.kind == bitsValue || v.kind == boolValue || v.kind == bytesValue && utf8.ValidString(v.text) {
			return value{textValue, v.text}
		}
	case Binary, Varbinary, Blob:
		if v.kind == textValue {
			return value{bytesValue, v.text}
		}
	case UUID:
		if v.kind == textValue {
			return value{textValue, strings.ToLower(v.text)}
		}
	}
	return v
}

func (v value) asBool() value {
	switch v.kind {
	case numberValue, bitsValue, textValue:
		switch strings.ToLower(strings.TrimLeft(v.text, "0")) {
		case "", "false", "f", "no", "off":
			return value{boolValue, "false"}
		case "1", "true", "t", "yes", "on":
			return value{boolValue, "true"}
		}
	}
	return v
}

func (v value) asBits(t Type) value {
	switch v.kind {
	case textValue, bitsValue:
		if strings.Trim(v.text, "01") == "" && len(v.text) < t.Length && !t.Varying {
			return value{bitsValue, strings.Repeat("0", t.Length-len(v.text)) + v.text}
		}
		if strings.Trim(v.text, "01") != "" { // MariaDB prints the bytes
			return value{numberValue, new(big.Int).SetBytes([]byte(v.text)).String()}.asBits(t)
		}
		return value{bitsValue, v.text}
	case numberValue:
		n, ok := new(big.Int).SetString(v.text, 10)
		if ok && n.Sign() >= 0 {
			return value{bitsValue, n.Text(2)}.asBits(t)
		}
	}
	return v
}

func (v value) asNumber() value {
	text := v.text
	switch v.kind {
	case boolValue:
		text = map[string]string{"true": "1", "false": "0"}[v.text]
	case textValue, numberValue:
	default:
		return v
	}
	if !number.MatchString(text) {
		return v
	}
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		return v
	}
	if r.IsInt() {
		return value{numberValue, r.Num().String()}
	}
	digits, exact := r.FloatPrec()
	if !exact {
		return value{numberValue, text}
	}
	return value{numberValue, r.FloatString(digits)}
}

// asTime leaves out a fraction of nothing and midnight.
func (v value) asTime(t Type) value {
	switch v.kind {
	case nowValue:
		switch {
		case t.Class == Date:
			return value{kind: todayValue}
		case t.Class == Time:
			return value{kind: clockValue}
		}
	case textValue:
		text := v.text
		if strings.Contains(text, ".") {
			text = strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
		}
		if t.Class != Time {
			text = strings.TrimSuffix(strings.TrimSuffix(text, "+00"), " 00:00:00")
		}
		return value{textValue, text}
	}
	return v
}

var hexNumber = regexp.MustCompile(`^0x([0-9a-fA-F]{2})+$`)

// literal is the value behind a literal of any of the dialects, as the servers print them; ok is false for anything else.
func literal(text string) (v value, ok bool) {
	switch {
	case number.MatchString(text):
		return value{numberValue, strings.TrimPrefix(text, "+")}, true
	case strings.EqualFold(text, "true"), strings.EqualFold(text, "false"):
		return value{boolValue, strings.ToLower(text)}, true
	case hexNumber.MatchString(text):
		bytes, err := hex.DecodeString(text[2:])
		return value{bytesValue, string(bytes)}, err == nil
	case len(text) < 2 || text[len(text)-1] != '\'':
		return value{}, false
	}
	open := strings.IndexByte(text, '\'')
	body, prefix := text[open+1:len(text)-1], strings.ToLower(text[:open])
	if strings.Contains(strings.ReplaceAll(body, "''", ""), "'") || open == len(text)-1 {
		return value{}, false
	}
	body = strings.ReplaceAll(body, "''", "'")
	switch {
	case prefix == "":
		return value{textValue, body}, true
	case prefix == "b":
		return value{bitsValue, body}, true
	case prefix == "x":
		bytes, err := hex.DecodeString(body)
		return value{bytesValue, string(bytes)}, err == nil
	case strings.HasPrefix(prefix, "_"): // an introducer of a character set
		return value{textValue, body}, true
	}
	return value{}, false
}

var clocks = regexp.MustCompile(`(?i)^(current_timestamp|now|localtimestamp|localtime|transaction_timestamp|statement_timestamp|utc_timestamp|current_date|curdate|current_time|curtime|uuid|gen_random_uuid|uuid_generate_v4)\s*(?:\(\s*\d*\s*\))?$`)

// clock is a call without arguments that all engines know in some spelling.
func clock(text string) (v value, ok bool) {
	m := clocks.FindStringSubmatch(text)
	if m == nil {
		return value{}, false
	}
	switch strings.ToLower(m[1]) {
	case "current_date", "curdate":
		return value{kind: todayValue}, true
	case "current_time", "curtime", "localtime":
		if strings.EqualFold(m[1], "localtime") {
			return value{kind: nowValue}, true
		}
		return value{kind: clockValue}, true
	case "uuid", "gen_random_uuid", "uuid_generate_v4":
		return value{kind: uuidValue}, strings.Contains(text, "(")
	case "now":
		return value{kind: nowValue}, strings.Contains(text, "(")
	}
	return value{kind: nowValue}, true
}

var uuidForm = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// fits tells that the value, brought into the form of the type, is one of its values: SQLite lets a default be anything, and
// each of the others knows values that the next does not.
func (v value) fits(t Type) bool {
	switch t.Class {
	case Bool:
		return v.kind == boolValue
	case Int, Decimal, Float, Money, Year:
		return v.kind == numberValue
	case Bits:
		return v.kind == bitsValue || v.kind == boolValue && t.Length == 1
	case Date:
		return v.kind == todayValue || v.kind == textValue && realDate.MatchString(v.text)
	case DateTime:
		return v.kind == nowValue || v.kind == todayValue || v.kind == textValue && realDate.MatchString(v.text)
	case Time:
		return v.kind == clockValue || v.kind == textValue && strings.Contains(v.text, ":")
	case UUID:
		return v.kind == uuidValue || v.kind == textValue && uuidForm.MatchString(v.text)
	case JSON:
		return v.kind == textValue && json.Valid([]byte(v.text))
	case Binary, Varbinary, Blob:
		return v.kind == bytesValue
	case Enum:
		return v.kind == textValue && slices.Contains(t.Labels, v.text)
	}
	return v.kind != numberValue || t.Class != Array
}

// arrayAsJSON is an array of simple elements as JSON; others stay as they are, which no server takes for JSON.
func arrayAsJSON(text string, elem Type) string {
	inner := strings.TrimSuffix(strings.TrimPrefix(text, "{"), "}")
	if inner == "" {
		return "[]"
	}
	if strings.ContainsAny(inner, `{}"\\`) {
		return text
	}
	parts := strings.Split(inner, ",")
	for i, p := range parts {
		switch quoted, err := json.Marshal(p); {
		case err != nil:
			return text
		case p == "NULL":
			parts[i] = "null"
		case elem.Class != Int && elem.Class != Decimal && elem.Class != Float:
			parts[i] = string(quoted)
		}
	}
	return "[" + strings.Join(parts, ",") + "]"
}
