import { MigrationInterface, QueryRunner, Table, TableColumn, TableForeignKey, TableIndex, TableUnique } from 'typeorm';

export class Unique1712345678901 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    // bad: a unique constraint
    await queryRunner.query(`ALTER TABLE "customers" ADD CONSTRAINT "u" UNIQUE ("email")`); // expect

    // bad: by the API
    await queryRunner.createUniqueConstraint('customers', new TableUnique({ columnNames: ['phone'] })); // expect

    // bad: of two columns
    await queryRunner.query(`ALTER TABLE "customers" ADD CONSTRAINT "u2" UNIQUE ("a", "b")`); // expect

    // bad: a primary key
    await queryRunner.query(`ALTER TABLE "logs" ADD PRIMARY KEY ("id")`); // expect

    // bad: a primary key, by the API
    await queryRunner.createPrimaryKey('visits', ['id']); // expect

    // trap: of an index that is there
    await queryRunner.query(`ALTER TABLE "customers" ADD CONSTRAINT "u3" UNIQUE USING INDEX "u3_idx"`);

    // trap: a primary key of one
    await queryRunner.query(`ALTER TABLE "logs2" ADD CONSTRAINT "pk" PRIMARY KEY USING INDEX "pk_idx"`);

    // trap: a table without rows
    await queryRunner.query(`CREATE TABLE "notes" ("id" int)`);
    await queryRunner.query(`ALTER TABLE "notes" ADD CONSTRAINT "u4" UNIQUE ("id")`);

    // trap: it goes
    await queryRunner.query(`ALTER TABLE "customers" DROP CONSTRAINT "u"`);

    // trap: built while others go on
    await queryRunner.query(`CREATE UNIQUE INDEX CONCURRENTLY "u5" ON "customers" ("email")`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE never');
    await queryRunner.dropColumn('orders', 'never');
    await queryRunner.query('CREATE INDEX never ON orders (never)');
    await queryRunner.query('ALTER TABLE orders RENAME COLUMN never TO ever');
  }
}
