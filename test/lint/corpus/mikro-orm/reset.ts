// rules: schema-auto-sync
import { MikroORM } from '@mikro-orm/postgresql';
import { Library, Volume, Writer } from './model/entities';

// trap schema-auto-sync: somebody starts it by hand
const orm = await MikroORM.init({
  entities: [Library, Volume, Writer],
  clientUrl: process.env.DATABASE_URL,
});

await orm.schema.refreshDatabase();
await orm.close();
