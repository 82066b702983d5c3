import "reflect-metadata";
import { DataSource } from "typeorm";
import type { DataSourceOptions } from "typeorm";
import { Alert } from "./entities/Alert.js";
import { AlertRule } from "./entities/AlertRule.js";
import { Device } from "./entities/Device.js";
import { Measurement } from "./entities/Measurement.js";
import { Sensor } from "./entities/Sensor.js";
import { Site } from "./entities/Site.js";
import { SiteAssignment } from "./entities/SiteAssignment.js";
import { Technician } from "./entities/Technician.js";

const entities = [Alert, AlertRule, Device, Measurement, Sensor, Site, SiteAssignment, Technician];

/** Stations run on SQLite beside the gateway, the head office on PostgreSQL. */
export function dataSourceOptions(environment: NodeJS.ProcessEnv): DataSourceOptions {
	const url = environment.DATABASE_URL;
	if (url === undefined) {
		return {
			type: "better-sqlite3",
			database: environment.DATABASE_FILE ?? "greenhouse.db",
			enableWAL: true,
			entities,
			synchronize: false,
			logging: ["error"],
		};
	}
	return {
		type: "postgres",
		url,
		ssl: environment.DATABASE_TLS === "off" ? false : { rejectUnauthorized: true },
		poolSize: 10,
		connectTimeoutMS: 5_000,
		extra: { statement_timeout: 10_000 },
		entities,
		synchronize: false,
		logging: ["error"],
	};
}

export const dataSource = new DataSource(dataSourceOptions(process.env));
