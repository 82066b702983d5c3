-- at: src/main/resources/db/migration/V2__release.sql
-- rules: destructive-migration, renaming-migration, unfilled-required-column, rewriting-migration, blocking-index-build, validating-constraint, blocking-unique-constraint
-- bad destructive-migration: the notes are gone
ALTER TABLE orders DROP COLUMN note; -- expect destructive-migration
-- bad destructive-migration: a table with its rows
DROP TABLE IF EXISTS legacy_orders; -- expect destructive-migration
-- trap destructive-migration: a constraint holds no values
ALTER TABLE orders DROP CONSTRAINT IF EXISTS orders_status_check;
-- trap destructive-migration: what is dropped was made here
CREATE TABLE moved_ids (id bigint PRIMARY KEY);
DROP TABLE moved_ids;

-- bad renaming-migration: the program that still runs knows the old name
ALTER TABLE orders RENAME COLUMN status TO state; -- expect renaming-migration
-- bad renaming-migration: of a table
ALTER TABLE customers RENAME TO clients; -- expect renaming-migration
-- trap renaming-migration: nobody calls an index by its name
ALTER INDEX orders_pkey RENAME TO orders_key;
-- trap renaming-migration: nor a constraint
ALTER TABLE orders RENAME CONSTRAINT orders_number_check TO orders_number_ok;

-- bad unfilled-required-column: what is there has no value
ALTER TABLE orders ADD COLUMN channel text NOT NULL; -- expect unfilled-required-column
-- bad unfilled-required-column: made so afterwards
ALTER TABLE orders ALTER COLUMN customer_id SET NOT NULL; -- expect unfilled-required-column
-- trap unfilled-required-column: with a default
ALTER TABLE orders ADD COLUMN paid boolean NOT NULL DEFAULT false;
-- trap unfilled-required-column: it may be empty
ALTER TABLE orders ADD COLUMN remark text;

-- bad rewriting-migration: every row is written anew
ALTER TABLE orders ALTER COLUMN number TYPE integer USING number::integer; -- expect rewriting-migration
-- bad rewriting-migration: a default of its own for each row
ALTER TABLE orders ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid(); -- expect rewriting-migration
-- trap rewriting-migration: text of any length is free
ALTER TABLE orders ALTER COLUMN state TYPE text;
-- trap rewriting-migration: so is a constant default
ALTER TABLE orders ADD COLUMN lines integer NOT NULL DEFAULT 0;

-- bad blocking-index-build: nobody writes meanwhile
CREATE INDEX ix_orders_customer ON orders (customer_id); -- expect blocking-index-build
-- bad blocking-index-build: a unique one is built as long
CREATE UNIQUE INDEX ux_orders_token ON orders (token); -- expect blocking-index-build
-- trap blocking-index-build: beside the writers
CREATE INDEX CONCURRENTLY ix_orders_number ON orders (number);
-- trap blocking-index-build: the table is new
CREATE TABLE order_tags (order_id bigint PRIMARY KEY, tag text);
CREATE INDEX ix_order_tags ON order_tags (tag);

-- bad validating-constraint: all rows are read
ALTER TABLE orders ADD CONSTRAINT fk_customer FOREIGN KEY (customer_id) REFERENCES customers (id); -- expect validating-constraint
-- bad validating-constraint: for a check too
ALTER TABLE orders ADD CONSTRAINT ck_number CHECK (number <> ''); -- expect validating-constraint
-- trap validating-constraint: later
ALTER TABLE orders ADD CONSTRAINT fk_later FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;
-- trap validating-constraint: lets others write
ALTER TABLE orders VALIDATE CONSTRAINT fk_later;

-- bad blocking-unique-constraint: builds its index under a lock
ALTER TABLE orders ADD CONSTRAINT uk_number UNIQUE (number); -- expect blocking-unique-constraint
-- bad blocking-unique-constraint: of two columns
ALTER TABLE orders ADD UNIQUE (number, customer_id); -- expect blocking-unique-constraint
-- trap blocking-unique-constraint: the index is there already
ALTER TABLE orders ADD CONSTRAINT uk_token UNIQUE USING INDEX ux_orders_token;
-- trap blocking-unique-constraint: a new table
CREATE TABLE codes (code text, UNIQUE (code));

-- bad renaming-migration: columns of one table are told of once
ALTER TABLE invoices RENAME COLUMN total TO amount; -- expect renaming-migration
-- trap renaming-migration: the one before tells of it
ALTER TABLE invoices RENAME COLUMN due TO due_on;
-- bad destructive-migration: so are columns that go
ALTER TABLE invoices DROP COLUMN terms, -- expect destructive-migration
-- trap destructive-migration: the one before tells of it
  DROP COLUMN footer;
