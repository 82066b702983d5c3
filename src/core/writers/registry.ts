import { djangoWriter } from './django/writer.ts';
import { drizzleWriter } from './drizzle/writer.ts';
import { efcoreWriter } from './efcore/writer.ts';
import { jpaWriter } from './jpa/writer.ts';
import { mikroOrmWriter } from './mikro-orm/writer.ts';
import { mongooseWriter } from './mongoose/writer.ts';
import { peeweeWriter } from './peewee/writer.ts';
import { prismaWriter } from './prisma/writer.ts';
import { sequelizeWriter } from './sequelize/writer.ts';
import { sqlWriter } from './sql/writer.ts';
import { sqlalchemyWriter } from './sqlalchemy/writer.ts';
import { tortoiseWriter } from './tortoise/writer.ts';
import { typeormWriter } from './typeorm/writer.ts';
import type { Writer } from './writer.ts';

/** All writers, sorted by id. A new ORM is one more folder and one more line here. */
export const writers: readonly Writer[] = [
  djangoWriter,
  drizzleWriter,
  efcoreWriter,
  jpaWriter,
  mikroOrmWriter,
  mongooseWriter,
  peeweeWriter,
  prismaWriter,
  sequelizeWriter,
  sqlWriter,
  sqlalchemyWriter,
  tortoiseWriter,
  typeormWriter,
];

/** Writer for the tables of a reader. */
export function findWriter(reader: string): Writer | undefined {
  return writers.find(({ id }) => id === reader);
}
