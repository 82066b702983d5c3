/** Reads the migrations of Knex and the settings of its knexfile. */
import { createMigrationReader } from '../../migrations/shared/script/migrationReader.ts';
import { knexTool } from '../../migrations/knex/tool.ts';
import { isEcmaScript } from '../../syntax/syntax.ts';
import type { FileFacts } from '../../schema/code.ts';
import type { SourceFile } from '../reader.ts';
import { isKnexfile, readKnexfile } from './knexfile.ts';

const exported = /\bexports\s*(?:\.\s*up\b|=)|\bexport\s+(?:default|const|async|function|let|var|\{)/;
const way = /\bup\b/;
const calls =
  /\.\s*schema\b|\bknex\s*(?:\.|\(|\[)|\.\s*(?:createTable|alterTable|dropTable|dropTableIfExists|hasTable|raw|transaction)\s*\(/i;
const named = /\bknex\b/i;
/** Migrations of other tools that look alike. */
const others = /\bMigrationInterface\b|\bqueryInterface\b|\bQueryInterface\b|\bQueryRunner\b/;
const migrationFolder = /(?:^|\/)(?:[^/]*[-_.])?migrations?(?:[-_.][^/]*)?\//i;

export const knexReader = createMigrationReader({
  id: 'knex',
  version: 2,
  tool: knexTool,
  dialect: 'postgresql',
  detect: (path, text) => isKnexfile(path) || isMigration(path, text) || isModule(path, text) || isNamed(path, text),
  isMigration,
  part: (path, text) => (isKnexfile(path) || isMigration(path, text) || isModule(path, text) ? 'asks' : 'waits'),
  facts: (file: SourceFile): Partial<FileFacts> => (isKnexfile(file.path) ? { dataSources: readKnexfile(file) } : {}),
});

function isMigration(path: string, text: string): boolean {
  return (
    isProgram(path) &&
    way.test(text) &&
    exported.test(text) &&
    calls.test(text) &&
    !others.test(text) &&
    (named.test(text) || (migrationFolder.test(path) && /\.\s*schema\s*\.|\.\s*raw\s*\(/.test(text)))
  );
}

/** What migrations share lies below their folder. */
function isModule(path: string, text: string): boolean {
  return isProgram(path) && migrationFolder.test(path) && !others.test(text) && /\bexports\b|\bexport\s/.test(text);
}

/** Names of tables that are stated beside the code which uses them; they count where a migration leads to them, wherever they lie. */
function isNamed(path: string, text: string): boolean {
  return isProgram(path) && /^[ \t]*export\s+const\s+\w+\s*(?::[^=\n]*)?=\s*['"`]/mu.test(text);
}

function isProgram(path: string): boolean {
  return isEcmaScript(path) && !/\.d\.[cm]?ts$|\.(?:test|spec)\.[cm]?[jt]sx?$/i.test(path) && !isKnexfile(path);
}
