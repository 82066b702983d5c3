/** Which files make a schema together, and what holds for all of it: engine, schema of the database, how relations are kept. */
import type { Dialect } from '../../schema/model.ts';
import { ancestorsOf, directoryOf } from '../shared/paths.ts';
import type { SchemaFile, SourceDeclaration } from './declarations.ts';

export interface NamedSchemaFile {
  readonly file: string;
  readonly schema: SchemaFile;
}

export interface SchemaGroup {
  /** Sorted by path. */
  readonly files: readonly NamedSchemaFile[];
  readonly source: SourceDeclaration | null;
}

/**
 * A schema may be spread over a folder and those below (prisma.io/docs/orm/prisma-schema/overview/location): files without a data source
 * belong to the nearest one above, else to the one they share most folders with. Several files with a data source are several schemas.
 */
export function schemaGroups(files: readonly NamedSchemaFile[]): readonly SchemaGroup[] {
  const sorted = files.toSorted((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
  const roots = sorted.filter(({ schema }) => schema.source !== null);
  const members = new Map<NamedSchemaFile, NamedSchemaFile[]>(roots.map((root) => [root, [root]]));
  const orphans = new Map<string, NamedSchemaFile[]>();
  for (const each of sorted) {
    if (each.schema.source !== null) continue;
    const root = rootOf(each.file, roots);
    if (root) members.get(root)?.push(each);
    else {
      const folder = schemaFolder(each.file);
      const group = orphans.get(folder);
      if (group) group.push(each);
      else orphans.set(folder, [each]);
    }
  }
  return [
    ...[...members].map(([root, group]) => ({ files: group, source: root.schema.source })),
    ...[...orphans.values()].map((group) => ({ files: group, source: null })),
  ];
}

function rootOf(file: string, roots: readonly NamedSchemaFile[]): NamedSchemaFile | undefined {
  const above = ancestorsOf(directoryOf(file));
  for (const folder of above) {
    const here = roots.filter((root) => directoryOf(root.file) === folder);
    if (here.length > 0) return here.find((root) => /(?:^|\/)schema\.prisma$/.test(root.file)) ?? here[0];
  }
  const folder = schemaFolder(file);
  return roots.find((root) => root.file.startsWith(folder === '' ? '' : `${folder}/`));
}

/** The folder that Prisma is told of, by its usual names; else the file's own. */
function schemaFolder(file: string): string {
  const above = ancestorsOf(directoryOf(file));
  return above.find((folder) => /(?:^|\/)(?:schema|prisma)$/.test(folder)) ?? directoryOf(file);
}

const dialects: Readonly<Record<string, Dialect>> = {
  postgresql: 'postgresql',
  postgres: 'postgresql',
  mysql: 'mysql',
  sqlite: 'sqlite',
  file: 'sqlite',
  sqlserver: 'mssql',
  cockroachdb: 'cockroachdb',
  mongodb: 'mongodb',
};

/** Engine of a provider; null where it is none that Prisma has. */
export function dialectOfProvider(provider: string | null): Dialect | null {
  return provider !== null && Object.hasOwn(dialects, provider) ? (dialects[provider] ?? null) : null;
}

/** What every table of a schema is made under. */
export interface SchemaSettings {
  readonly dialect: Dialect;
  /** Foreign keys are in the database; else Prisma's client does their work. */
  readonly foreignKeys: boolean;
  /** Schema of tables that state none. */
  readonly namespace: string | null;
  /** Since Prisma 6 join tables of PostgreSQL have a primary key, before a unique index. */
  readonly joinTablesHaveKey: boolean;
  /** Folder or file that a model is grouped under. */
  readonly moduleOf: (file: string) => string;
}

export function settingsOf(
  group: SchemaGroup,
  context: { readonly root: string; readonly dialect: Dialect | null; readonly major: number | null },
): SchemaSettings {
  const { source } = group;
  const dialect = dialectOfProvider(source?.provider ?? null) ?? context.dialect ?? 'postgresql';
  const several = group.files.length > 1;
  return {
    dialect,
    foreignKeys: source?.relationMode !== 'prisma' && dialect !== 'mongodb',
    namespace:
      dialect === 'postgresql' || dialect === 'cockroachdb' ? plainNamespace(source?.namespace ?? null, dialect) : null,
    joinTablesHaveKey: dialect === 'postgresql' && (context.major === null || context.major >= 6),
    moduleOf(file) {
      const path = several ? file.replace(/\.prisma$/, '') : directoryOf(file);
      const { root } = context;
      return root === '' ? path : path === root ? '' : path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
    },
  };
}

/** Null = the engine's default schema. */
export function plainNamespace(namespace: string | null, dialect: Dialect): string | null {
  return namespace === (dialect === 'mssql' ? 'dbo' : 'public') ? null : namespace;
}

/** Major version of a range as manifests state it (`^6.2.0`, `~5`, `>=4 <6`); null = not known. */
export function majorOf(range: string | undefined): number | null {
  const number = /(?:^|[^\d.])(\d+)(?:\.|$|\s|-)/.exec(range ?? '')?.[1];
  return number === undefined ? null : Number(number);
}
