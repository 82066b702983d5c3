import { Column, Entity, JoinColumn, ManyToOne, OneToMany, PrimaryGeneratedColumn, Unique } from "typeorm";
import type { Relation } from "typeorm";
import { AlertRule } from "./AlertRule.js";
import { Device } from "./Device.js";
import { Timestamped } from "./Timestamped.js";

export enum Quantity {
	Temperature = "temperature",
	Humidity = "humidity",
	CarbonDioxide = "co2",
	SoilMoisture = "soil-moisture",
	Light = "light",
}

@Entity("sensors")
@Unique("sensors_device_channel", ["deviceId", "channel"])
export class Sensor extends Timestamped {
	@PrimaryGeneratedColumn("increment")
	id!: number;

	@Column({ type: "uuid" })
	deviceId!: string;

	@ManyToOne(() => Device, (device) => device.sensors, { nullable: false, onDelete: "CASCADE" })
	@JoinColumn({ name: "deviceId" })
	device!: Relation<Device>;

	/** Terminal of the device that it is wired to. */
	@Column({ type: "smallint" })
	channel!: number;

	@Column({ type: "simple-enum", enum: Quantity })
	quantity!: Quantity;

	@Column({ type: "varchar", length: 12 })
	unit!: string;

	@Column({ type: "decimal", precision: 12, scale: 6, default: "1" })
	calibrationFactor!: string;

	@Column({ type: "decimal", precision: 12, scale: 6, default: "0" })
	calibrationOffset!: string;

	@OneToMany(() => AlertRule, (rule) => rule.sensor)
	alertRules!: Relation<AlertRule[]>;
}
