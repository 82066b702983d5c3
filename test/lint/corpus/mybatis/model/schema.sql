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
