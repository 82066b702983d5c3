/**
 * Technologies by the names people give them, the packages that bring them and the images that run them. Data only: a new
 * technology is one more line.
 */
import type { Dialect } from '../schema/model.ts';

export type TechnologyCategory =
  'languages' | 'frameworks' | 'orms' | 'databases' | 'testFrameworks' | 'compliance' | 'integrations';

export interface Technology {
  readonly id: string;
  /** Names in prose, lower case; letters, digits and inner dots, dashes or spaces. A dash or space matches either or none. */
  readonly names: readonly string[];
  /**
   * Names that are everyday words as well (`express`, `spring`): they count only capitalised or in code, and only under a heading about
   * technology, behind a label (`Framework: Express`) or beside another technology.
   */
  readonly everyday?: readonly string[];
  /** npm packages, exact or with a trailing `*`. */
  readonly packages?: readonly string[];
  /** Container images without registry and tag. */
  readonly images?: readonly string[];
  readonly dialect?: Dialect;
  /** Other technologies that this one implies when a text names it: `django` the framework brings its ORM. */
  readonly implies?: readonly { readonly category: TechnologyCategory; readonly id: string }[];
}

export const vocabulary: Readonly<Record<TechnologyCategory, readonly Technology[]>> = {
  languages: [
    { id: 'typescript', names: ['typescript'], packages: ['typescript'] },
    { id: 'javascript', names: ['javascript', 'node.js', 'nodejs'] },
    { id: 'python', names: ['python'] },
    { id: 'java', names: ['java'] },
    { id: 'kotlin', names: ['kotlin'] },
    { id: 'csharp', names: ['c#', 'csharp', '.net core', '.net'] },
    { id: 'go', names: ['golang'] },
    { id: 'php', names: ['php'] },
    { id: 'ruby', names: ['ruby'] },
  ],
  frameworks: [
    {
      id: 'nestjs',
      names: ['nestjs', 'nest.js', '@nestjs/core'],
      packages: ['@nestjs/core'],
      implies: [{ category: 'languages', id: 'typescript' }],
    },
    { id: 'nextjs', names: ['next.js', 'nextjs'], packages: ['next'] },
    { id: 'adonisjs', names: ['adonisjs', 'adonis.js'], packages: ['@adonisjs/core'] },
    { id: 'fastify', names: ['fastify'], packages: ['fastify'] },
    { id: 'express', names: ['express.js', 'expressjs'], everyday: ['express'], packages: ['express'] },
    { id: 'koa', names: ['koa', 'koa.js'], packages: ['koa'] },
    { id: 'hapi', names: ['hapi', 'hapi.js', '@hapi/hapi'], packages: ['@hapi/hapi'] },
    { id: 'hono', names: ['hono.js'], everyday: ['hono'], packages: ['hono'] },
    {
      id: 'django',
      names: ['django', 'django rest framework'],
      implies: [
        { category: 'orms', id: 'django' },
        { category: 'languages', id: 'python' },
      ],
    },
    { id: 'fastapi', names: ['fastapi'], implies: [{ category: 'languages', id: 'python' }] },
    { id: 'flask', names: ['flask-restful'], everyday: ['flask'], implies: [{ category: 'languages', id: 'python' }] },
    {
      id: 'spring-boot',
      names: ['spring boot', 'spring framework', 'spring data', 'spring mvc'],
      everyday: ['spring'],
    },
    { id: 'quarkus', names: ['quarkus'] },
    { id: 'micronaut', names: ['micronaut'] },
    { id: 'aspnet-core', names: ['asp.net core', 'asp.net'], implies: [{ category: 'languages', id: 'csharp' }] },
  ],
  orms: [
    { id: 'typeorm', names: ['typeorm'], packages: ['typeorm', '@nestjs/typeorm'] },
    { id: 'prisma', names: ['prisma'], packages: ['@prisma/client', 'prisma'] },
    { id: 'sequelize', names: ['sequelize'], packages: ['sequelize', 'sequelize-typescript', '@sequelize/core'] },
    {
      id: 'mongoose',
      names: ['mongoose'],
      packages: ['mongoose', '@nestjs/mongoose', '@typegoose/typegoose'],
      implies: [{ category: 'databases', id: 'mongodb' }],
    },
    { id: 'drizzle', names: ['drizzle orm'], everyday: ['drizzle'], packages: ['drizzle-orm'] },
    { id: 'mikro-orm', names: ['mikroorm', 'mikro-orm'], packages: ['@mikro-orm/core'] },
    { id: 'knex', names: ['knex', 'knex.js'], packages: ['knex'] },
    { id: 'kysely', names: ['kysely'], packages: ['kysely'] },
    { id: 'sqlalchemy', names: ['sqlalchemy', 'sqlmodel'] },
    { id: 'django', names: ['django orm'] },
    { id: 'peewee', names: ['peewee'] },
    { id: 'tortoise', names: ['tortoise orm'] },
    { id: 'jpa', names: ['jpa', 'hibernate', 'spring data jpa', 'jakarta persistence', 'eclipselink'] },
    { id: 'mybatis', names: ['mybatis', 'mybatis plus'] },
    { id: 'efcore', names: ['entity framework core', 'entity framework', 'ef core', 'efcore'] },
    { id: 'dapper', names: ['dapper.net'], everyday: ['dapper'] },
    { id: 'nhibernate', names: ['nhibernate', 'fluent nhibernate'] },
  ],
  databases: [
    {
      id: 'postgresql',
      names: ['postgresql', 'postgres', 'postgre sql', 'aurora postgresql', 'supabase', 'timescaledb'],
      dialect: 'postgresql',
      packages: ['pg', 'pg-native', 'postgres', 'pg-promise', '@electric-sql/pglite'],
      images: ['postgres', 'postgis/postgis', 'timescale/timescaledb', 'bitnami/postgresql', 'pgvector/pgvector'],
    },
    {
      id: 'mysql',
      names: ['mysql', 'aurora mysql'],
      dialect: 'mysql',
      packages: ['mysql2', 'mysql'],
      images: ['mysql', 'bitnami/mysql', 'percona'],
    },
    {
      id: 'mariadb',
      names: ['mariadb', 'maria db'],
      dialect: 'mariadb',
      packages: ['mariadb'],
      images: ['mariadb', 'bitnami/mariadb'],
    },
    {
      id: 'sqlite',
      names: ['sqlite', 'sqlite3', 'better-sqlite3', 'libsql'],
      dialect: 'sqlite',
      packages: ['better-sqlite3', 'sqlite3', 'sql.js', '@libsql/client'],
    },
    {
      id: 'mssql',
      names: ['sql server', 'mssql', 'ms sql', 'azure sql'],
      dialect: 'mssql',
      packages: ['mssql', 'tedious'],
      images: ['mssql/server', 'azure-sql-edge'],
    },
    {
      id: 'oracle',
      names: ['oracle database', 'oracle db'],
      everyday: ['oracle'],
      dialect: 'oracle',
      packages: ['oracledb'],
      images: ['gvenzl/oracle-xe', 'gvenzl/oracle-free', 'database/express', 'database/free'],
    },
    {
      id: 'cockroachdb',
      names: ['cockroachdb', 'cockroach db'],
      dialect: 'cockroachdb',
      images: ['cockroachdb/cockroach'],
    },
    {
      id: 'mongodb',
      names: ['mongodb', 'mongo db', 'mongo', 'mongodb atlas'],
      dialect: 'mongodb',
      packages: ['mongodb'],
      images: ['mongo', 'bitnami/mongodb'],
    },
    {
      id: 'cassandra',
      names: ['cassandra', 'scylladb'],
      dialect: 'cassandra',
      packages: ['cassandra-driver'],
      images: ['cassandra', 'scylladb/scylla'],
    },
    {
      id: 'spanner',
      names: ['cloud spanner', 'google spanner'],
      dialect: 'spanner',
      packages: ['@google-cloud/spanner'],
    },
    { id: 'sap', names: ['sap hana', 'hana db'], dialect: 'sap', packages: ['@sap/hana-client', 'hdb-pool'] },
  ],
  testFrameworks: [
    { id: 'jest', names: ['ts-jest'], everyday: ['jest'], packages: ['jest', 'ts-jest', '@swc/jest'] },
    { id: 'vitest', names: ['vitest'], packages: ['vitest'] },
    { id: 'mocha', names: ['mocha.js'], everyday: ['mocha'], packages: ['mocha'] },
    { id: 'supertest', names: ['supertest'], packages: ['supertest'] },
    { id: 'playwright', names: ['playwright'], packages: ['@playwright/test', 'playwright'] },
    { id: 'cypress', names: ['cypress'], packages: ['cypress'] },
    { id: 'testcontainers', names: ['testcontainers'], packages: ['testcontainers', '@testcontainers/*'] },
    { id: 'node-test', names: ['node:test', 'node test runner'] },
    { id: 'pytest', names: ['pytest'] },
    { id: 'unittest', names: ['unittest'] },
    { id: 'junit', names: ['junit', 'junit 5', 'junit jupiter'] },
    { id: 'testng', names: ['testng'] },
    { id: 'mockito', names: ['mockito'] },
    { id: 'xunit', names: ['xunit', 'xunit.net'] },
    { id: 'nunit', names: ['nunit'] },
    { id: 'mstest', names: ['mstest'] },
  ],
  compliance: [
    { id: 'gdpr', names: ['gdpr', 'general data protection regulation', 'dsgvo'] },
    { id: 'hipaa', names: ['hipaa'] },
    { id: 'pci-dss', names: ['pci-dss', 'pci dss', 'pci compliance', 'pci compliant', 'pci'] },
    { id: 'soc-2', names: ['soc 2', 'soc2'] },
    { id: 'iso-27001', names: ['iso 27001', 'iso/iec 27001'] },
    { id: 'ccpa', names: ['ccpa', 'cpra'] },
    { id: 'sox', names: ['sox compliance', 'sox compliant', 'sarbanes-oxley'] },
    { id: 'ferpa', names: ['ferpa'] },
    { id: 'coppa', names: ['coppa'] },
    { id: 'psd2', names: ['psd2', 'psd 2'] },
    { id: 'fedramp', names: ['fedramp'] },
    { id: 'lgpd', names: ['lgpd'] },
    { id: 'hl7-fhir', names: ['hl7', 'fhir'] },
  ],
  integrations: [
    { id: 'stripe', names: ['stripe'], packages: ['stripe'] },
    { id: 'paypal', names: ['paypal'], packages: ['@paypal/*'] },
    { id: 'redis', names: ['redis', 'valkey'], packages: ['redis', 'ioredis'], images: ['redis', 'valkey/valkey'] },
    {
      id: 'kafka',
      names: ['kafka', 'apache kafka'],
      packages: ['kafkajs'],
      images: ['confluentinc/cp-kafka', 'bitnami/kafka', 'apache/kafka'],
    },
    {
      id: 'rabbitmq',
      names: ['rabbitmq', 'amqp'],
      packages: ['amqplib', 'amqp-connection-manager'],
      images: ['rabbitmq'],
    },
    { id: 'bullmq', names: ['bullmq'], packages: ['bullmq', 'bull'] },
    {
      id: 'elasticsearch',
      names: ['elasticsearch', 'opensearch'],
      packages: ['@elastic/elasticsearch', '@opensearch-project/opensearch'],
      images: ['elasticsearch/elasticsearch', 'opensearchproject/opensearch'],
    },
    { id: 'graphql', names: ['graphql'], packages: ['graphql'] },
    { id: 'grpc', names: ['grpc'], packages: ['@grpc/grpc-js'] },
    { id: 's3', names: ['aws s3', 'amazon s3', 's3'], packages: ['@aws-sdk/client-s3'] },
    { id: 'sendgrid', names: ['sendgrid'], packages: ['@sendgrid/*'] },
    { id: 'twilio', names: ['twilio'], packages: ['twilio'] },
    { id: 'auth0', names: ['auth0'], packages: ['auth0'] },
    { id: 'keycloak', names: ['keycloak'], packages: ['keycloak-connect', 'nest-keycloak-connect'] },
  ],
};
