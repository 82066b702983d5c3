// rules: schema-auto-sync
import { MikroORM } from '@mikro-orm/postgresql';
import express from 'express';
import { Library, Volume, Writer } from './model/entities';

async function main(): Promise<void> {
  // bad schema-auto-sync: every start begins with empty tables
  const orm = await MikroORM.init({ // expect schema-auto-sync
    entities: [Library, Volume, Writer],
    clientUrl: process.env.DEMO_URL,
  });
  await orm.getSchemaGenerator().refreshDatabase();
  express().listen(3001);
}

await main();
