CREATE TABLE `ar` (
  `a` int(11) DEFAULT NULL,
  ``` odd` int(11) DEFAULT NULL,
  `sp ace` varchar(3) DEFAULT '`',
  KEY `we``ird` (`sp ace`)
) ENGINE=Aria DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci CHECKSUM=1 PAGE_CHECKSUM=1 TRANSACTIONAL=1
