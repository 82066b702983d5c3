/** MikroORM itself: the sources are compiled and loaded, and its schema generator writes the DDL that creates them. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EntitySchema } from '@mikro-orm/core';
import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy';
import { MikroORM as PostgreSqlOrm } from '@mikro-orm/postgresql';
import { MikroORM as SqliteOrm } from '@mikro-orm/sqlite';
import type { Dialect } from '../../../../src/core/schema/model.ts';
import { compileFolder } from '../../../support/compileFolder.ts';

export type OrmDialect = Extract<Dialect, 'postgresql' | 'sqlite'>;

const fixtures = fileURLToPath(new URL('fixtures', import.meta.url));

export function fixtureFolders(dialect: OrmDialect): readonly { readonly name: string; readonly folder: string }[] {
  return (dialect === 'postgresql' ? ['any', dialect] : ['any']).flatMap((group) =>
    readdirSync(join(fixtures, group), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => ({ name: `${group}/${name} on ${dialect}`, folder: join(fixtures, group, name) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  );
}

/** SQL that creates everything that the files of the folder export. */
export async function creationScript(folder: string, dialect: OrmDialect): Promise<string> {
  const compiled = compileFolder(folder);
  try {
    const exported = compiled.files.flatMap((file) => Object.values(compiled.load(file) as Record<string, unknown>));
    const entities = [...new Set(exported)].filter(isEntity) as EntitySchema[];
    const options = { entities, dbName: ':memory:', metadataProvider: ReflectMetadataProvider, debug: false };
    const orm = dialect === 'sqlite' ? new SqliteOrm(options) : new PostgreSqlOrm(options);
    const script = await orm.schema.getCreateSchemaSQL({ wrap: false });
    await orm.close(true);
    return script;
  } finally {
    compiled.dispose();
  }
}

/** Classes and schemas; enums, lists and helpers are exported too. */
function isEntity(value: unknown): boolean {
  if (typeof value === 'function')
    return /^class\s/.test(Function.prototype.toString.call(value)) && !value.name.endsWith('Type');
  return typeof value === 'object' && value !== null && 'meta' in value;
}
