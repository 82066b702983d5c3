/** Reads the migrations of TypeORM: classes whose `up` is given the `QueryRunner`. Their steps are told by the reader of its entities. */
import { mayHoldMigration } from '../../migrations/typeorm/migrationClasses.ts';
import { createMigrationReader } from '../../migrations/shared/script/migrationReader.ts';
import { arrange, timeOf, typeormTool } from '../../migrations/typeorm/tool.ts';
import { isEcmaScript } from '../../syntax/syntax.ts';

const migrationFolder = /(?:^|\/)(?:[^/]*[-_.])?migrations?(?:[-_.][^/]*)?\//i;

export const typeormMigrationsReader = createMigrationReader({
  id: 'typeorm-migrations',
  version: 2,
  tool: typeormTool,
  dialect: 'postgresql',
  detect: (path, text) => isMigration(path, text) || isModule(path, text) || isHelper(path, text),
  isMigration,
  part: (path, text) => (isMigration(path, text) || isModule(path, text) ? 'asks' : 'waits'),
  orderOf: (path, text) => {
    const names = [...text.matchAll(/\bclass\s+(\w+)|\bname\s*(?::\s*string\s*)?=\s*['"`](\w+)/g)];
    const times = names.flatMap(([, ofClass, ofField]) => timeOf(ofField ?? ofClass ?? '') ?? []);
    return times.length > 0 ? Math.min(...times) : 0;
  },
  arrange,
  stepsElsewhere: true,
});

function isMigration(path: string, text: string): boolean {
  return isProgram(path) && mayHoldMigration(text) && /\bclass\b/.test(text);
}

/** What migrations share lies beside them, and is handed the runner or names what it is told. */
function isModule(path: string, text: string): boolean {
  return isProgram(path) && migrationFolder.test(path) && /\bQueryRunner\b|\btypeorm\b/.test(text);
}

/** Functions that are handed the runner; they count where a migration leads to them, wherever they lie. */
function isHelper(path: string, text: string): boolean {
  return isProgram(path) && /\bQueryRunner\b/.test(text) && /^\s*export\b/m.test(text);
}

function isProgram(path: string): boolean {
  return isEcmaScript(path) && !/\.d\.[cm]?ts$|\.(?:test|spec)\.[cm]?[jt]sx?$/i.test(path);
}
