SELECT create_hypertable('climate_readings', 'measured_at');
SELECT add_retention_policy('climate_readings', INTERVAL '90 days');
