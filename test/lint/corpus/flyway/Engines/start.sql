-- at: src/main/resources/db/migration/postgresql/V1__start.sql
CREATE TABLE readers (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  card varchar(20) NOT NULL,
  remark varchar(200),
  card_id bigint
);
