-- at: src/main/resources/db/migration/V2__keys.sql
-- rules: missing-primary-key
ALTER TABLE rates ADD CONSTRAINT rates_pk PRIMARY KEY (currency, day);

-- bad missing-primary-key: nor is there one here
-- expect next missing-primary-key
CREATE TABLE reminders (account_id bigint NOT NULL REFERENCES accounts (id), sent_at timestamptz NOT NULL, text text NOT NULL);
