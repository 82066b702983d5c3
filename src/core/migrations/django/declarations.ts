/** Migrations of Django as their files declare them: `class Migration(migrations.Migration)`. */
import type { App, Apps } from '../../readers/django/apps.ts';
import type { Settings } from '../../readers/django/settings.ts';
import { purposeOf } from '../../schema/filePurpose.ts';
import type { Evaluator } from '../../readers/shared/python/evaluate.ts';
import type { PyClass, PyValue } from '../../readers/shared/python/values.ts';
import { externalPath, isCall, isSequence, rangeOf } from '../../readers/shared/python/values.ts';
import type { SourceRange } from '../../schema/source.ts';

/** Label of an application and name of a migration: `['shop', '0002_order']`; the name may be `__first__` or `__latest__`. */
export type MigrationKey = readonly [app: string, name: string];

export interface DjangoMigration {
  readonly app: App;
  /** Name of its file. */
  readonly name: string;
  readonly file: string;
  readonly dependencies: readonly MigrationKey[];
  readonly runBefore: readonly MigrationKey[];
  /** Migrations that a squashed one stands for. */
  readonly replaces: readonly MigrationKey[];
  /** Null = the list cannot be told from the text. */
  readonly operations: readonly PyValue[] | null;
  /** Whether it runs in a transaction, where the engine has those for DDL. */
  readonly atomic: boolean;
  /** `class Migration` */
  readonly at: SourceRange;
}

/** Packages of migrations are called so, whatever `MIGRATION_MODULES` says of them. */
const folder = /(?:^|\/)[^/]*migrations?[^/]*\/(?:[^/]+\/)?[^/]+\.py$/i;
const base = /^django\.db\.(?:migrations\.)*(?:migration\.)?Migration$/;

/** In the order of their files; of two of one name that which is no test's. */
export function migrationsIn(evaluator: Evaluator, apps: Apps, settings: Settings): readonly DjangoMigration[] {
  const files = [...evaluator.graph.files.keys()]
    .filter((file) => folder.test(file))
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  const found = new Map<string, DjangoMigration>();
  for (const file of files) {
    const declares = evaluator.graph.files
      .get(file)
      ?.statements.some((each) => each.kind === 'class' && each.name === 'Migration');
    if (declares !== true) continue;
    const cls = evaluator.classesOf(file).find(({ qualifiedName }) => qualifiedName === 'Migration');
    if (!cls || !evaluator.lineage(cls).foreign.some((each) => base.test(externalPath(each) ?? ''))) continue;
    const app = apps.ofFile(file);
    const name = file.slice(file.lastIndexOf('/') + 1).replace(/\.py$/, '');
    const key = keyOf([app.label, name]);
    if (!found.has(key)) found.set(key, migrationOf(cls, app, name, evaluator, settings));
  }
  return [...found.values()];
}

function rank(file: string): number {
  return purposeOf(file) === 'test' ? 1 : 0;
}

export function keyOf([app, name]: MigrationKey): string {
  return `${app}.${name}`;
}

function migrationOf(cls: PyClass, app: App, name: string, evaluator: Evaluator, settings: Settings): DjangoMigration {
  const value = (member: string): PyValue | undefined => {
    const found = evaluator.member(cls, member);
    return found ? evaluator.memberValue(found) : undefined;
  };
  const keys = (member: string): readonly MigrationKey[] => {
    const list = value(member);
    return isSequence(list) ? list.items.flatMap((each) => keyOfValue(each, settings)) : [];
  };
  const operations = value('operations');
  return {
    app,
    name,
    file: cls.file,
    dependencies: keys('dependencies'),
    runBefore: keys('run_before'),
    replaces: keys('replaces'),
    operations: operations === undefined ? [] : isSequence(operations) ? operations.items : null,
    atomic: value('atomic') !== false,
    at: rangeOf(cls.file, cls.declaration.at),
  };
}

/** `('shop', '0001_initial')`, `migrations.swappable_dependency(settings.AUTH_USER_MODEL)` */
function keyOfValue(value: PyValue, settings: Settings): readonly MigrationKey[] {
  if (isCall(value) && externalPath(value.callee)?.endsWith('.swappable_dependency') === true) {
    const [given] = value.arguments;
    const model = given === undefined ? null : settings.resolve(given);
    const app = typeof model === 'string' ? model.split('.')[0] : undefined;
    return app === undefined ? [] : [[app, '__first__']];
  }
  const [app, name] = isSequence(value) ? value.items : [];
  return typeof app === 'string' && typeof name === 'string' ? [[app, name]] : [];
}
