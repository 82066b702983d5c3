import { MigrationInterface, QueryRunner, Table, TableColumn, TableForeignKey, TableIndex, TableUnique } from 'typeorm';

export class Rewrite1712345678901 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    // bad: a wider number
    await queryRunner.query(`ALTER TABLE "events" ALTER COLUMN "id" TYPE bigint`); // expect

    // bad: a number of a text
    await queryRunner.query(`ALTER TABLE "events" ALTER COLUMN "code" TYPE integer USING "code"::integer`); // expect

    // bad: with the words of the standard
    await queryRunner.query(`ALTER TABLE "events" ALTER COLUMN "at" SET DATA TYPE timestamptz`); // expect

    // bad: a key for each row
    await queryRunner.query(`ALTER TABLE "events" ADD "key" uuid NOT NULL DEFAULT gen_random_uuid()`); // expect

    // bad: a random number for each
    await queryRunner.query(`ALTER TABLE "events" ADD "bucket" double precision DEFAULT random()`); // expect

    // trap: the same bytes, compared otherwise
    await queryRunner.query(`ALTER TABLE "events" ALTER COLUMN "mail" TYPE citext`);

    // trap: a text without an end
    await queryRunner.query(`ALTER TABLE "events" ALTER COLUMN "title" TYPE text`);

    // trap: the same value for all
    await queryRunner.query(`ALTER TABLE "events" ADD "seen" boolean NOT NULL DEFAULT false`);

    // trap: the time of the migration for all
    await queryRunner.query(`ALTER TABLE "events" ADD "added" timestamptz NOT NULL DEFAULT now()`);

    // trap: no value at all
    await queryRunner.query(`ALTER TABLE "events" ADD "note" text`);

    // trap: a table without rows
    await queryRunner.query(`CREATE TABLE "fresh" ("id" int)`);
    await queryRunner.query(`ALTER TABLE "fresh" ALTER COLUMN "id" TYPE bigint`);

    // trap: another default for rows to come
    await queryRunner.query(`ALTER TABLE "events" ALTER COLUMN "key" SET DEFAULT gen_random_uuid()`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE never');
    await queryRunner.dropColumn('orders', 'never');
    await queryRunner.query('CREATE INDEX never ON orders (never)');
    await queryRunner.query('ALTER TABLE orders RENAME COLUMN never TO ever');
  }
}
