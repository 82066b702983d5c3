/** Names of the ORMs, for people. */
const names: Readonly<Record<string, string>> = {
  dapper: 'Dapper',
  django: 'Django',
  drizzle: 'Drizzle',
  efcore: 'EF Core',
  elasticsearch: 'Elasticsearch',
  jpa: 'JPA',
  liquibase: 'Liquibase',
  'mikro-orm': 'MikroORM',
  mongoose: 'Mongoose',
  mybatis: 'MyBatis',
  neo4j: 'Neo4j',
  nhibernate: 'NHibernate',
  peewee: 'Peewee',
  prisma: 'Prisma',
  sequelize: 'Sequelize',
  solr: 'Solr',
  sql: 'SQL scripts',
  sqlalchemy: 'SQLAlchemy',
  tortoise: 'Tortoise ORM',
  typeorm: 'TypeORM',
};

export function ormName(reader: string): string {
  return names[reader] ?? reader;
}
