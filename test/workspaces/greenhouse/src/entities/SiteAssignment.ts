import { Column, CreateDateColumn, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from "typeorm";
import type { Relation } from "typeorm";
import { Site } from "./Site.js";
import { Technician } from "./Technician.js";

export const shifts = ["day", "night", "on-call"] as const;
export type Shift = (typeof shifts)[number];

/** Who looks after which site. */
@Entity("site_assignments")
export class SiteAssignment {
	@PrimaryColumn({ type: "uuid" })
	siteId!: string;

	@Index()
	@PrimaryColumn({ type: "uuid" })
	technicianId!: string;

	@ManyToOne(() => Site, (site) => site.assignments, { nullable: false, onDelete: "CASCADE" })
	@JoinColumn({ name: "siteId" })
	site!: Relation<Site>;

	@ManyToOne(() => Technician, (technician) => technician.assignments, { nullable: false, onDelete: "CASCADE" })
	@JoinColumn({ name: "technicianId" })
	technician!: Relation<Technician>;

	@Column({ type: "simple-enum", enum: shifts, default: "day" })
	shift!: Shift;

	@CreateDateColumn()
	assignedAt!: Date;
}
