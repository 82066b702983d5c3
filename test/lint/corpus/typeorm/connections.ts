// rules: schema-auto-sync
import { DataSource } from 'typeorm';

// bad schema-auto-sync: every start alters the tables
export const shop = new DataSource({ type: 'postgres', url: process.env.DATABASE_URL, synchronize: true }); // expect schema-auto-sync

// bad schema-auto-sync: every start begins anew
export const reports = new DataSource({ type: 'postgres', url: process.env.REPORTS_URL, dropSchema: true }); // expect schema-auto-sync

// bad schema-auto-sync: migrations and the classes both change the tables
export const archive = new DataSource({ // expect schema-auto-sync
  type: 'mysql',
  url: process.env.ARCHIVE_URL,
  migrationsRun: true,
  synchronize: true,
});

// trap schema-auto-sync: migrations alone
export const stock = new DataSource({ type: 'postgres', url: process.env.STOCK_URL, migrationsRun: true });

// trap schema-auto-sync: switched off
export const books = new DataSource({ type: 'postgres', url: process.env.BOOKS_URL, synchronize: false });

// trap schema-auto-sync: only where the environment says so
export const scratch = new DataSource({
  type: 'postgres',
  url: process.env.SCRATCH_URL,
  synchronize: process.env.NODE_ENV === 'test',
});
