/** Names of the ORMs, for people. */
const names: Readonly<Record<string, string>> = {
  django: 'Django',
  drizzle: 'Drizzle',
  efcore: 'EF Core',
  jpa: 'JPA',
  'mikro-orm': 'MikroORM',
  mongoose: 'Mongoose',
  nhibernate: 'NHibernate',
  peewee: 'Peewee',
  prisma: 'Prisma',
  sequelize: 'Sequelize',
  sql: 'SQL scripts',
  sqlalchemy: 'SQLAlchemy',
  tortoise: 'Tortoise ORM',
  typeorm: 'TypeORM',
};

export function ormName(reader: string): string {
  return names[reader] ?? reader;
}
