-- at: src/main/resources/db/migration/V1__ledger.sql
-- rules: missing-primary-key
-- trap missing-primary-key: it has one
CREATE TABLE accounts (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, owner text NOT NULL);

-- bad missing-primary-key: nothing tells its rows apart
-- expect next missing-primary-key
CREATE TABLE postings (
  account_id bigint NOT NULL REFERENCES accounts (id),
  amount numeric(12, 2) NOT NULL,
  posted_at timestamptz NOT NULL
);

-- trap missing-primary-key: it comes with a later script
CREATE TABLE rates (currency char(3) NOT NULL, day date NOT NULL, rate numeric(12, 6) NOT NULL);

-- trap missing-primary-key: a key of two columns
CREATE TABLE balances (account_id bigint NOT NULL REFERENCES accounts (id), day date NOT NULL, amount numeric(12, 2), PRIMARY KEY (account_id, day));
