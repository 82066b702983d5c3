import { MigrationInterface, QueryRunner, Table, TableColumn, TableForeignKey, TableIndex, TableUnique } from 'typeorm';

export class Rename1712345678901 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    // bad: a column
    await queryRunner.query(`ALTER TABLE "orders" RENAME COLUMN "state" TO "status"`); // expect

    // bad: a column, by the API
    await queryRunner.renameColumn('baskets', 'customer', 'customer_name'); // expect

    // trap: the case before tells of the table's columns
    await queryRunner.renameColumn('baskets', 'state', 'status');

    // bad: a table
    await queryRunner.query(`ALTER TABLE "clients" RENAME TO "customers"`); // expect

    // bad: a table, by the API
    await queryRunner.renameTable('bills', 'invoices'); // expect

    // bad: without the word column
    await queryRunner.query(`ALTER TABLE parcels RENAME total TO amount`); // expect

    // trap: an index
    await queryRunner.query(`ALTER INDEX "a" RENAME TO "b"`);

    // trap: a constraint
    await queryRunner.query(`ALTER TABLE "orders" RENAME CONSTRAINT "a" TO "b"`);

    // trap: a value of an enum
    await queryRunner.query(`ALTER TYPE "state" RENAME VALUE 'new' TO 'open'`);

    // trap: the old name stays as a view
    await queryRunner.query(`ALTER TABLE "people" RENAME TO "persons"`);
    await queryRunner.query(`CREATE VIEW "people" AS SELECT * FROM "persons"`);

    // trap: made in the same migration
    await queryRunner.query(`CREATE TABLE "new_items" ("id" int)`);
    await queryRunner.query(`ALTER TABLE "new_items" RENAME COLUMN "id" TO "item_id"`);

    // trap: nobody knows the name that was only for the way
    await queryRunner.query(`ALTER TABLE "items" ADD "weight_new" numeric`);
    await queryRunner.query(`UPDATE "items" SET "weight_new" = "weight"`);
    await queryRunner.query(`ALTER TABLE "items" DROP COLUMN "weight"`);
    await queryRunner.query(`ALTER TABLE "items" RENAME COLUMN "weight_new" TO "weight"`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE never');
    await queryRunner.dropColumn('orders', 'never');
    await queryRunner.query('CREATE INDEX never ON orders (never)');
    await queryRunner.query('ALTER TABLE orders RENAME COLUMN never TO ever');
  }
}
