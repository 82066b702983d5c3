import { MigrationInterface, QueryRunner, Table } from 'typeorm';

export class ExchangeRates1736150400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'exchange_rates',
        columns: [
          { name: 'currency', type: 'char', length: '3' },
          { name: 'day', type: 'date' },
          { name: 'rate', type: 'real' },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('exchange_rates');
  }
}
