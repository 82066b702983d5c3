CREATE TABLE suppliers (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code varchar(12) NOT NULL UNIQUE,
  name text NOT NULL,
  country char(2) NOT NULL
);
CREATE INDEX ix_suppliers_name ON suppliers (name);

CREATE TABLE articles (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sku varchar(30) NOT NULL UNIQUE,
  title text NOT NULL,
  family varchar(20),
  supplier_id bigint NOT NULL REFERENCES suppliers (id),
  listed_at timestamptz NOT NULL
);
CREATE INDEX ix_articles_supplier ON articles (supplier_id);
CREATE INDEX ix_articles_listed_family ON articles (listed_at, family);

CREATE TABLE stock_entries (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  article_id bigint NOT NULL REFERENCES articles (id),
  shelf varchar(10) NOT NULL,
  pieces integer NOT NULL,
  counted_at timestamptz NOT NULL
);
CREATE INDEX ix_stock_entries_article ON stock_entries (article_id, counted_at);

-- Of Quartz, which asks for it like this: its own indexes and lists are none of the project's.
CREATE TABLE qrtz_simprop_triggers (
  sched_name varchar(120) NOT NULL,
  trigger_name varchar(200) NOT NULL,
  str_prop_1 varchar(512),
  str_prop_2 varchar(512),
  str_prop_3 varchar(512),
  PRIMARY KEY (sched_name, trigger_name)
);

CREATE INDEX idx_qrtz_sched ON qrtz_simprop_triggers (sched_name);

CREATE TABLE dual (id smallint);
