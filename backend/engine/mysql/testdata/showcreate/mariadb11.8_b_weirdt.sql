CREATE TABLE `wei``rd t` (
  `a b` int(11) DEFAULT NULL,
  `x` int(11) GENERATED ALWAYS AS (`a b` + 1) STORED COMMENT 'g',
  CONSTRAINT `CONSTRAINT_1` CHECK (`a b` > 0),
  CONSTRAINT `my ck` CHECK (`x` > 1 or `a b` is null)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci
