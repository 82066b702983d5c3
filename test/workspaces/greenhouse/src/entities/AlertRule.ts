import {
	Column,
	Entity,
	Index,
	JoinColumn,
	ManyToOne,
	OneToMany,
	PrimaryGeneratedColumn,
	VersionColumn,
} from "typeorm";
import type { Relation } from "typeorm";
import { Alert } from "./Alert.js";
import { Sensor } from "./Sensor.js";
import { Timestamped } from "./Timestamped.js";

export enum Comparison {
	Above = "above",
	Below = "below",
}

/** Edited by several operators at once, therefore versioned. */
@Entity("alert_rules")
export class AlertRule extends Timestamped {
	@PrimaryGeneratedColumn("uuid")
	id!: string;

	@Index()
	@Column({ type: "integer" })
	sensorId!: number;

	@ManyToOne(() => Sensor, (sensor) => sensor.alertRules, { nullable: false, onDelete: "CASCADE" })
	@JoinColumn({ name: "sensorId" })
	sensor!: Relation<Sensor>;

	@Column({ type: "varchar", length: 80 })
	name!: string;

	@Column({ type: "simple-enum", enum: Comparison })
	comparison!: Comparison;

	@Column({ type: "decimal", precision: 12, scale: 3 })
	threshold!: string;

	@Column({ type: "integer", default: 0 })
	holdSeconds!: number;

	@Column({ type: "boolean", default: true })
	isEnabled!: boolean;

	@VersionColumn()
	version!: number;

	@OneToMany(() => Alert, (alert) => alert.rule)
	alerts!: Relation<Alert[]>;
}
