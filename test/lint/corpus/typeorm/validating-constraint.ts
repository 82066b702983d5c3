import { MigrationInterface, QueryRunner, Table, TableColumn, TableForeignKey, TableIndex, TableUnique } from 'typeorm';

export class Validate1712345678901 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    // bad: a foreign key
    await queryRunner.query(`ALTER TABLE "orders" ADD CONSTRAINT "fk" FOREIGN KEY ("customer_id") REFERENCES "customers" ("id") ON DELETE CASCADE`); // expect

    // bad: by the API
    await queryRunner.createForeignKey('orders', new TableForeignKey({ columnNames: ['shop_id'], referencedTableName: 'shops', referencedColumnNames: ['id'] })); // expect

    // bad: a check
    await queryRunner.query(`ALTER TABLE "orders" ADD CONSTRAINT "positive" CHECK ("total" >= 0)`); // expect

    // bad: with a new column
    await queryRunner.query(`ALTER TABLE "orders" ADD "agent_id" uuid REFERENCES "agents" ("id")`); // expect

    // bad: without a name
    await queryRunner.query(`ALTER TABLE "orders" ADD FOREIGN KEY ("cart_id") REFERENCES "carts"`); // expect

    // trap: for rows to come
    await queryRunner.query(`ALTER TABLE "orders" ADD CONSTRAINT "fk2" FOREIGN KEY ("a") REFERENCES "b" ("id") NOT VALID`);

    // trap: a check for rows to come
    await queryRunner.query(`ALTER TABLE "orders" ADD CONSTRAINT "c2" CHECK ("a" > 0) NOT VALID`);

    // trap: looked at later
    await queryRunner.query(`ALTER TABLE "orders" VALIDATE CONSTRAINT "fk2"`);

    // trap: a table without rows
    await queryRunner.query(`CREATE TABLE "notes" ("id" int, "order_id" int)`);
    await queryRunner.query(`ALTER TABLE "notes" ADD CONSTRAINT "fk3" FOREIGN KEY ("order_id") REFERENCES "orders" ("id")`);

    // trap: it goes
    await queryRunner.query(`ALTER TABLE "orders" DROP CONSTRAINT "fk"`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE never');
    await queryRunner.dropColumn('orders', 'never');
    await queryRunner.query('CREATE INDEX never ON orders (never)');
    await queryRunner.query('ALTER TABLE orders RENAME COLUMN never TO ever');
  }
}
