import { MigrationInterface, QueryRunner, Table, TableColumn, TableForeignKey, TableIndex, TableUnique } from 'typeorm';

export class Require1712345678901 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    // bad: required, and nothing to put in
    await queryRunner.query(`ALTER TABLE "orders" ADD "channel" character varying NOT NULL`); // expect

    // bad: the same by the API
    await queryRunner.addColumn('orders', new TableColumn({ name: 'source', type: 'varchar' })); // expect

    // bad: said in so many words
    await queryRunner.addColumn('orders', new TableColumn({ name: 'origin', type: 'varchar', isNullable: false })); // expect

    // bad: required from now on
    await queryRunner.query(`ALTER TABLE "customers" ALTER COLUMN "email" SET NOT NULL`); // expect

    // bad: another table was filled
    await queryRunner.query(`UPDATE "carts" SET "state" = 1`);
    await queryRunner.query(`ALTER TABLE "shops" ALTER COLUMN "state" SET NOT NULL`); // expect

    // trap: with a default
    await queryRunner.query(`ALTER TABLE "orders" ADD "kind" varchar NOT NULL DEFAULT 'web'`);

    // trap: may be empty
    await queryRunner.query(`ALTER TABLE "orders" ADD "note" varchar`);

    // trap: may be empty, by the API
    await queryRunner.addColumn('orders', new TableColumn({ name: 'hint', type: 'varchar', isNullable: true }));

    // trap: with a default, by the API
    await queryRunner.addColumn('orders', new TableColumn({ name: 'count', type: 'int', default: 0 }));

    // trap: filled before
    await queryRunner.query(`UPDATE "members" SET "name" = '' WHERE "name" IS NULL`);
    await queryRunner.query(`ALTER TABLE "members" ALTER COLUMN "name" SET NOT NULL`);

    // trap: its new type brings a value where there was none
    await queryRunner.query(`ALTER TABLE "labels" ALTER COLUMN "name" SET DATA TYPE jsonb USING coalesce(to_jsonb("name"), '{}')`);
    await queryRunner.query(`ALTER TABLE "labels" ALTER COLUMN "name" SET NOT NULL`);

    // trap: a table without rows
    await queryRunner.query(`CREATE TABLE "notes" ("id" int)`);
    await queryRunner.query(`ALTER TABLE "notes" ADD "text" varchar NOT NULL`);

    // trap: a number for each row
    await queryRunner.query(`ALTER TABLE "orders" ADD "number" serial NOT NULL`);

    // trap: no longer required
    await queryRunner.query(`ALTER TABLE "orders" ALTER COLUMN "note" DROP NOT NULL`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE never');
    await queryRunner.dropColumn('orders', 'never');
    await queryRunner.query('CREATE INDEX never ON orders (never)');
    await queryRunner.query('ALTER TABLE orders RENAME COLUMN never TO ever');
  }
}
