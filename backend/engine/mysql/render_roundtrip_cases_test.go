package mysql

var columnPairs = []pair{
	{
		"types", "", "CREATE TABLE t (a int, b varchar(10), c datetime, d decimal(10,2), e enum('x','y'), f bit(3), g char(3))",
		"CREATE TABLE t (a bigint unsigned NOT NULL, b text, c timestamp(6) NULL, d double, e enum('x','y','z''s') NOT NULL DEFAULT 'x', f bit(8) DEFAULT b'101', g binary(4))",
	},
	{"order", "", "CREATE TABLE t (a int, b int, c int, d int, e int)", "CREATE TABLE t (e int, n1 int, c int, b bigint, n2 int, a int)"},
	{"all new", "", "CREATE TABLE t (a int, b int)", "CREATE TABLE t (c int, d int)"},
	{
		"defaults", "", "CREATE TABLE t (a int DEFAULT 1, b varchar(10) DEFAULT 'it''s', c datetime DEFAULT CURRENT_TIMESTAMP, d date)",
		`CREATE TABLE t (a int NOT NULL, b varchar(10) NOT NULL DEFAULT '\\n''"x', c datetime(3) DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3), d date DEFAULT (curdate()))`,
	},
	{
		"timestamps", "", "CREATE TABLE t (a timestamp NULL, b timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP)",
		"CREATE TABLE t (a timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, b timestamp NULL DEFAULT NULL)",
	},
	{
		"charsets", "", "CREATE TABLE t (a varchar(10), b varchar(10) CHARACTER SET latin1, c varchar(10) COLLATE utf8mb4_bin) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci",
		"CREATE TABLE t (a varchar(10), b varchar(10) COLLATE latin1_bin, c varchar(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci) DEFAULT CHARSET=latin1",
	},
	{
		"default charset over columns that keep theirs", "", "CREATE TABLE t (a varchar(10) CHARACTER SET latin1, b varchar(10)) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci",
		"CREATE TABLE t (a varchar(10), b varchar(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci) DEFAULT CHARSET=latin1",
	},
	{
		"generated", "", "CREATE TABLE t (a int, v int AS (a+1) VIRTUAL, s int AS (a+2) STORED, p int, w int, KEY (v), KEY (s,a))",
		"CREATE TABLE t (a int, v int AS (a+1) STORED, s int AS (a+2) VIRTUAL, p int AS (a+3) VIRTUAL, w int AS (a+4) STORED, KEY (v), KEY (s,a))",
	},
	{
		"generated becomes plain", "", "CREATE TABLE t (v int AS (a+1) VIRTUAL, a int, s int AS (a+2) STORED, KEY k (v), CONSTRAINT c CHECK (v > 0))",
		"CREATE TABLE t (v int, a int, s int NOT NULL DEFAULT 4, KEY k (v), CONSTRAINT c CHECK (v > 0))",
	},
	{
		"generated over generated", "", "CREATE TABLE t (a int, v int AS (a+1) VIRTUAL, w int AS (v+1) STORED, CONSTRAINT c CHECK (v > 0))",
		"CREATE TABLE t (a int, v int AS (a+1) STORED, w int AS (v+1) STORED, CONSTRAINT c CHECK (v > 0))",
	},
	{
		"base of generated goes", "", "CREATE TABLE t (a int, b int, v int AS (a+1) VIRTUAL, s int AS (a+2) STORED)",
		"CREATE TABLE t (b int, v int AS (b+1) VIRTUAL, s int AS (b+2) STORED)",
	},
	{"base of generated changes its type", "", "CREATE TABLE t (a int, v int AS (a+1) VIRTUAL, s int AS (a+2) STORED)", "CREATE TABLE t (a bigint, v int AS (a+1) VIRTUAL, s int AS (a+2) STORED)"},
	{
		"auto_increment moves", "", "CREATE TABLE t (a int NOT NULL AUTO_INCREMENT, b int NOT NULL, PRIMARY KEY (a))",
		"CREATE TABLE t (a int NOT NULL, b int NOT NULL AUTO_INCREMENT, PRIMARY KEY (a), UNIQUE KEY (b))",
	},
	{"auto_increment comes", "", "CREATE TABLE t (a int)", "CREATE TABLE t (id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, a int) AUTO_INCREMENT=1000"},
	{"case of a name", "", "CREATE TABLE t (Aa int, b int, KEY Kk (Aa))", "CREATE TABLE t (aA bigint, b int, KEY kK (aA))"},
	{
		"comments and odd names", "", "CREATE TABLE `we ird``t` (`select` int COMMENT 'a\\nb', `sp ace` int, `ü` int)",
		"CREATE TABLE `we ird``t` (`select` int COMMENT 'it''s \\\\ \"x\"', `sp ace` bigint COMMENT 'ж', `ü` int, `q``q` int, KEY `k ey` (`q``q`))",
	},
	{"invisible", "", "CREATE TABLE t (a int, b int INVISIBLE)", "CREATE TABLE t (a int INVISIBLE DEFAULT 3, b int)"},
	{"json and spatial", "", "CREATE TABLE t (j json, g geometry NOT NULL, p point)", "CREATE TABLE t (j json NOT NULL, g point NOT NULL, p point NOT NULL, SPATIAL KEY (p))"},
	{"srid", "mysql", "CREATE TABLE t (g geometry NOT NULL SRID 4326, SPATIAL KEY (g))", "CREATE TABLE t (g geometry NOT NULL SRID 0, SPATIAL KEY (g))"},
	{"expression defaults", "", "CREATE TABLE t (a varchar(40) DEFAULT (uuid()), b json)", "CREATE TABLE t (a varchar(40) DEFAULT (concat('x', uuid())), b json DEFAULT (json_array()))"},
	{"new columns with defaults that differ per row", "", "CREATE TABLE t (a int)", "CREATE TABLE t (a int, b varchar(40) NOT NULL DEFAULT (uuid()), c double DEFAULT (rand() * 10), d int)"},
	{"column checks", "mariadb", "CREATE TABLE t (a int CHECK (a > 0), b int)", "CREATE TABLE t (a int CHECK (a > 1), b int CHECK (b < 5), CONSTRAINT c CHECK (a < b))"},
	{"MariaDB types", "mariadb", "CREATE TABLE t (a char(36), b varchar(40), c varchar(100) COMPRESSED)", "CREATE TABLE t (a uuid, b inet6, c varchar(100))"},
	{"types without a way between them", "", "CREATE TABLE t (a int NOT NULL, g geometry NOT NULL, b datetime, KEY (b), PRIMARY KEY (a), SPATIAL KEY (g))", "CREATE TABLE t (a point NOT NULL, g bigint NOT NULL, b polygon, PRIMARY KEY (g), KEY kg (g))"},
	{"MariaDB types without a way between them", "mariadb", "CREATE TABLE t (a uuid NOT NULL, b inet6, c bit(4), PRIMARY KEY (a), KEY (b))", "CREATE TABLE t (a bigint NOT NULL, b point, c uuid, PRIMARY KEY (a), KEY (c))"},
	{"set and enum labels", "", "CREATE TABLE t (a set('a','b'), b enum('1','2'))", "CREATE TABLE t (a set('b','a','c') NOT NULL DEFAULT 'a,b', b enum('2') DEFAULT '2')"},
	{"nullability", "", "CREATE TABLE t (a int, b varchar(5) NOT NULL, c int NOT NULL DEFAULT 0)", "CREATE TABLE t (a int NOT NULL, b varchar(5), c int DEFAULT 0)"},
	{"storage", "mysql", "CREATE TABLE t (a int COLUMN_FORMAT DYNAMIC, b int)", "CREATE TABLE t (a int, b int COLUMN_FORMAT FIXED COMMENT 'x')"},
	{"zerofill and width", "", "CREATE TABLE t (a int(5) zerofill, b tinyint(1), c year)", "CREATE TABLE t (a int(6) zerofill, b tinyint, c int unsigned)"},
}

var keyPairs = []pair{
	{"primary key", "", "CREATE TABLE t (a int NOT NULL, b int NOT NULL, c varchar(20) NOT NULL, PRIMARY KEY (a))", "CREATE TABLE t (a int NOT NULL, b int NOT NULL, c varchar(20) NOT NULL, PRIMARY KEY (c(5),b DESC) COMMENT 'pk')"},
	{"primary key comes", "", "CREATE TABLE t (a int)", "CREATE TABLE t (a int NOT NULL, PRIMARY KEY (a))"},
	{
		"indexes", "", "CREATE TABLE t (a int, b varchar(100), c text, KEY k1 (a), UNIQUE KEY k2 (b), KEY k3 (b(10)), FULLTEXT KEY f (c))",
		"CREATE TABLE t (a int, b varchar(100), c text, UNIQUE KEY k1 (a), KEY k2 (b), KEY k3 (b(20), a DESC) COMMENT 'x', FULLTEXT KEY f (b,c), FULLTEXT KEY f2 (b), KEY kh (a) USING BTREE)",
	},
	{"functional", "mysql", "CREATE TABLE t (a int, b varchar(10), KEY k ((a+1)))", "CREATE TABLE t (a int, b varchar(10), KEY k ((a+2), b), UNIQUE KEY u ((lower(b)) DESC))"},
	{"functional over a column that goes", "mysql", "CREATE TABLE t (a int, b int, KEY k ((a+1)))", "CREATE TABLE t (b int, KEY k ((b+1)))"},
	{"functional over a column that changes", "mysql", "CREATE TABLE t (a varchar(10), KEY k ((upper(a))))", "CREATE TABLE t (a varchar(20), KEY k ((upper(a))))"},
	{"hidden", "mysql", "CREATE TABLE t (a int, b int, KEY k (a), KEY l (b) INVISIBLE)", "CREATE TABLE t (a int, b bigint, KEY k (a) INVISIBLE, KEY l (b))"},
	{"ignored", "mariadb", "CREATE TABLE t (a int, b int, KEY k (a), KEY l (b) IGNORED)", "CREATE TABLE t (a int, b bigint, KEY k (a) IGNORED, KEY l (b))"},
	{"prefix of a column that shrinks", "", "CREATE TABLE t (a varchar(100), KEY k (a(20)))", "CREATE TABLE t (a varchar(20), KEY k (a))"},
	{"index over a column that becomes text", "", "CREATE TABLE t (a varchar(100), KEY k (a))", "CREATE TABLE t (a text, KEY k (a(50)))"},
	{
		"checks", "", "CREATE TABLE t (a int, b int, CONSTRAINT c1 CHECK (a > 0), CONSTRAINT c2 CHECK (b > a), CONSTRAINT c3 CHECK (a <> 4))",
		"CREATE TABLE t (a int, c int, CONSTRAINT c1 CHECK (a > 1), CONSTRAINT c2 CHECK (c > a), CONSTRAINT c4 CHECK (a <> 4))",
	},
	{"check moves to another table", "", "CREATE TABLE t (a int, CONSTRAINT cc CHECK (a > 0)); CREATE TABLE u (a int)", "CREATE TABLE t (a int); CREATE TABLE u (a int, CONSTRAINT cc CHECK (a > 0))"},
	{"enforcement", "mysql", "CREATE TABLE t (a int, CONSTRAINT c CHECK (a > 0) NOT ENFORCED)", "CREATE TABLE t (a int, CONSTRAINT c CHECK (a > 0))"},
	{
		"foreign keys", "", "CREATE TABLE p (id int PRIMARY KEY, u int UNIQUE); CREATE TABLE c (id int PRIMARY KEY, p int, q int, CONSTRAINT f FOREIGN KEY (p) REFERENCES p (id))",
		"CREATE TABLE p (id int PRIMARY KEY, u int UNIQUE); CREATE TABLE c (id int PRIMARY KEY, p int, q int, CONSTRAINT f FOREIGN KEY (p) REFERENCES p (id) ON DELETE CASCADE ON UPDATE SET NULL, CONSTRAINT g FOREIGN KEY (q) REFERENCES p (u))",
	},
	{
		"types under foreign keys", "", "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (id int PRIMARY KEY, p int, CONSTRAINT f FOREIGN KEY (p) REFERENCES p (id))",
		"CREATE TABLE p (id bigint unsigned AUTO_INCREMENT PRIMARY KEY); CREATE TABLE c (id int PRIMARY KEY, p bigint unsigned NOT NULL, CONSTRAINT f FOREIGN KEY (p) REFERENCES p (id))",
	},
	{
		"charset under foreign keys", "", "CREATE TABLE p (id varchar(10) PRIMARY KEY) CHARSET=latin1; CREATE TABLE c (p varchar(10), CONSTRAINT f FOREIGN KEY (p) REFERENCES p (id)) CHARSET=latin1",
		"CREATE TABLE p (id varchar(20) PRIMARY KEY) CHARSET=utf8mb4; CREATE TABLE c (p varchar(20), CONSTRAINT f FOREIGN KEY (p) REFERENCES p (id)) CHARSET=utf8mb4",
	},
	{
		"keys under foreign keys", "", "CREATE TABLE p (id int NOT NULL, x int NOT NULL, PRIMARY KEY (id), KEY kx (x)); CREATE TABLE c (p int, x int, KEY kp (p), CONSTRAINT f FOREIGN KEY (p) REFERENCES p (id), CONSTRAINT g FOREIGN KEY (x) REFERENCES p (id))",
		"CREATE TABLE p (id int NOT NULL, x int NOT NULL, PRIMARY KEY (x,id), UNIQUE KEY kx (x), UNIQUE KEY ki (id)); CREATE TABLE c (p int, x int, KEY kp2 (p,x), CONSTRAINT f FOREIGN KEY (p) REFERENCES p (id), CONSTRAINT g FOREIGN KEY (x) REFERENCES p (x))",
	},
	{
		"index that a foreign key made is covered by another", "", "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (p int, x int, CONSTRAINT f FOREIGN KEY (p) REFERENCES p (id))",
		"CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (p int, x int, CONSTRAINT f FOREIGN KEY (p) REFERENCES p (id), KEY px (p,x)); ALTER TABLE c ADD KEY f (p)",
	},
	{
		"cycles and self references", "", "CREATE TABLE a (id int PRIMARY KEY, b int); CREATE TABLE b (id int PRIMARY KEY, a int, CONSTRAINT fb FOREIGN KEY (a) REFERENCES a (id)); ALTER TABLE a ADD CONSTRAINT fa FOREIGN KEY (b) REFERENCES b (id)",
		"CREATE TABLE a (id bigint PRIMARY KEY, b bigint, s bigint, CONSTRAINT fs FOREIGN KEY (s) REFERENCES a (id) ON DELETE CASCADE); CREATE TABLE b (id bigint PRIMARY KEY, a bigint, CONSTRAINT fb FOREIGN KEY (a) REFERENCES a (id)); ALTER TABLE a ADD CONSTRAINT fa FOREIGN KEY (b) REFERENCES b (id)",
	},
	{
		"foreign key name moves", "", "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE a (p int, CONSTRAINT f FOREIGN KEY (p) REFERENCES p (id)); CREATE TABLE b (p int)",
		"CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE a (p int); CREATE TABLE b (p int, CONSTRAINT f FOREIGN KEY (p) REFERENCES p (id))",
	},
	{
		"foreign key on a generated column", "mysql", "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (a int, p int AS (a+1) STORED, CONSTRAINT f FOREIGN KEY (p) REFERENCES p (id))",
		"CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (a int, p int AS (a+2) STORED, CONSTRAINT f FOREIGN KEY (p) REFERENCES p (id))",
	},
	{
		"foreign key follows a renamed reference", "", "CREATE TABLE p (id int PRIMARY KEY, n int, UNIQUE KEY (n)); CREATE TABLE c (p int, CONSTRAINT f FOREIGN KEY (p) REFERENCES p (n))",
		"CREATE TABLE p (id int PRIMARY KEY, m int, UNIQUE KEY (m)); CREATE TABLE c (p int, CONSTRAINT f FOREIGN KEY (p) REFERENCES p (m))",
	},
	{"auto_increment under a secondary key", "", "CREATE TABLE t (a int NOT NULL AUTO_INCREMENT, b int, KEY k (a,b))", "CREATE TABLE t (a int NOT NULL AUTO_INCREMENT, b int, UNIQUE KEY k2 (a))"},
	{"hash", "mariadb", "CREATE TABLE t (a text, UNIQUE KEY u (a) USING HASH)", "CREATE TABLE t (a varchar(100), UNIQUE KEY u (a))"},
	{"memory", "", "CREATE TABLE t (a int, KEY k (a) USING BTREE) ENGINE=MEMORY", "CREATE TABLE t (a int, KEY k (a) USING HASH) ENGINE=MEMORY"},
}

var tablePairs = []pair{
	{
		"options", "", "CREATE TABLE t (a int) COMMENT='x' ROW_FORMAT=COMPACT STATS_PERSISTENT=1 AVG_ROW_LENGTH=100 MAX_ROWS=1000",
		"CREATE TABLE t (a int) COMMENT='it''s' ROW_FORMAT=DYNAMIC STATS_AUTO_RECALC=1 STATS_SAMPLE_PAGES=20 CHECKSUM=1",
	},
	{"compressed", "", "CREATE TABLE t (a int) ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=8", "CREATE TABLE t (a int)"},
	{"page compression", "mariadb", "CREATE TABLE t (a int) PAGE_COMPRESSED=1", "CREATE TABLE t (a int)"},
	{"engine", "", "CREATE TABLE t (a int NOT NULL, b varchar(10), PRIMARY KEY (a), KEY k (b)) ENGINE=MyISAM CHECKSUM=1 DELAY_KEY_WRITE=1", "CREATE TABLE t (a int NOT NULL, b varchar(10), PRIMARY KEY (a), KEY k (b)) ENGINE=InnoDB"},
	{"counter", "", "CREATE TABLE t (a int AUTO_INCREMENT PRIMARY KEY)", "CREATE TABLE t (a int AUTO_INCREMENT PRIMARY KEY) AUTO_INCREMENT=500"},
	{"partitions come", "", "CREATE TABLE t (a int NOT NULL, d date NOT NULL, PRIMARY KEY (a))", "CREATE TABLE t (a int NOT NULL, d date NOT NULL, PRIMARY KEY (a,d)) PARTITION BY RANGE (year(d)) (PARTITION p0 VALUES LESS THAN (2000), PARTITION pm VALUES LESS THAN MAXVALUE COMMENT = 'rest')"},
	{
		"partitions split and go", "", "CREATE TABLE t (a int) PARTITION BY RANGE (a) (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN (20), PARTITION pm VALUES LESS THAN MAXVALUE)",
		"CREATE TABLE t (a int, b int) PARTITION BY RANGE (a) (PARTITION p1 VALUES LESS THAN (20), PARTITION p2 VALUES LESS THAN (30), PARTITION pm VALUES LESS THAN MAXVALUE)",
	},
	{
		"partitions at the end", "", "CREATE TABLE t (a int) PARTITION BY RANGE COLUMNS (a) (PARTITION p0 VALUES LESS THAN (10))",
		"CREATE TABLE t (a int) PARTITION BY RANGE COLUMNS (a) (PARTITION p0 VALUES LESS THAN (10), PARTITION `p 1` VALUES LESS THAN (20), PARTITION p2 VALUES LESS THAN (30))",
	},
	{
		"partition lists", "", "CREATE TABLE t (a int) PARTITION BY LIST (a) (PARTITION p0 VALUES IN (1,2), PARTITION p1 VALUES IN (3))",
		"CREATE TABLE t (a int) PARTITION BY LIST (a) (PARTITION p0 VALUES IN (1,2,5), PARTITION p2 VALUES IN (4,NULL))",
	},
	{"hash partitions", "", "CREATE TABLE t (a int NOT NULL PRIMARY KEY) PARTITION BY HASH (a) PARTITIONS 4", "CREATE TABLE t (a int NOT NULL PRIMARY KEY) PARTITION BY KEY (a) PARTITIONS 3"},
	{
		"subpartitions", "", "CREATE TABLE t (a int, b int) PARTITION BY RANGE (a) SUBPARTITION BY HASH (b) SUBPARTITIONS 2 (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN (20))",
		"CREATE TABLE t (a int, b int) PARTITION BY RANGE (a) SUBPARTITION BY HASH (b) SUBPARTITIONS 2 (PARTITION p1 VALUES LESS THAN (20), PARTITION p2 VALUES LESS THAN (30))",
	},
	{"system versioning", "mariadb", "CREATE TABLE t (a int, b int)", "CREATE TABLE t (a bigint, b int WITHOUT SYSTEM VERSIONING) WITH SYSTEM VERSIONING"},
	{"system versioning stays", "mariadb", "CREATE TABLE t (a int, b int, KEY (b)) WITH SYSTEM VERSIONING", "CREATE TABLE t (a bigint, c int, KEY (a)) WITH SYSTEM VERSIONING"},
	{"explicit system period", "mariadb", "CREATE TABLE t (a int) WITH SYSTEM VERSIONING", "CREATE TABLE t (a int, s timestamp(6) GENERATED ALWAYS AS ROW START, e timestamp(6) GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (s, e)) WITH SYSTEM VERSIONING"},
	{
		"system period changes", "mariadb", "CREATE TABLE t (a int, s timestamp(6) GENERATED ALWAYS AS ROW START, e timestamp(6) GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (s, e)) WITH SYSTEM VERSIONING",
		"CREATE TABLE t (s timestamp(6) GENERATED ALWAYS AS ROW START INVISIBLE, a int, f timestamp(6) GENERATED ALWAYS AS ROW END INVISIBLE, PERIOD FOR SYSTEM_TIME (s, f)) WITH SYSTEM VERSIONING",
	},
	{"system period to none", "mariadb", "CREATE TABLE t (a int, s timestamp(6) GENERATED ALWAYS AS ROW START, e timestamp(6) GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (s, e)) WITH SYSTEM VERSIONING", "CREATE TABLE t (a int)"},
	{"application period", "mariadb", "CREATE TABLE t (a int, s date, e date)", "CREATE TABLE t (a int, s date, e date, PERIOD FOR p (s, e), UNIQUE KEY u (a, p WITHOUT OVERLAPS))"},
	{"application period changes", "mariadb", "CREATE TABLE t (a int, s date, e date, f date NOT NULL, PERIOD FOR p (s, e), UNIQUE KEY u (a, p WITHOUT OVERLAPS))", "CREATE TABLE t (a int, s date, e date NOT NULL, f date NOT NULL, PERIOD FOR p (s, f), UNIQUE KEY u (a, p WITHOUT OVERLAPS))"},
	{"versioned partitions", "mariadb", "CREATE TABLE t (a int) WITH SYSTEM VERSIONING", "CREATE TABLE t (a int) WITH SYSTEM VERSIONING PARTITION BY SYSTEM_TIME LIMIT 1000 (PARTITION h HISTORY, PARTITION c CURRENT)"},
	{"tables come and go", "", "CREATE TABLE a (x int); CREATE TABLE B (x int)", "CREATE TABLE c (x int); CREATE TABLE b (y int)"},
}

// Views, routines, triggers, events and sequences.
var scriptPairs = []pair{
	{"views", "", "CREATE TABLE t (a int, b int); CREATE VIEW v AS SELECT a FROM t; CREATE VIEW w AS SELECT a FROM v", "CREATE TABLE t (b int, c int); CREATE VIEW v AS SELECT c AS a, b FROM t; CREATE VIEW w AS SELECT a FROM v; CREATE VIEW x AS SELECT a FROM w"},
	{"view becomes table", "", "CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t", "CREATE TABLE v (a int); CREATE VIEW t AS SELECT a FROM v"},
	{"views swap", "", "CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t; CREATE VIEW w AS SELECT a FROM v", "CREATE TABLE t (a int); CREATE VIEW w AS SELECT a FROM t; CREATE VIEW v AS SELECT a FROM w"},
	{"view options", "", "CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t WHERE a > 0", "CREATE TABLE t (a int); CREATE ALGORITHM=MERGE SQL SECURITY INVOKER VIEW v AS SELECT a FROM t WHERE a > 0 WITH CASCADED CHECK OPTION"},
	{
		"triggers", "", "CREATE TABLE t (a int, b int); CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1; CREATE TRIGGER y BEFORE INSERT ON t FOR EACH ROW SET NEW.b = 1",
		"CREATE TABLE t (b int, c int); CREATE TRIGGER y BEFORE INSERT ON t FOR EACH ROW SET NEW.b = 1; CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW SET NEW.c = 2; CREATE TRIGGER z AFTER UPDATE ON t FOR EACH ROW SET @x = 1",
	},
	{
		"trigger order", "", "CREATE TABLE t (a int); CREATE TRIGGER a BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1; CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 2; CREATE TRIGGER c BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 3",
		"CREATE TABLE t (a int); CREATE TRIGGER c BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 3; CREATE TRIGGER a BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1; CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 9",
	},
	{
		"trigger moves to another table", "", "CREATE TABLE t (a int); CREATE TABLE u (a int); CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1",
		"CREATE TABLE t (a int); CREATE TABLE u (a int); CREATE TRIGGER x BEFORE INSERT ON u FOR EACH ROW SET NEW.a = 1",
	},
	{"routines", "", "CREATE PROCEDURE p() SELECT 1; CREATE FUNCTION f(a int) RETURNS int DETERMINISTIC RETURN a + 1", "CREATE PROCEDURE p(IN a int) COMMENT 'it''s' SELECT a; CREATE FUNCTION f(a int) RETURNS bigint DETERMINISTIC SQL SECURITY INVOKER RETURN a + 2"},
	{"routine comment", "", "CREATE PROCEDURE p() COMMENT 'a' SELECT 1", "CREATE PROCEDURE p() COMMENT 'b' SELECT 1"},
	{"routine kind", "", "CREATE PROCEDURE p() SELECT 1", "CREATE FUNCTION p() RETURNS int DETERMINISTIC RETURN 1"},
	{
		"sql_mode of bodies", "", "SET sql_mode='ANSI_QUOTES'; CREATE PROCEDURE p() SELECT 1 AS \"x\"; CREATE TABLE t (a int); CREATE TRIGGER r BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1",
		"SET sql_mode='PIPES_AS_CONCAT'; CREATE PROCEDURE p() SELECT 'a' || 'b'; CREATE TABLE t (a int); CREATE TRIGGER r BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1",
	},
	{"events", "", "CREATE EVENT e ON SCHEDULE EVERY 1 HOUR STARTS '2030-01-01 00:00:00' DO SELECT 1", "CREATE EVENT e ON SCHEDULE EVERY 2 DAY STARTS '2030-01-01 00:00:00' ON COMPLETION PRESERVE DISABLE COMMENT 'it''s' DO SELECT 2; CREATE EVENT f ON SCHEDULE AT '2035-01-01 00:00:00' DO SELECT 3"},
	{"sequences", "mariadb", "CREATE SEQUENCE s; CREATE TABLE t (a int DEFAULT nextval(s))", "CREATE SEQUENCE s START WITH 10 INCREMENT BY -2 MINVALUE -100 MAXVALUE 10 CACHE 5 CYCLE; CREATE SEQUENCE z START WITH 5; CREATE TABLE t (a int DEFAULT nextval(z), b bigint DEFAULT nextval(s))"},
	{"sequence bounds", "mariadb", "CREATE SEQUENCE a; CREATE SEQUENCE b INCREMENT BY -1; CREATE SEQUENCE c MAXVALUE 100; CREATE SEQUENCE d COMMENT='x'", "CREATE SEQUENCE a MINVALUE 7 START WITH 42; CREATE SEQUENCE b INCREMENT BY -2 MAXVALUE -5 MINVALUE -500 START WITH -7; CREATE SEQUENCE c MINVALUE 200 MAXVALUE 300; CREATE SEQUENCE d ENGINE=Aria"},
	{"sequence becomes table", "mariadb", "CREATE SEQUENCE s", "CREATE TABLE s (a int)"},
}
