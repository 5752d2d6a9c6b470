package expr

// function is how the dialects call a function with the same arguments in the same order; "" where there is none.
type function struct{ postgres, mysql, sqlite string }

func (f function) in(d Dialect) string {
	switch d {
	case Postgres:
		return f.postgres
	case SQLite:
		return f.sqlite
	}
	return f.mysql
}

// functions are those that differ by nothing but their name, by the name that this package uses.
var functions = map[string]function{
	"abs":               {"abs", "abs", "abs"},
	"acos":              {"acos", "acos", "acos"},
	"ascii":             {"ascii", "ascii", ""},
	"asin":              {"asin", "asin", "asin"},
	"atan":              {"atan", "atan", "atan"},
	"atan2":             {"atan2", "atan2", "atan2"},
	"ceil":              {"ceil", "ceiling", "ceil"},
	"char_length":       {"length", "char_length", "length"},
	"coalesce":          {"COALESCE", "coalesce", "coalesce"},
	"concat_present":    {"concat", "", "concat"},
	"concat_ws":         {"concat_ws", "concat_ws", "concat_ws"},
	"cos":               {"cos", "cos", "cos"},
	"cot":               {"cot", "cot", ""},
	"degrees":           {"degrees", "degrees", "degrees"},
	"exp":               {"exp", "exp", "exp"},
	"floor":             {"floor", "floor", "floor"},
	"greatest":          {"", "greatest", "max"},
	"greatest_present":  {"GREATEST", "", ""},
	"least":             {"", "least", "min"},
	"least_present":     {"LEAST", "", ""},
	"left":              {"left", "left", ""},
	"ln":                {"ln", "ln", "ln"},
	"log10":             {"log10", "log10", "log10"},
	"log_base":          {"log", "log", "log"},
	"lower":             {"lower", "lower", "lower"},
	"lpad":              {"lpad", "lpad", ""},
	"ltrim":             {"ltrim", "ltrim", "ltrim"},
	"md5":               {"md5", "md5", ""},
	"num_nonnulls":      {"num_nonnulls", "", ""},
	"num_nulls":         {"num_nulls", "", ""},
	"nullif":            {"NULLIF", "nullif", "nullif"},
	"octet_length":      {"octet_length", "length", "octet_length"},
	"pi":                {"pi", "pi", "pi"},
	"position":          {"strpos", "instr", "instr"},
	"power":             {"power", "pow", "power"},
	"radians":           {"radians", "radians", "radians"},
	"repeat":            {"repeat", "repeat", ""},
	"replace":           {"replace", "replace", "replace"},
	"reverse":           {"reverse", "reverse", ""},
	"right":             {"right", "right", ""},
	"round":             {"round", "round", "round"},
	"rpad":              {"rpad", "rpad", ""},
	"rtrim":             {"rtrim", "rtrim", "rtrim"},
	"sign":              {"sign", "sign", "sign"},
	"sin":               {"sin", "sin", "sin"},
	"sqrt":              {"sqrt", "sqrt", "sqrt"},
	"substring":         {"substr", "substr", "substr"},
	"tan":               {"tan", "tan", "tan"},
	"trim":              {"btrim", "trim", "trim"},
	"truncate":          {"trunc", "truncate", ""},
	"upper":             {"upper", "upper", "upper"},
	"json_array_length": {"jsonb_array_length", "json_length", "json_array_length"},
	"json_valid":        {"", "json_valid", "json_valid"},
	"random_uuid":       {"gen_random_uuid", "", ""},
	"time_uuid":         {"", "uuid", ""},
	"version":           {"version", "version", ""},
	"days_between":      {"", "datediff", ""},
}

// synonyms are further spellings of functions.
var synonyms = map[Dialect]map[string]string{
	Postgres: {
		"char_length": "char_length", "character_length": "char_length", "substring": "substring", "pow": "power", "ceiling": "ceil",
		"uuid_generate_v4": "random_uuid", "uuidv4": "random_uuid",
	},
	MySQL:   mysqlSynonyms,
	MariaDB: merged(mysqlSynonyms, map[string]string{"nvl": "coalesce", "uuid_v4": "random_uuid", "lengthb": "octet_length"}),
	SQLite:  {"ifnull": "coalesce", "substring": "substring", "pow": "power", "ceiling": "ceil"},
}

var mysqlSynonyms = map[string]string{
	"character_length": "char_length", "octet_length": "octet_length", "lcase": "lower", "ucase": "upper", "substring": "substring", "mid": "substring",
	"power": "power", "ceil": "ceil", "ifnull": "coalesce", "json_length": "json_array_length",
}

func merged(maps ...map[string]string) map[string]string {
	all := map[string]string{}
	for _, m := range maps {
		for k, v := range m {
			all[k] = v
		}
	}
	return all
}

// spellings tell for each dialect which function a name in lower case is.
var spellings = func() map[Dialect]map[string]string {
	all := map[Dialect]map[string]string{}
	for _, d := range []Dialect{Postgres, MySQL, MariaDB, SQLite} {
		all[d] = map[string]string{}
		for name, f := range functions {
			if spelling := f.in(d); spelling != "" {
				all[d][lowerASCII(spelling)] = name
			}
		}
		for spelling, name := range synonyms[d] {
			all[d][spelling] = name
		}
	}
	return all
}()

// leastArguments is how many arguments a function has at least. A call with fewer is of something else of that name.
func leastArguments(name string) int {
	switch name {
	case "pi", "version", "random_uuid", "time_uuid":
		return 0
	case "position", "left", "right", "nullif", "power", "repeat", "atan2", "log_base", "days_between", "truncate", "substring":
		return 2
	case "replace":
		return 3
	}
	return 1
}

// volatile are the functions of this package's list that answer differently each time, or with time.
var volatile = map[string]bool{
	"random_uuid": true, "time_uuid": true, "now": true, "local_now": true, "utc_now": true, "current_date": true, "current_time": true,
	"nextval": true, "user": true,
}

// pure tells that an expression calls nothing that could answer differently twice.
func pure(n Node) bool {
	ok := true
	walk(n, func(n Node) bool {
		if c, is := n.(*Call); is && (c.Native != "" || volatile[c.Func]) {
			ok = false
		}
		return ok
	})
	return ok
}

func lowerASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}
