import { Column, CreateDateColumn, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from "typeorm";
import type { Relation } from "typeorm";
import { Sensor } from "./Sensor.js";

/** One reading. Several million a month: written in bulk, read by sensor and time. */
@Entity("measurements")
@Index(["sensorId", "measuredAt"])
export class Measurement {
	@PrimaryGeneratedColumn("increment")
	id!: number;

	@Column({ type: "integer" })
	sensorId!: number;

	@ManyToOne(() => Sensor, { nullable: false, onDelete: "CASCADE" })
	@JoinColumn({ name: "sensorId" })
	sensor!: Relation<Sensor>;

	@Column({ type: Date })
	measuredAt!: Date;

	@Column({ type: "double precision" })
	value!: number;

	@CreateDateColumn()
	receivedAt!: Date;
}
