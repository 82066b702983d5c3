// rules: schema-auto-sync
import { MikroORM } from '@mikro-orm/postgresql';
import { createServer } from 'node:http';
import { Library, Volume, Writer } from './model/entities';

// trap schema-auto-sync: migrations make the tables
export const orm = await MikroORM.init({
  entities: [Library, Volume, Writer],
  clientUrl: process.env.DATABASE_URL,
});

await orm.migrator.up();

createServer().listen(3002);
