import { In } from "typeorm";
import type { DataSource } from "typeorm";
import { Sensor } from "../entities/Sensor.js";
import { HttpError } from "../errors/HttpError.js";
import type { NewMeasurement } from "../repositories/MeasurementRepository.js";
import { MeasurementRepository } from "../repositories/MeasurementRepository.js";

export class IngestionService {
	constructor(private readonly dataSource: DataSource) {}

	/** All or nothing, so that a device may send the same batch once more. */
	async ingest(values: readonly NewMeasurement[]): Promise<number> {
		const sensorIds = [...new Set(values.map(({ sensorId }) => sensorId))];
		return this.dataSource.transaction(async (manager) => {
			const sensors = await manager.find(Sensor, { where: { id: In(sensorIds) }, take: sensorIds.length });
			const factors = new Map(sensors.map((sensor) => [sensor.id, sensor]));
			const calibrated = values.map((value) => {
				const sensor = factors.get(value.sensorId);
				if (sensor === undefined) {
					throw new HttpError(409, `There is no sensor ${value.sensorId}.`);
				}
				return {
					...value,
					value: value.value * Number(sensor.calibrationFactor) + Number(sensor.calibrationOffset),
				};
			});
			await new MeasurementRepository(manager).insertMany(calibrated);
			return calibrated.length;
		});
	}
}
