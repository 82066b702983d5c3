-- at: src/main/resources/db/migration/h2/V2__cards.sql
-- trap destructive-migration: a database in memory
ALTER TABLE readers DROP COLUMN remark;
-- trap rewriting-migration: nobody waits for it
ALTER TABLE readers ALTER COLUMN card INTEGER;
