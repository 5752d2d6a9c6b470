package enginetest

import "testing"

func TestJudgeCallsEqualWhatNoStatementChanges(t *testing.T) {
	const head = "--\n-- PostgreSQL database dump\n--\n\n\\restrict abc\n\n-- Dumped from database version 18.6\n\nSET default_tablespace = '';\n\nSET default_table_access_method = heap;\n\n"
	table := func(body string) string {
		return head + "--\n-- Name: t; Type: TABLE; Schema: public; Owner: -\n--\n\n" + body
	}
	type pair struct{ a, b string }
	for name, p := range map[string]pair{
		"the order of columns": {
			table("CREATE TABLE public.t (\n    a integer,\n    b numeric(10,2) DEFAULT '1,5)'::numeric,\n    CONSTRAINT c CHECK ((a > 0))\n);\nALTER TABLE ONLY public.t ALTER COLUMN a SET STATISTICS 5;\nALTER TABLE ONLY public.t ALTER COLUMN b SET STATISTICS 6;\n"),
			table("CREATE TABLE public.t (\n    b numeric(10,2) DEFAULT '1,5)'::numeric,\n    a integer,\n    CONSTRAINT c CHECK ((a > 0))\n);\nALTER TABLE ONLY public.t ALTER COLUMN b SET STATISTICS 6;\nALTER TABLE ONLY public.t ALTER COLUMN a SET STATISTICS 5;\n"),
		},
		"the random key and the version": {head, "--\n-- PostgreSQL database dump\n--\n\n\\restrict xyz\n\n-- Dumped from database version 15.1\n\nSET default_tablespace = '';\n\n"},
		"a column that a child repeats": {
			table("CREATE TABLE public.p (\n    a integer\n);\n") + "--\n-- Name: c; Type: TABLE; Schema: public; Owner: -\n--\n\nCREATE TABLE public.c (\n    a integer,\n    b text\n)\nINHERITS (public.p);\n",
			table("CREATE TABLE public.p (\n    a integer\n);\n") + "--\n-- Name: c; Type: TABLE; Schema: public; Owner: -\n--\n\nCREATE TABLE public.c (\n    b text\n)\nINHERITS (public.p);\n",
		},
	} {
		if x, y := canonicalPostgres(p.a), canonicalPostgres(p.b); x != y {
			t.Errorf("%s: \n%s", name, lineDiff(x, y))
		}
	}
	for name, p := range map[string]pair{
		"the order of keys":               {"CREATE TABLE `t` (\n  `a` int,\n  KEY `x` (`a`),\n  KEY `y` (`a`)\n) ENGINE=InnoDB;\n", "CREATE TABLE `t` (\n  `a` int,\n  KEY `y` (`a`),\n  KEY `x` (`a`)\n) ENGINE=InnoDB;\n"},
		"the only kind of index there is": {"CREATE TABLE `t` (\n  `a` int,\n  KEY `x` (`a`) USING BTREE\n) ENGINE=InnoDB;\n", "CREATE TABLE `t` (\n  `a` int,\n  KEY `x` (`a`)\n) ENGINE=InnoDB;\n"},
		"the counter":                     {"CREATE TABLE `t` (\n  `a` int\n) ENGINE=InnoDB AUTO_INCREMENT=5 DEFAULT CHARSET=latin1;\n", "CREATE TABLE `t` (\n  `a` int\n) ENGINE=InnoDB DEFAULT CHARSET=latin1;\n"},
		"a literal's character set":       {"CREATE TABLE `t` (\n  `a` int,\n  CONSTRAINT `c` CHECK ((`a` <> _utf8mb4'x'))\n) ENGINE=InnoDB;\n", "CREATE TABLE `t` (\n  `a` int,\n  CONSTRAINT `c` CHECK ((`a` <> _latin1'x'))\n) ENGINE=InnoDB;\n"},
		"the database's name":             {"CREATE VIEW `one`.`v`", "CREATE VIEW `v`"},
	} {
		if x, y := canonicalMySQL(p.a, "one", false), canonicalMySQL(p.b, "one", false); x != y {
			t.Errorf("%s: \n%s", name, lineDiff(x, y))
		}
	}
}

func TestJudgeTellsApartWhatDiffers(t *testing.T) {
	for name, p := range map[string][2]string{
		"the order of columns in MySQL": {"CREATE TABLE `t` (\n  `a` int,\n  `b` int\n) ENGINE=InnoDB;\n", "CREATE TABLE `t` (\n  `b` int,\n  `a` int\n) ENGINE=InnoDB;\n"},
		"a key":                         {"CREATE TABLE `t` (\n  `a` int,\n  KEY `x` (`a`)\n) ENGINE=InnoDB;\n", "CREATE TABLE `t` (\n  `a` int\n) ENGINE=InnoDB;\n"},
		"the kind of a hashed index":    {"CREATE TABLE `t` (\n  `a` int,\n  KEY `x` (`a`) USING BTREE\n) ENGINE=MEMORY;\n", "CREATE TABLE `t` (\n  `a` int,\n  KEY `x` (`a`)\n) ENGINE=MEMORY;\n"},
		"a counter that counts":         {"CREATE TABLE `t` (\n  `a` int\n) ENGINE=InnoDB AUTO_INCREMENT=5;\n", "CREATE TABLE `t` (\n  `a` int\n) ENGINE=InnoDB;\n"},
	} {
		if canonicalMySQL(p[0], "one", true) == canonicalMySQL(p[1], "one", true) {
			t.Errorf("%s passes as no difference", name)
		}
	}
	const title = "--\n-- Name: t; Type: TABLE; Schema: public; Owner: -\n--\n\n"
	for name, p := range map[string][2]string{
		"a column's type":         {title + "CREATE TABLE public.t (\n    a integer\n);\n", title + "CREATE TABLE public.t (\n    a bigint\n);\n"},
		"a storage parameter":     {title + "CREATE TABLE public.t (\n    a integer\n)\nWITH (fillfactor='70');\n", title + "CREATE TABLE public.t (\n    a integer\n);\n"},
		"a setting that concerns": {"SET default_table_access_method = heap;\n" + title + "CREATE TABLE public.t (\n    a integer\n);\n", "SET default_table_access_method = other;\n" + title + "CREATE TABLE public.t (\n    a integer\n);\n"},
	} {
		if canonicalPostgres(p[0]) == canonicalPostgres(p[1]) {
			t.Errorf("%s passes as no difference", name)
		}
	}
}
