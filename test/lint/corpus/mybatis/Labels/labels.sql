-- rules: unindexed-filter, wasteful-sql, numbered-columns, sql-injection
CREATE TABLE labels (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- bad unindexed-filter: sites are found by the names of their labels
  name varchar(80) NOT NULL, -- expect unindexed-filter
  colour varchar(12)
);
CREATE TABLE sites (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- trap unindexed-filter: the name that is asked for is that of a label
  name varchar(80) NOT NULL,
  -- trap unindexed-filter: one of two letters
  del_flag char(1) DEFAULT '0',
  -- bad numbered-columns: keys in a text
  owner_ids varchar(400), -- expect numbered-columns
  -- bad numbered-columns: of other sites
  neighbour_ids text, -- expect numbered-columns
  -- trap numbered-columns: an array can be searched
  yard_ids bigint[]
);
CREATE TABLE site_labels (
  site_id bigint NOT NULL REFERENCES sites (id),
  label_id bigint NOT NULL REFERENCES labels (id),
  PRIMARY KEY (site_id, label_id)
);
CREATE INDEX ix_site_labels ON site_labels (label_id);
CREATE TABLE oauth_client_details (
  client_id varchar(256) PRIMARY KEY,
  -- trap numbered-columns: Spring says what the table looks like
  resource_ids varchar(256)
);
