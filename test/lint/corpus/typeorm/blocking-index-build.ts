import { MigrationInterface, QueryRunner, Table, TableColumn, TableForeignKey, TableIndex, TableUnique } from 'typeorm';

export class Build1712345678901 implements MigrationInterface {
  transaction = false as const;

  async up(queryRunner: QueryRunner): Promise<void> {
    // bad: an index
    await queryRunner.query(`CREATE INDEX "a" ON "orders" ("status")`); // expect

    // bad: a unique one
    await queryRunner.query(`CREATE UNIQUE INDEX "b" ON "orders" ("number")`); // expect

    // bad: by the API
    await queryRunner.createIndex('orders', new TableIndex({ name: 'c', columnNames: ['state'] })); // expect

    // bad: several at once
    await queryRunner.createIndices('orders', [new TableIndex({ columnNames: ['x'] })]); // expect

    // bad: of some rows
    await queryRunner.query(`CREATE INDEX "d" ON "orders" ("paid") WHERE "paid" IS NULL`); // expect

    // trap: others go on meanwhile
    await queryRunner.query(`CREATE INDEX CONCURRENTLY "e" ON "orders" ("status")`);

    // trap: so they do here
    await queryRunner.createIndex('orders', new TableIndex({ columnNames: ['y'], isConcurrent: true }));

    // trap: a table without rows
    await queryRunner.query(`CREATE TABLE "notes" ("id" int, "text" text)`);
    await queryRunner.query(`CREATE INDEX "f" ON "notes" ("text")`);

    // trap: a new table, by the API
    await queryRunner.createTable(new Table({ name: 'tags', columns: [] }));
    await queryRunner.createIndex('tags', new TableIndex({ columnNames: ['name'] }));

    // trap: it is dropped
    await queryRunner.query(`DROP INDEX "a"`);

    // trap: a new name
    await queryRunner.query(`ALTER INDEX "a" RENAME TO "z"`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE never');
    await queryRunner.dropColumn('orders', 'never');
    await queryRunner.query('CREATE INDEX never ON orders (never)');
    await queryRunner.query('ALTER TABLE orders RENAME COLUMN never TO ever');
  }
}
