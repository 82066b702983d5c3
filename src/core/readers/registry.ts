/** All readers, sorted by id. A new ORM is one more folder and one more line here. */
import type { Reader } from './reader.ts';
import { dapperReader } from './dapper/reader.ts';
import { djangoReader } from './django/reader.ts';
import { drizzleReader } from './drizzle/reader.ts';
import { efcoreMigrationsReader } from './efcore-migrations/reader.ts';
import { efcoreReader } from './efcore/reader.ts';
import { elasticsearchReader } from './elasticsearch/reader.ts';
import { fluentMigratorReader } from './fluentmigrator/reader.ts';
import { jpaReader } from './jpa/reader.ts';
import { knexReader } from './knex/reader.ts';
import { liquibaseReader } from './liquibase/reader.ts';
import { mikroOrmReader } from './mikro-orm/reader.ts';
import { mongooseReader } from './mongoose/reader.ts';
import { mybatisReader } from './mybatis/reader.ts';
import { neo4jReader } from './neo4j/reader.ts';
import { nhibernateReader } from './nhibernate/reader.ts';
import { peeweeReader } from './peewee/reader.ts';
import { prismaReader } from './prisma/reader.ts';
import { sequelizeReader } from './sequelize/reader.ts';
import { sequelizeMigrationsReader } from './sequelize-migrations/reader.ts';
import { solrReader } from './solr/reader.ts';
import { sqlReader } from './sql/reader.ts';
import { sqlalchemyReader } from './sqlalchemy/reader.ts';
import { tortoiseReader } from './tortoise/reader.ts';
import { typeormMigrationsReader } from './typeorm-migrations/reader.ts';
import { typeormReader } from './typeorm/reader.ts';

/** Fragments of a reader go back to that reader alone, so what its mappings are is nobody else's business. */
export const readers: readonly Reader[] = [
  dapperReader as unknown as Reader,
  djangoReader as unknown as Reader,
  drizzleReader as unknown as Reader,
  efcoreReader as unknown as Reader,
  efcoreMigrationsReader as unknown as Reader,
  elasticsearchReader as unknown as Reader,
  fluentMigratorReader as unknown as Reader,
  jpaReader as unknown as Reader,
  knexReader as unknown as Reader,
  liquibaseReader as unknown as Reader,
  mikroOrmReader as unknown as Reader,
  mongooseReader as unknown as Reader,
  mybatisReader as unknown as Reader,
  neo4jReader as unknown as Reader,
  nhibernateReader as unknown as Reader,
  peeweeReader as unknown as Reader,
  prismaReader as unknown as Reader,
  sequelizeReader as unknown as Reader,
  sequelizeMigrationsReader as unknown as Reader,
  solrReader as unknown as Reader,
  sqlReader as unknown as Reader,
  sqlalchemyReader as unknown as Reader,
  tortoiseReader as unknown as Reader,
  typeormReader as unknown as Reader,
  typeormMigrationsReader as unknown as Reader,
];
