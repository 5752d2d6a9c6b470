package mysql

import "testing"

func TestExpressionsOfBothServersMeanTheSame(t *testing.T) {
	for _, pair := range [][2]string{ // as MySQL and as MariaDB print them
		{"(`a` + (`b` * 2))", "`a` + `b` * 2"},
		{"concat(upper(`s`),_utf8mb4'x\\'y',lower(`s`))", "concat(ucase(`s`),'x\\'y',lcase(`s`))"},
		{"if(((`a` > 0) and (`b` is not null)),-(`a`),(`b` % 3))", "if(`a` > 0 and `b` is not null,-`a`,`b` MOD 3)"},
		{"(case when (`a` in (1,2,3)) then _utf8mb4'one' when (`a` between 3 and 5) then _utf8mb4'two' else NULL end)", "case when `a` in (1,2,3) then 'one' when `a` between 3 and 5 then 'two' else NULL end"},
		{"((`a` << 2) | `b`)", "`a` << 2 | `b`"},
		{"(-(`a`) - -(1))", "-`a` - -1"},
		{"((0 <> `a`) xor (0 <> `b`))", "`a` xor `b`"},
		{"regexp_like(`s`,_utf8mb4'^a')", "`s` regexp '^a'"},
		{"((0 <> `a`) is true)", "`a` is true"},
		{"length(`s`)", "octet_length(`s`)"},
		{"(0 = `a`)", "`a` = 0"},
		{"((0 <> `a`) or ((0 <> `b`) and (0 <> `a`)))", "`a` <> 0 or `b` <> 0 and `a` <> 0"},
		{"((0 = `a`) or (0 = `b`))", "`a` = 0 or `b` = 0"},
		{"(not((`s` like _utf8mb4'x')))", "`s`  not like 'x'"},
		{"((`a` > 1) = `b`)", "`a` > 1 = `b`"},
		{"(now(3) + interval 1 day)", "current_timestamp(3) + interval 1 day"},
		{"true", "1"},
		{"((((`a` > 0) and (`b` < 10)) or (`s` <> _utf8mb4'x')))", "`a` > 0 and `b` < 10 or `s` <> 'x'"},
		{
			"CREATE VIEW `v` AS select `base`.`id` AS `id` from `base` where (`base`.`id` in (select `t`.`a` from `t`) and exists(select 1 from `t` `x` where (`x`.`a` = `base`.`id`)))",
			"CREATE VIEW `v` AS select `base`.`id` AS `id` from `base` where `base`.`id` in (select `t`.`a` from `t`) and exists(select 1 from `t` `x` where `x`.`a` = `base`.`id` limit 1)",
		},
		{
			"select `t`.`a` AS `a` from ((`t` join `base` on((`base`.`id` = `t`.`a`))) left join `base` `b2` on(((`b2`.`id` = `t`.`b`) and (`b2`.`v` = 'x'))))",
			"select `t`.`a` AS `a` from ((`t` join `base` on(`base`.`id` = `t`.`a`)) left join `base` `b2` on(`b2`.`id` = `t`.`b` and `b2`.`v` = 'x'))",
		},
		{"with `c` as (select `t`.`a` AS `a` from `t`) select `c`.`a` AS `a` from `c`", "with c as (select `t`.`a` AS `a` from `t`)select `c`.`a` AS `a` from `c`"},
		{
			"select distinct (case `t`.`a` when 1 then 'x' else 'y' end) AS `k`,row_number() OVER (PARTITION BY `t`.`a` ORDER BY `t`.`b` )  AS `rn`,(0 = `t`.`a`) AS `not a` from `t`",
			"select distinct case `t`.`a` when 1 then 'x' else 'y' end AS `k`,row_number() over ( partition by `t`.`a` order by `t`.`b`) AS `rn`,`t`.`a` = 0 AS `not a` from `t`",
		},
		{"RANGE (year(`d`)) (PARTITION p0 VALUES LESS THAN (2020), PARTITION p1 VALUES LESS THAN MAXVALUE)", "RANGE (year(`d`))\n(PARTITION `p0` VALUES LESS THAN (2020),\n PARTITION `p1` VALUES LESS THAN MAXVALUE)"},
		{"CREATE FUNCTION `f`(x int) RETURNS varchar(9) CHARSET utf8mb4\nRETURN x", "CREATE FUNCTION `f`(x int(11)) RETURNS varchar(9) CHARSET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci\nRETURN x"},
	} {
		if a, b := canonical(pair[0]), canonical(pair[1]); a != b {
			t.Errorf("%s\n  means %s\n%s\n  means %s", pair[0], a, pair[1], b)
		}
	}
}

func TestExpressionsThatDifferDoNotMeanTheSame(t *testing.T) {
	for _, pair := range [][2]string{
		{"`a` + `b` * 2", "(`a` + `b`) * 2"},
		{"`a` - (`b` - 1)", "`a` - `b` - 1"},
		{"`a` or `b` and `c`", "(`a` or `b`) and `c`"},
		{"not `a` = 1", "`a` = 1"},
		{"'a'", "'A'"},
		{"`a` in (1,2)", "`a` in (1,3)"},
		{"concat(`a`,`b`)", "concat(`b`,`a`)"},
		{"`a` < 1", "`a` <= 1"},
		{"-`a`", "`a`"},
		{"tinyint(1)", "tinyint(4)"},
		{"`a` like 'x'", "`a` not like 'x'"},
		{"case when `a` then 1 end", "case when `a` then 1 else 0 end"},
		{"select `a` from `t` limit 1", "select `a` from `t`"},
	} {
		if sameMeaning(pair[0], pair[1]) {
			t.Errorf("%s and %s both mean %s", pair[0], pair[1], canonical(pair[0]))
		}
	}
}
