CREATE TABLE depots (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code varchar(8) NOT NULL UNIQUE,
  name text NOT NULL,
  town text NOT NULL
);

CREATE TABLE drivers (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  login varchar(60) NOT NULL UNIQUE,
  full_name text NOT NULL,
  licence_number varchar(20),
  active boolean NOT NULL DEFAULT true,
  depot_id bigint NOT NULL REFERENCES depots (id)
);
CREATE INDEX ix_drivers_depot ON drivers (depot_id);
CREATE INDEX ix_drivers_name ON drivers (full_name);

CREATE TABLE parcels (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  barcode varchar(30) NOT NULL UNIQUE,
  state varchar(12) NOT NULL,
  weight_grams integer NOT NULL,
  recipient text NOT NULL,
  route_code varchar(12),
  depot_id bigint NOT NULL REFERENCES depots (id),
  driver_id bigint REFERENCES drivers (id),
  accepted_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL
);
CREATE INDEX ix_parcels_depot ON parcels (depot_id);
CREATE INDEX ix_parcels_driver_due ON parcels (driver_id, due_at);
CREATE INDEX ix_parcels_accepted_route ON parcels (accepted_at, route_code);

CREATE TABLE scans (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  parcel_id bigint NOT NULL REFERENCES parcels (id),
  place text NOT NULL,
  scanned_at timestamptz NOT NULL
);
CREATE INDEX ix_scans_parcel ON scans (parcel_id, scanned_at);
