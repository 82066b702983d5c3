-- rules: unindexed-filter
CREATE TABLE trucks (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- bad unindexed-filter: the gate looks for it
  plate varchar(12) NOT NULL, -- expect unindexed-filter
  -- bad unindexed-filter: an update searches by it
  tour varchar(20), -- expect unindexed-filter
  -- trap unindexed-filter: unique
  chassis varchar(17) NOT NULL UNIQUE,
  -- trap unindexed-filter: yes or no
  loaded boolean NOT NULL DEFAULT false,
  -- trap unindexed-filter: the index begins with it
  yard varchar(8) NOT NULL,
  bay integer
);
CREATE INDEX ix_trucks_yard ON trucks (yard, bay);
