/** Which engine and names the project uses, and which version of MikroORM. */
import type { DataSource } from '../../schema/code.ts';
import type { LinkContext } from '../reader.ts';
import type { MikroOrmMappings, Settings } from './model.ts';
import { namingOf } from './naming.ts';

export const packages = [
  'core',
  'postgresql',
  'mysql',
  'mariadb',
  'sqlite',
  'better-sqlite',
  'libsql',
  'mongodb',
  'mssql',
  'nestjs',
  'cli',
];

export function settingsFor(
  mappings: readonly MikroOrmMappings[],
  own: readonly DataSource[],
  context: LinkContext,
): Settings {
  const sources = own.length > 0 ? own : context.dataSources;
  const dialect = sources.find((source) => source.dialect !== null)?.dialect ?? context.dialect ?? 'postgresql';
  const strategy = sources.find(({ namingStrategy }) => namingStrategy !== null)?.namingStrategy ?? null;
  const major = majorOf(context);
  return {
    dialect,
    major,
    naming: namingOf(strategy, dialect),
    // Before version 5 types were taken from the source unless told otherwise.
    tsMorph: mappings.some(({ tsMorph }) => tsMorph) || major < 5,
  };
}

/** Of the manifest; where it says nothing, the newest. */
function majorOf({ versions }: LinkContext): number {
  for (const name of packages) {
    const number = /(?:^|[^\d.])(\d+)(?:\.|$|\s|-)/.exec(versions?.[`@mikro-orm/${name}`] ?? '')?.[1];
    if (number !== undefined) return Number(number);
  }
  return 7;
}
