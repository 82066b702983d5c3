import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from "typeorm";
import type { Relation } from "typeorm";
import { AlertRule } from "./AlertRule.js";
import { Technician } from "./Technician.js";
import { Timestamped } from "./Timestamped.js";

export enum AlertState {
	Open = "open",
	Acknowledged = "acknowledged",
	Closed = "closed",
}

@Entity("alerts")
@Index(["state", "raisedAt"])
export class Alert extends Timestamped {
	@PrimaryGeneratedColumn("uuid")
	id!: string;

	@Index()
	@Column({ type: "uuid" })
	ruleId!: string;

	@ManyToOne(() => AlertRule, (rule) => rule.alerts, { nullable: false, onDelete: "RESTRICT" })
	@JoinColumn({ name: "ruleId" })
	rule!: Relation<AlertRule>;

	@Index()
	@Column({ type: "uuid", nullable: true })
	acknowledgedById!: string | null;

	@ManyToOne(() => Technician, { nullable: true, onDelete: "SET NULL" })
	@JoinColumn({ name: "acknowledgedById" })
	acknowledgedBy!: Relation<Technician> | null;

	@Column({ type: "simple-enum", enum: AlertState, default: AlertState.Open })
	state!: AlertState;

	@Column({ type: "decimal", precision: 12, scale: 3 })
	observedValue!: string;

	@Column({ type: Date })
	raisedAt!: Date;

	@Column({ type: Date, nullable: true })
	closedAt!: Date | null;

	@Column({ type: "text", nullable: true })
	note!: string | null;

	@Column({ type: "simple-json", nullable: true })
	context!: Record<string, string> | null;
}
