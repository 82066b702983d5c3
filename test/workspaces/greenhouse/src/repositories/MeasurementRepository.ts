import { Between } from "typeorm";
import type { DataSource, EntityManager, Repository } from "typeorm";
import { Measurement } from "../entities/Measurement.js";

export type NewMeasurement = Pick<Measurement, "sensorId" | "measuredAt" | "value">;

/** Rows of one INSERT: below 32,766 parameters (SQLite) and 65,535 (PostgreSQL). */
const rowsPerInsert = 500;

export class MeasurementRepository {
	private readonly measurements: Repository<Measurement>;

	constructor(source: DataSource | EntityManager) {
		this.measurements = source.getRepository(Measurement);
	}

	async insertMany(values: readonly NewMeasurement[]): Promise<void> {
		for (let start = 0; start < values.length; start += rowsPerInsert) {
			await this.measurements.insert(values.slice(start, start + rowsPerInsert));
		}
	}

	ofSensor(sensorId: number, from: Date, to: Date, limit: number): Promise<Measurement[]> {
		return this.measurements.find({
			where: { sensorId, measuredAt: Between(from, to) },
			order: { measuredAt: "DESC", id: "DESC" },
			take: limit,
		});
	}
}
