/** Reads the migrations of sequelize-cli and Umzug: programs that call the `QueryInterface`. */
import { createMigrationReader } from '../../migrations/shared/script/migrationReader.ts';
import { sequelizeTool } from '../../migrations/sequelize/tool.ts';
import { isEcmaScript } from '../../syntax/syntax.ts';

const migration = /\bup\b/;
const byName = /\bqueryInterface\b|\bQueryInterface\b|\bsequelize\b/i;
const calls =
  /\.(?:createTable|dropTable|renameTable|addColumn|removeColumn|changeColumn|renameColumn|addIndex|removeIndex|addConstraint|removeConstraint|bulkInsert|bulkDelete|bulkUpdate|query)\s*\(/;
/** Migrations of other tools that look alike. */
const others = /\bMigrationInterface\b|\bknex\b|\.schema\s*\.\s*(?:createTable|alterTable|table|dropTable)/i;
const exported = /\bexports\b|\bexport\s/;
const migrationFolder = /(?:^|\/)(?:[^/]*[-_.])?migrations?(?:[-_.][^/]*)?\//i;
const ownNames = /sequelize|queryInterface/i;

export const sequelizeMigrationsReader = createMigrationReader({
  id: 'sequelize-migrations',
  version: 2,
  tool: sequelizeTool,
  dialect: 'postgresql',
  detect: (path, text) => isMigration(path, text) || isModule(path, text),
  isMigration,
});

function isMigration(path: string, text: string): boolean {
  return (
    isProgram(path) &&
    migration.test(text) &&
    byName.test(text) &&
    calls.test(text) &&
    exported.test(text) &&
    !others.test(text)
  );
}

/** What migrations share lies below their folder. */
function isModule(path: string, text: string): boolean {
  return (
    isProgram(path) && migrationFolder.test(path) && exported.test(text) && (ownNames.test(text) || !others.test(text))
  );
}

function isProgram(path: string): boolean {
  return isEcmaScript(path) && !/\.d\.[cm]?ts$|\.(?:test|spec)\.[cm]?[jt]sx?$/i.test(path);
}
