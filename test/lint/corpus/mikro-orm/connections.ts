// rules: oversized-pool, unencrypted-connection, password-in-source, missing-timeout
import { MikroORM, defineConfig } from '@mikro-orm/postgresql';
import { Library, Volume, Writer } from './model/entities';

// bad password-in-source: whoever reads the code has it
// bad unencrypted-connection: told to speak in the clear
// bad oversized-pool: all that the server gives, to one process
// bad missing-timeout: waits for as long as it takes
export const reports = defineConfig({ // expect password-in-source, unencrypted-connection, oversized-pool, missing-timeout
  entities: [Library, Volume, Writer],
  host: 'reports.example.com',
  dbName: 'library',
  user: 'library',
  password: 'hunter2-hunter2',
  driverOptions: { connection: { ssl: false } },
  pool: { min: 0, max: 200 },
});

// bad password-in-source: in the address
// bad unencrypted-connection: here too
// bad oversized-pool: nor is this one modest
// bad missing-timeout: nor does it know an end
export const archive = await MikroORM.init({ // expect password-in-source, unencrypted-connection, oversized-pool, missing-timeout
  entities: [Library, Volume, Writer],
  clientUrl: 'postgresql://library:hunter2-hunter2@archive.example.com:5432/library',
  driverOptions: { connection: { ssl: false } },
  pool: { max: 150 },
});

// trap password-in-source: the environment knows it
// trap unencrypted-connection: the certificate is checked
// trap oversized-pool: what a few cores can work on
// trap missing-timeout: it gives up
export const secure = defineConfig({
  entities: [Library, Volume, Writer],
  host: process.env.DB_HOST,
  dbName: 'library',
  user: 'library',
  password: process.env.DB_PASSWORD,
  driverOptions: { connection: { ssl: { rejectUnauthorized: true }, connectionTimeoutMillis: 5_000 } },
  pool: { min: 2, max: 10 },
});

// trap password-in-source: a developer's own machine
// trap unencrypted-connection: nothing crosses a network
// trap oversized-pool: ten, unless it is told otherwise
// trap missing-timeout: the pool gives up
export const local = defineConfig({
  entities: [Library, Volume, Writer],
  clientUrl: 'postgresql://dev:dev@localhost:5432/dev',
  driverOptions: { connection: { ssl: false } },
  pool: { acquireTimeoutMillis: 5_000 },
});
