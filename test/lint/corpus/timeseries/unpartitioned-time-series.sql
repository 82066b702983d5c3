CREATE TABLE devices (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  serial text NOT NULL UNIQUE,
  installed_at timestamptz NOT NULL
);

-- bad: one table for all time
CREATE TABLE soil_readings ( -- expect
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  device_id bigint NOT NULL REFERENCES devices (id),
  measured_at timestamptz NOT NULL,
  moisture double precision NOT NULL
);

-- bad: whole numbers grow as well
CREATE TABLE meter_measurements ( -- expect
  device_id bigint NOT NULL REFERENCES devices (id),
  at timestamptz NOT NULL,
  pulses integer NOT NULL,
  PRIMARY KEY (device_id, at)
);

-- bad: what was measured lies in a document
CREATE TABLE telemetry ( -- expect
  id bigint PRIMARY KEY,
  gateway text NOT NULL,
  received_on timestamptz NOT NULL,
  payload jsonb NOT NULL
);

-- bad: a metric per machine
CREATE TABLE pump_metrics ( -- expect
  machine_id bigint NOT NULL,
  sampled_at timestamp NOT NULL,
  pressure numeric(8, 3) NOT NULL
);

-- bad: signals
CREATE TABLE signals ( -- expect
  station_id bigint NOT NULL,
  seen_at timestamptz NOT NULL,
  strength smallint NOT NULL
);

-- trap: a script makes it a hypertable
CREATE TABLE climate_readings (
  device_id bigint NOT NULL REFERENCES devices (id),
  measured_at timestamptz NOT NULL,
  temperature double precision NOT NULL
);

-- trap: partitioned where it is made
CREATE TABLE light_readings (
  device_id bigint NOT NULL,
  measured_at timestamptz NOT NULL,
  lux real NOT NULL
) PARTITION BY RANGE (measured_at);

-- trap: what is measured, not the measurements
CREATE TABLE metric_definitions (
  id bigint PRIMARY KEY,
  device_id bigint NOT NULL REFERENCES devices (id),
  label text NOT NULL,
  unit text NOT NULL
);

-- trap: the last value of each device is one row
CREATE TABLE current_readings (
  device_id bigint PRIMARY KEY REFERENCES devices (id),
  value double precision NOT NULL
);

-- trap: orders do not come by the second
CREATE TABLE spare_part_orders (
  id bigint PRIMARY KEY,
  device_id bigint NOT NULL REFERENCES devices (id),
  ordered_at timestamptz NOT NULL,
  pieces integer NOT NULL
);
