-- at: src/main/resources/db/migration/postgresql/rollback/2__cards.sql
-- trap destructive-migration: the way back, which nobody runs with the others
DROP TABLE readers;
