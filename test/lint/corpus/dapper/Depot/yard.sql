-- rules: unindexed-filter, plaintext-password
CREATE TABLE trailers (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- bad unindexed-filter: a gate looks for it at every arrival
  plate varchar(12) NOT NULL, -- expect unindexed-filter
  -- bad unindexed-filter: searched by an update
  seal_number varchar(20), -- expect unindexed-filter
  -- trap unindexed-filter: unique
  chassis varchar(17) NOT NULL UNIQUE,
  -- trap unindexed-filter: two values
  sealed boolean NOT NULL DEFAULT false,
  -- trap unindexed-filter: the composite index begins with it
  yard_code varchar(8) NOT NULL,
  bay integer
);
CREATE INDEX ix_trailers_yard ON trailers (yard_code, bay);

CREATE TABLE gatekeepers (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  -- bad plaintext-password: no hash has so few characters
  password varchar(20) NOT NULL, -- expect plaintext-password
  -- trap plaintext-password: a hash
  password_hash varchar(100) NOT NULL,
  -- bad plaintext-password: nor has this one room
  door_password varchar(12), -- expect plaintext-password
  -- trap plaintext-password: a number of days
  password_max_age integer
);
