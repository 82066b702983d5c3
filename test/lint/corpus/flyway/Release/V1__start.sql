-- at: src/main/resources/db/migration/V1__start.sql
CREATE TABLE orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  number varchar(20) NOT NULL,
  status varchar(10) NOT NULL,
  note text,
  customer_id bigint
);
CREATE TABLE customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL);
