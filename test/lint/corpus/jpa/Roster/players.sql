-- at: src/main/resources/sql/roster.sql
CREATE TABLE `players` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `nickname` varchar(40) NOT NULL,
  `shirt` int NOT NULL,
  PRIMARY KEY (`id`) USING BTREE,
  UNIQUE KEY `uk_nickname` (`nickname`) USING BTREE,
  KEY `ix_shirt` (`shirt`)
) ENGINE=InnoDB;
