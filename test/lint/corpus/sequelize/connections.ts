// rules: schema-auto-sync, oversized-pool, unencrypted-connection, password-in-source, missing-timeout
import { Sequelize } from 'sequelize';

// bad password-in-source: whoever reads the code has it
// bad missing-timeout: waits for as long as it takes
export const reports = new Sequelize('postgres://shop:hunter2-hunter2@db.example.com/shop'); // expect password-in-source, missing-timeout

// bad password-in-source: the third argument
// bad missing-timeout: nor does this one know an end
export const named = new Sequelize('shop', 'shop', 'hunter2-hunter2', { host: 'db.example.com', dialect: 'postgres' }); // expect password-in-source, missing-timeout

// bad unencrypted-connection: told to speak in the clear
export const plain = new Sequelize(process.env.DATABASE_URL!, { // expect unencrypted-connection
  dialect: 'postgres',
  dialectOptions: { ssl: false, connectionTimeoutMillis: 5000 },
});

// bad oversized-pool: all that the server gives, to one process
// bad schema-auto-sync: every start drops its tables, further down
export const greedy = new Sequelize(process.env.DATABASE_URL!, { // expect oversized-pool, schema-auto-sync
  dialect: 'postgres',
  pool: { max: 200, acquire: 10_000 },
});

// trap password-in-source: the environment knows it
// trap unencrypted-connection: the certificate is checked
// trap oversized-pool: what a few cores can work on
// trap missing-timeout: it gives up
// bad schema-auto-sync: every start alters its tables, further down
export const secure = new Sequelize('shop', 'shop', process.env.DATABASE_PASSWORD, { // expect schema-auto-sync
  host: 'db.example.com',
  dialect: 'postgres',
  dialectOptions: { ssl: { rejectUnauthorized: true } },
  pool: { max: 10, acquire: 10_000 },
});

// bad oversized-pool: nor is this one modest
// bad unencrypted-connection: nor does it use TLS
export const careless = new Sequelize(process.env.REPORTS_URL!, { // expect oversized-pool, unencrypted-connection
  dialect: 'postgres',
  dialectOptions: { ssl: false, statement_timeout: 5000 },
  pool: { max: 150 },
});

// trap oversized-pool: five, unless it is told otherwise
// trap unencrypted-connection: the environment says
// trap missing-timeout: statements have an end
// trap schema-auto-sync: nothing calls it
export const modest = new Sequelize(process.env.ARCHIVE_URL!, {
  dialect: 'postgres',
  dialectOptions: { ssl: process.env.DATABASE_TLS !== 'off', statement_timeout: 5000 },
});

// trap password-in-source: a developer's own machine
// trap schema-auto-sync: only where the environment says so
export const local = new Sequelize('postgres://dev:dev@localhost/dev', { pool: { max: 5, acquire: 10_000 } });

// bad schema-auto-sync: tables that are missing are made at every start, altered only while somebody works on them
export const herd = new Sequelize(process.env.HERD_URL!, { // expect schema-auto-sync
  dialect: 'postgres',
  dialectOptions: { statement_timeout: 5000 },
});

export async function startHerd(): Promise<void> {
  const isDevelopment = process.env.NODE_ENV === 'development';
  await herd.sync({ force: false, alter: isDevelopment });
}

export async function start(): Promise<void> {
  await secure.sync({ alter: true });
}

export async function startTest(): Promise<void> {
  if (process.env.NODE_ENV === 'test') await local.sync({ force: true });
}

export async function startAnew(): Promise<void> {
  await greedy.sync({ force: true });
}
