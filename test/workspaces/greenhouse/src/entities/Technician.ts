import { Column, Entity, OneToMany, PrimaryGeneratedColumn } from "typeorm";
import type { Relation } from "typeorm";
import { SiteAssignment } from "./SiteAssignment.js";
import { Timestamped } from "./Timestamped.js";

@Entity("technicians")
export class Technician extends Timestamped {
	@PrimaryGeneratedColumn("uuid")
	id!: string;

	@Column({ type: "varchar", length: 120 })
	displayName!: string;

	/** Subject of the token that the identity provider issues. */
	@Column({ type: "varchar", length: 64, unique: true })
	subject!: string;

	@OneToMany(() => SiteAssignment, (assignment) => assignment.technician)
	assignments!: Relation<SiteAssignment[]>;
}
