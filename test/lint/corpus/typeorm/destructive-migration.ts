import { MigrationInterface, QueryRunner, Table, TableColumn, TableForeignKey, TableIndex, TableUnique } from 'typeorm';

export class Drop1712345678901 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    // bad: a column
    await queryRunner.query(`ALTER TABLE "orders" DROP COLUMN "note"`); // expect

    // bad: a column, by the API
    await queryRunner.dropColumn('baskets', 'comment'); // expect

    // trap: the case before tells of the table's columns that go
    await queryRunner.dropColumn('baskets', 'remark');

    // bad: a table
    await queryRunner.query(`DROP TABLE IF EXISTS "legacy_orders"`); // expect

    // bad: a table, by the API
    await queryRunner.dropTable('legacy_customers'); // expect

    // bad: a schema
    await queryRunner.query(`DROP SCHEMA "reporting" CASCADE`); // expect

    // bad: rows of others too
    await queryRunner.query(`TRUNCATE TABLE "customers" CASCADE`); // expect

    // trap: made in the same migration
    await queryRunner.query(`CREATE TABLE "tmp_ids" ("id" int)`);
    await queryRunner.query(`DROP TABLE "tmp_ids"`);

    // trap: a table made anew, as SQLite needs it
    await queryRunner.query(`CREATE TABLE "temporary_items" ("id" int)`);
    await queryRunner.query(`INSERT INTO "temporary_items" SELECT "id" FROM "items"`);
    await queryRunner.query(`DROP TABLE "items"`);
    await queryRunner.query(`ALTER TABLE "temporary_items" RENAME TO "items"`);

    // trap: its values stand in the column that takes its name
    await queryRunner.query(`ALTER TABLE "items" ADD "weight_new" numeric`);
    await queryRunner.query(`UPDATE "items" SET "weight_new" = "weight"`);
    await queryRunner.query(`ALTER TABLE "items" DROP COLUMN "weight"`);
    await queryRunner.query(`ALTER TABLE "items" RENAME COLUMN "weight_new" TO "weight"`);

    // trap: its values have been put elsewhere
    await queryRunner.query(`INSERT INTO "pictures" ("order_id", "url") SELECT "id", "picture_url" FROM "orders"`);
    await queryRunner.query(`ALTER TABLE "orders" DROP COLUMN "picture_url"`);

    // trap: its rows have been put elsewhere
    await queryRunner.query(
      `UPDATE "orders" SET "gift_note" = (SELECT "note" FROM "gift_notes" WHERE "gift_notes"."order_id" = "orders"."id")`,
    );
    await queryRunner.query(`DROP TABLE "gift_notes"`);

    // trap: a statement before it in the same text has put them elsewhere
    await queryRunner.query(`
      ALTER TABLE "settlements" ADD "paid_money" integer NOT NULL DEFAULT 0, ADD "debt_money" integer NOT NULL DEFAULT 0;
      UPDATE "settlements" SET "paid_money" = "paid_sum", "debt_money" = "debt_sum";
      ALTER TABLE "settlements" DROP COLUMN "paid_sum", DROP COLUMN "debt_sum";
    `);

    // trap: an index holds no values
    await queryRunner.query(`DROP INDEX "orders_status"`);

    // trap: neither does a constraint
    await queryRunner.query(`ALTER TABLE "orders" DROP CONSTRAINT "orders_customer"`);

    // trap: a requirement is dropped
    await queryRunner.query(`ALTER TABLE "orders" ALTER COLUMN "note" DROP NOT NULL`);

    // trap: a default is dropped
    await queryRunner.query(`ALTER TABLE "orders" ALTER COLUMN "note" DROP DEFAULT`);

    // trap: what is no table of this name
    await queryRunner.query(`UPDATE "orders" SET note = 'DROP TABLE x'`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE never');
    await queryRunner.dropColumn('orders', 'never');
    await queryRunner.query('CREATE INDEX never ON orders (never)');
    await queryRunner.query('ALTER TABLE orders RENAME COLUMN never TO ever');
  }
}
