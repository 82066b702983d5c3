/** Drizzle itself: the schema is loaded, and drizzle-kit writes the migration that creates it. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  generateDrizzleJson,
  generateMigration,
  generateMySQLDrizzleJson,
  generateMySQLMigration,
  generateSQLiteDrizzleJson,
  generateSQLiteMigration,
} from 'drizzle-kit/api';

export type KitDialect = 'postgresql' | 'mysql' | 'sqlite';
type Casing = 'snake_case' | 'camelCase';

const fixtures = fileURLToPath(new URL('fixtures', import.meta.url));

export function fixtureFolders(dialect: KitDialect): readonly { readonly name: string; readonly folder: string }[] {
  return readdirSync(join(fixtures, dialect))
    .sort()
    .map((name) => ({ name: `${dialect}/${name}`, folder: join(fixtures, dialect, name) }));
}

export function sourcesIn(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}

async function load(path: string): Promise<Readonly<Record<string, unknown>>> {
  return (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>;
}

/** SQL that creates everything that the files of the folder export. */
export async function creationScript(folder: string, dialect: KitDialect): Promise<string> {
  const exported: Record<string, unknown> = {};
  let casing: Casing | undefined;
  for (const name of Object.keys(sourcesIn(folder))) {
    const module = await load(join(folder, name));
    if (name.startsWith('drizzle.config')) casing = (module.default as { casing?: Casing }).casing;
    else Object.assign(exported, module);
  }
  return (await statements(exported, dialect, casing)).join('\n');
}

async function statements(
  exported: Record<string, unknown>,
  dialect: KitDialect,
  casing: Casing | undefined,
): Promise<readonly string[]> {
  switch (dialect) {
    case 'postgresql':
      return generateMigration(generateDrizzleJson({}), generateDrizzleJson(exported, undefined, undefined, casing));
    case 'mysql':
      return generateMySQLMigration(
        await generateMySQLDrizzleJson({}),
        await generateMySQLDrizzleJson(exported, undefined, casing),
      );
    case 'sqlite':
      return generateSQLiteMigration(
        await generateSQLiteDrizzleJson({}),
        await generateSQLiteDrizzleJson(exported, undefined, casing),
      );
  }
}
