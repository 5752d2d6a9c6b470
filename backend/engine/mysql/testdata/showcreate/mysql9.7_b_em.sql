CREATE TABLE `em` (
  `a` int DEFAULT '5' COMMENT 'c?',
  `b` varchar(10) DEFAULT 0xF09F9880,
  `c` varchar(10) DEFAULT (_utf8mb4'😀\'\n	\\x'),
  `d` varchar(20) GENERATED ALWAYS AS (concat(`c`,_utf8mb4'😀\n\'x')) VIRTUAL,
  `e` enum('\\','''','\n','?') DEFAULT NULL,
  `c'\\?` int DEFAULT NULL,
  KEY `i``?` ((concat(`a`,_utf8mb4'\'\\\n'))),
  CONSTRAINT `c'k\\?` CHECK ((`c` <> _utf8mb4'😀\'\n	\\x'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci
