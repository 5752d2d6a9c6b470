CREATE TABLE `s` (
  `id` bigint(20) NOT NULL DEFAULT nextval(`db`.`sq`),
  `x` int(11) DEFAULT NULL COMMENT 'c',
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci
