CREATE TABLE `em3` (
  `a` int(11) DEFAULT 5 COMMENT 'c?',
  `b` varchar(10) DEFAULT '?',
  `c` varchar(10) DEFAULT '?''\n	\\x',
  `d` varchar(20) GENERATED ALWAYS AS (concat(`c`,'😀\n\'x')) VIRTUAL,
  `e` enum('\\','''','\n','?') DEFAULT NULL CHECK (`e` <> '😀'),
  `f` varchar(40) DEFAULT concat('😀','\''),
  CONSTRAINT `c'k\\` CHECK (`c` <> '😀\'\n	\\x')
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci
