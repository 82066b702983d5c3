/** Settings of data sources, as far as the source states them; never addresses, names of users or credentials. */
import type { DataSource } from '../schema/code.ts';
import type { Schema } from '../schema/model.ts';
import { code, codes, list, place } from './markdown.ts';

const words = {
  encrypted: ({ tls }) => (tls === null ? null : tls ? 'encrypted (TLS)' : 'TLS is off'),
  passwordInFile: ({ passwordInFile }) => (passwordInFile ? 'a password stands in the file' : null),
  synchronize: ({ synchronize }) =>
    synchronize === true
      ? 'the schema is changed at start (synchronize)'
      : synchronize === false
        ? 'synchronize is off'
        : null,
  dropSchema: ({ dropSchema }) => (dropSchema === true ? 'the schema is dropped at start' : null),
  migrationsRun: ({ migrationsRun }) =>
    migrationsRun === true
      ? 'migrations run at start'
      : migrationsRun === false
        ? 'migrations do not run at start'
        : null,
  pool: ({ poolSize }) => (poolSize === null ? null : `pool of ${poolSize}`),
  timeout: ({ timeoutMs }) => (timeoutMs === null ? null : `time-out ${timeoutMs} ms`),
  migrations: ({ migrations }) => (migrations.length === 0 ? null : `migrations ${codes(migrations)}`),
} as const satisfies Readonly<Record<string, (source: DataSource) => string | null>>;

export type ConnectionFact = keyof typeof words;

export function connections({ code: { files } }: Schema, facts: readonly ConnectionFact[]): string {
  return list(
    files
      .filter(({ purpose }) => purpose !== 'test')
      .flatMap(({ dataSources }) => dataSources)
      .map((source) => {
        const said = facts.map((fact) => words[fact](source)).filter((text) => text !== null);
        return `${code(source.dialect ?? 'engine not stated')} (${place(source.at)}): ${said.length === 0 ? 'nothing of this is stated' : said.join('; ')}`;
      }),
  );
}
