import { CreateDateColumn, UpdateDateColumn } from "typeorm";

/** When a row was written first and last. */
export abstract class Timestamped {
	@CreateDateColumn()
	createdAt!: Date;

	@UpdateDateColumn()
	updatedAt!: Date;
}
