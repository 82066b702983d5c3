import { Check, Column, Entity, OneToMany, PrimaryGeneratedColumn } from "typeorm";
import type { Relation } from "typeorm";
import { Device } from "./Device.js";
import { SiteAssignment } from "./SiteAssignment.js";
import { Timestamped } from "./Timestamped.js";

@Entity("sites")
@Check("sites_latitude_range", "latitude BETWEEN -90 AND 90")
@Check("sites_longitude_range", "longitude BETWEEN -180 AND 180")
export class Site extends Timestamped {
	@PrimaryGeneratedColumn("uuid")
	id!: string;

	/** On the sign at the gate: `NL-WES-03`. */
	@Column({ type: "varchar", length: 12, unique: true })
	code!: string;

	@Column({ type: "varchar", length: 120 })
	name!: string;

	@Column({ type: "varchar", length: 40, default: "Europe/Amsterdam" })
	timeZone!: string;

	@Column({ type: "decimal", precision: 9, scale: 6 })
	latitude!: string;

	@Column({ type: "decimal", precision: 9, scale: 6 })
	longitude!: string;

	@Column({ type: "boolean", default: true })
	isActive!: boolean;

	@OneToMany(() => Device, (device) => device.site)
	devices!: Relation<Device[]>;

	@OneToMany(() => SiteAssignment, (assignment) => assignment.site)
	assignments!: Relation<SiteAssignment[]>;
}
