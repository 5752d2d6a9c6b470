CREATE TABLE `ap` (
  `a` int(11) DEFAULT NULL,
  `d1` date NOT NULL,
  `d2` date NOT NULL,
  PERIOD FOR `per` (`d1`, `d2`),
  UNIQUE KEY `a` (`a`,`per` WITHOUT OVERLAPS)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci
