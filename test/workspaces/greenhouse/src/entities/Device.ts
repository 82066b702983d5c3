import {
	Check,
	Column,
	DeleteDateColumn,
	Entity,
	Index,
	JoinColumn,
	ManyToOne,
	OneToMany,
	PrimaryGeneratedColumn,
} from "typeorm";
import type { Relation } from "typeorm";
import { DeviceState } from "./DeviceState.js";
import { Sensor } from "./Sensor.js";
import { Site } from "./Site.js";
import { Timestamped } from "./Timestamped.js";

/** A gateway in a greenhouse. Removed ones stay, hidden, because their measurements do. */
@Entity("devices")
@Index(["site", "state"])
@Check("devices_report_interval", "\"reportIntervalSeconds\" > 0")
export class Device extends Timestamped {
	@PrimaryGeneratedColumn("uuid")
	id!: string;

	@Column({ type: "uuid" })
	siteId!: string;

	@ManyToOne(() => Site, (site) => site.devices, { nullable: false, onDelete: "RESTRICT" })
	@JoinColumn({ name: "siteId" })
	site!: Relation<Site>;

	/** Printed on the case; unique for ever, so that a removed device cannot come back under its old number. */
	@Column({ type: "varchar", length: 32, unique: true })
	serialNumber!: string;

	@Column({ type: "varchar", length: 80 })
	label!: string;

	@Column({ type: "varchar", length: 24, nullable: true })
	firmwareVersion!: string | null;

	@Column({ type: "simple-enum", enum: DeviceState, default: DeviceState.Provisioned })
	state!: DeviceState;

	/** SHA-256 of the key that the device signs in with. */
	@Column({ type: "varchar", length: 64, nullable: true, select: false })
	apiKeyHash!: string | null;

	@Column({ type: "integer", default: 60 })
	reportIntervalSeconds!: number;

	@Column({ type: Date, nullable: true })
	lastSeenAt!: Date | null;

	@DeleteDateColumn()
	deletedAt!: Date | null;

	@OneToMany(() => Sensor, (sensor) => sensor.device)
	sensors!: Relation<Sensor[]>;
}
