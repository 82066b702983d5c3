/** All oracles, in the order of the table. A further ORM is one more file in `oracles/` and one more line here. */
import type { Oracle } from './oracle.ts';
import { djangoOracle } from './oracles/django.ts';
import { dapperOracle } from './oracles/dapper.ts';
import { efcoreMigrationsOracle, fluentMigratorOracle } from './oracles/dotnetMigrations.ts';
import { drizzleOracle } from './oracles/drizzle.ts';
import { efcoreOracle } from './oracles/efcore.ts';
import { mikroOrmOracle } from './oracles/mikro-orm.ts';
import { mongooseOracle } from './oracles/mongoose.ts';
import { liquibaseOracle } from './oracles/liquibase.ts';
import { jpaOracle } from './oracles/jpa.ts';
import { peeweeOracle } from './oracles/peewee.ts';
import { nhibernateOracle } from './oracles/nhibernate.ts';
import { mybatisOracle } from './oracles/mybatis.ts';
import { alembicOracle, djangoMigrationsOracle } from './oracles/pythonMigrations.ts';
import { prismaOracle } from './oracles/prisma.ts';
import { knexOracle, sequelizeMigrationsOracle, typeormMigrationsOracle } from './oracles/scriptedMigrations.ts';
import { sequelizeOracle } from './oracles/sequelize.ts';
import { sqlalchemyOracle } from './oracles/sqlalchemy.ts';
import { sqlOracle } from './oracles/sql.ts';
import { cassandraOracle, elasticsearchOracle, neo4jOracle, solrOracle, timescaleOracle } from './oracles/stores.ts';
import { tortoiseOracle } from './oracles/tortoise.ts';
import { typeormOracle } from './oracles/typeorm.ts';

export const oracles: readonly Oracle[] = [
  typeormOracle,
  prismaOracle,
  sequelizeOracle,
  mongooseOracle,
  drizzleOracle,
  mikroOrmOracle,
  sqlOracle,
  jpaOracle,
  mybatisOracle,
  efcoreOracle,
  nhibernateOracle,
  dapperOracle,
  sqlalchemyOracle,
  djangoOracle,
  peeweeOracle,
  tortoiseOracle,
  alembicOracle,
  djangoMigrationsOracle,
  typeormMigrationsOracle,
  sequelizeMigrationsOracle,
  knexOracle,
  liquibaseOracle,
  efcoreMigrationsOracle,
  fluentMigratorOracle,
  cassandraOracle,
  neo4jOracle,
  elasticsearchOracle,
  solrOracle,
  timescaleOracle,
];
