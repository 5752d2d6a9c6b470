package expr

import (
	"strconv"
	"strings"
)

// interval reads MySQL's INTERVAL 1 DAY and PostgreSQL's INTERVAL '1 day'. It gives nothing where the word is a name.
func (p *parser) interval(t token) (Node, error) {
	if p.d == Postgres && p.peek().kind == tokString {
		text := p.next().text
		if unit, ok := unitOf(p.peek().text); ok && p.peek().kind == tokWord {
			p.next()
			text += " " + unit
		}
		return castConstant(text, Type{Class: Duration, Name: "interval"}), nil
	}
	if !p.d.mysqlish() || p.peek().kind == tokEnd || p.peek().op(",") || p.peek().op(")") {
		return nil, nil
	}
	if p.peek().kind == tokOp && !p.peek().op("(") && !p.peek().op("-") {
		return nil, nil // a column of that name
	}
	at := p.pos
	amount, err := p.expr(0)
	if err != nil {
		return nil, err
	}
	unit := p.next()
	if unit.kind != tokWord {
		p.pos = at
		if p.peek().op("(") {
			return nil, nil // the function of that name
		}
		return nil, p.failAt(t, "an interval has no unit")
	}
	if s, ok := amount.(*String); ok && !strings.ContainsAny(s.Value, ": -") && isNumber(s.Value) {
		amount = &Number{s.Value}
	}
	return &Interval{amount, strings.ToLower(unit.text)}, nil
}

// unitOf is a unit of time in its one spelling.
func unitOf(word string) (string, bool) {
	word = strings.TrimSuffix(lowerASCII(word), "s")
	switch word {
	case "mon":
		word = "month"
	case "min":
		word = "minute"
	case "sec":
		word = "second"
	case "hr":
		word = "hour"
	}
	switch word {
	case "year", "month", "week", "day", "hour", "minute", "second":
		return word, true
	}
	return "", false
}

// parseInterval reads PostgreSQL's text of an interval: "1 year 2 mons 3 days 04:05:06"; nil if it is anything else.
func parseInterval(text string) Node {
	var sum Node
	add := func(amount, unit string) {
		part := Node(&Interval{&Number{amount}, unit})
		if sum != nil {
			part = &Binary{OpAdd, sum, part}
		}
		sum = part
	}
	fields := strings.Fields(text)
	for i := 0; i < len(fields); i++ {
		if strings.Contains(fields[i], ":") {
			seconds, ok := clockSeconds(fields[i])
			if !ok || i != len(fields)-1 {
				return nil
			}
			if seconds != "0" || sum == nil {
				add(seconds, "second")
			}
			break
		}
		if i+1 == len(fields) || !isNumber(fields[i]) {
			return nil
		}
		unit, ok := unitOf(fields[i+1])
		if !ok {
			return nil
		}
		amount := strings.TrimPrefix(fields[i], "+")
		if n, err := strconv.Atoi(amount); err == nil { // PostgreSQL stores and prints these so
			switch unit {
			case "hour":
				amount, unit = strconv.Itoa(n*3600), "second"
			case "minute":
				amount, unit = strconv.Itoa(n*60), "second"
			case "week":
				amount, unit = strconv.Itoa(n*7), "day"
			}
		}
		add(amount, unit)
		i++
	}
	return sum
}

// clockSeconds is hours:minutes:seconds as seconds.
func clockSeconds(s string) (string, bool) {
	sign := int64(1)
	if strings.HasPrefix(s, "-") {
		sign = -1
	}
	parts := strings.Split(strings.TrimLeft(s, "+-"), ":")
	if len(parts) < 2 || len(parts) > 3 {
		return "", false
	}
	total := int64(0)
	fraction := ""
	for i := range 3 {
		part := "0"
		if i < len(parts) {
			part, fraction, _ = strings.Cut(parts[i], ".")
		}
		n, err := strconv.ParseInt(part, 10, 32)
		if err != nil || n < 0 || fraction != "" && (i < 2 || strings.Trim(fraction, "0123456789") != "") {
			return "", false
		}
		total = total*60 + n
	}
	text := strconv.FormatInt(sign*total, 10)
	if fraction = strings.TrimRight(fraction, "0"); fraction != "" {
		if sign < 0 && total == 0 {
			text = "-0"
		}
		text += "." + fraction
	}
	return text, true
}

// isNumber tells that a text is a decimal number, perhaps with a sign and an exponent.
func isNumber(s string) bool {
	s = strings.TrimLeft(s, "+-")
	if s == "" || !isDigit(s[0]) && s[0] != '.' {
		return false
	}
	mantissa, exponent, found := strings.Cut(strings.ToLower(s), "e")
	whole, fraction, _ := strings.Cut(mantissa, ".")
	if found && (exponent == "" || strings.Trim(strings.TrimLeft(exponent, "+-"), "0123456789") != "" || strings.TrimLeft(exponent, "+-") == "") {
		return false
	}
	return whole+fraction != "" && strings.Trim(whole+fraction, "0123456789") == ""
}

// isInteger tells that a text is a whole number in decimal digits, perhaps with a sign.
func isInteger(s string) bool {
	s = strings.TrimPrefix(s, "-")
	return s != "" && strings.Trim(s, "0123456789") == ""
}
