import assert from "node:assert/strict";
import { DataSource } from "typeorm";
import { dataSourceOptions } from "../../src/dataSource.js";
import { Device } from "../../src/entities/Device.js";
import { Measurement } from "../../src/entities/Measurement.js";
import { Quantity, Sensor } from "../../src/entities/Sensor.js";
import { Site } from "../../src/entities/Site.js";
import { IngestionService } from "../../src/services/IngestionService.js";

describe("IngestionService", () => {
	let dataSource: DataSource;
	let sensor: Sensor;

	beforeEach(async () => {
		dataSource = new DataSource({ ...dataSourceOptions({ DATABASE_FILE: ":memory:" }), synchronize: true });
		await dataSource.initialize();
		const site = await dataSource
			.getRepository(Site)
			.save({ code: "NL-WES-03", name: "Westland 3", latitude: "52.01", longitude: "4.21" });
		const device = await dataSource
			.getRepository(Device)
			.save({ siteId: site.id, serialNumber: "GW-0001", label: "North bay" });
		sensor = await dataSource.getRepository(Sensor).save({
			deviceId: device.id,
			channel: 1,
			quantity: Quantity.Temperature,
			unit: "°C",
			calibrationFactor: "2",
			calibrationOffset: "0.5",
		});
	});

	afterEach(async () => {
		await dataSource.destroy();
	});

	it("calibrates what it stores", async () => {
		const service = new IngestionService(dataSource);
		await service.ingest([{ sensorId: sensor.id, measuredAt: new Date(), value: 10 }]);
		const [stored] = await dataSource.getRepository(Measurement).find();
		assert.equal(stored?.value, 20.5);
	});

	it("stores nothing of a batch with an unknown sensor", async () => {
		const service = new IngestionService(dataSource);
		const now = new Date();
		await assert.rejects(
			service.ingest([
				{ sensorId: sensor.id, measuredAt: now, value: 1 },
				{ sensorId: sensor.id + 1, measuredAt: now, value: 1 },
			]),
			/no sensor/,
		);
		assert.equal(await dataSource.getRepository(Measurement).count(), 0);
	});
});
