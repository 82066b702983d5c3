-- at: src/main/resources/db/migration/postgresql/V2__cards.sql
-- rules: destructive-migration, rewriting-migration
-- trap rewriting-migration: PostgreSQL, by the name of the folder, changes only the catalogue
ALTER TABLE readers ALTER COLUMN remark TYPE text;
-- bad rewriting-migration: it writes every row anew
ALTER TABLE readers ALTER COLUMN card TYPE integer USING card::integer; -- expect rewriting-migration
CREATE TABLE reader_cards (reader_id bigint NOT NULL, card_id bigint NOT NULL, PRIMARY KEY (reader_id, card_id));
INSERT INTO reader_cards (reader_id, card_id)
SELECT id, card_id FROM readers WHERE card_id IS NOT NULL;
-- trap destructive-migration: its values stand in the other table now
ALTER TABLE readers DROP COLUMN card_id;
-- bad destructive-migration: nothing has kept them
ALTER TABLE readers DROP COLUMN remark; -- expect destructive-migration
