import { MigrationInterface, QueryRunner } from 'typeorm';

export class CustomerNameParts1755772200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE "customers" ADD "first_name" varchar(80), ADD "last_name" varchar(80)`,
    );
    const customers: { id: string; name: string }[] = await runner.query(
      `SELECT id, name FROM customers`,
    );
    for (const { id, name } of customers) {
      const [first, ...rest] = name.split(' ');
      await runner.query(
        `UPDATE customers SET first_name = $1, last_name = $2 WHERE id = $3`,
        [first, rest.join(' '), id],
      );
    }
    await runner.query(`ALTER TABLE "customers" DROP COLUMN "name"`);
    await runner.query(
      `ALTER TABLE "customers" ALTER COLUMN "last_name" SET NOT NULL`,
    );
  }

  async down(): Promise<void> {
    // Not reversible.
  }
}
