// rules: schema-auto-sync
import { MikroORM } from '@mikro-orm/postgresql';
import express from 'express';
import { Library, Volume, Writer } from './model/entities';

// bad schema-auto-sync: every start alters the tables
export const orm = await MikroORM.init({ // expect schema-auto-sync
  entities: [Library, Volume, Writer],
  clientUrl: process.env.DATABASE_URL,
});

await orm.schema.updateSchema();

express().listen(3000);
