CREATE TABLE stations (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code varchar(8) NOT NULL UNIQUE
);

CREATE TABLE sensors (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  -- bad: stations outgrow it
  station_id integer NOT NULL REFERENCES stations (id), -- expect
  -- trap: the text of a unique key, in another length
  station_code varchar(12) REFERENCES stations (code)
);

CREATE TABLE readings (
  id bigserial PRIMARY KEY,
  -- bad: text for a UUID
  sensor_id varchar(36) NOT NULL REFERENCES sensors (id), -- expect
  at timestamptz NOT NULL
);

CREATE TABLE models (
  id serial PRIMARY KEY,
  name text NOT NULL
);

CREATE TABLE batches (
  -- trap: a serial key is a plain integer for who refers to it
  model_id integer NOT NULL REFERENCES models (id),
  number smallint NOT NULL,
  PRIMARY KEY (model_id, number)
);

CREATE TABLE devices (
  id bigint PRIMARY KEY,
  -- trap: another name of the type
  model_id int4 NOT NULL REFERENCES models (id),
  batch_model integer,
  -- bad: the second column of two
  batch_number integer, -- expect
  FOREIGN KEY (batch_model, batch_number) REFERENCES batches (model_id, number)
);

CREATE TABLE repairs (
  id bigint PRIMARY KEY,
  -- bad: a number for text
  station_code integer, -- expect
  -- trap: the same
  device_id bigint NOT NULL REFERENCES devices (id),
  -- trap: not a key
  model_id bigint,
  FOREIGN KEY (station_code) REFERENCES stations (code)
);

CREATE TABLE alarms (
  id bigint PRIMARY KEY,
  -- bad: every alarm fits, and each join compares two widths
  model_id bigint REFERENCES models (id), -- expect
  -- trap: text of two kinds is compared as it is
  station_code text REFERENCES stations (code)
);
