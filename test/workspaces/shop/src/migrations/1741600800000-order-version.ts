import { MigrationInterface, QueryRunner } from 'typeorm';

export class OrderVersion1741600800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "orders" ADD "version" integer NOT NULL`);
    await runner.query(
      `CREATE INDEX "ix_orders_placed_at" ON "orders" ("placed_at")`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX "ix_orders_placed_at"`);
    await runner.query(`ALTER TABLE "orders" DROP COLUMN "version"`);
  }
}
