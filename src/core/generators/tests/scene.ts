/** What every test of an entity's layers begins with and speaks of: the database, rows to start from, keys of no row. */
import { Imports } from '../shared/imports.ts';
import type { EntityPlan, PropertyPlan } from '../shared/entityPlan.ts';
import type { ProjectPlan } from '../shared/project.ts';
import { testEngine } from './dataSource.ts';
import type { Factory } from './factory.ts';
import { testDatabase } from './support.ts';
import { testWords } from './testPlan.ts';
import type { TestPlan, TestWords } from './testPlan.ts';
import { otherValueOf } from './values.ts';

export interface Scene {
  readonly project: ProjectPlan;
  readonly entity: EntityPlan;
  readonly imports: Imports;
  readonly words: TestWords;
  /** Values of a new row: `newBrand()`, `await newPriceTier(manager)`. */
  readonly values: () => string;
  /** Makes a row: `await createBrand(manager)`. */
  readonly row: (changes?: string) => string;
  /** Statements of `describe` that open, begin, roll back and close. */
  readonly hooks: (open: readonly string[], begin: readonly string[], close?: readonly string[]) => string;
}

export function sceneOf(
  project: ProjectPlan,
  tests: TestPlan,
  entity: EntityPlan,
  factory: Factory,
  path: string,
): Scene {
  const imports = new Imports(project, path);
  const words = testWords(project, tests);
  words.import(imports);
  return {
    project,
    entity,
    imports,
    words,
    values() {
      imports.useFile(factory.path, factory.newName);
      return factory.needsManager ? `await ${factory.newName}(manager)` : `${factory.newName}()`;
    },
    row(changes) {
      imports.useFile(factory.path, factory.createName);
      return `await ${factory.createName}(manager${changes === undefined ? '' : `, ${changes}`})`;
    },
    hooks(open, begin, close = []) {
      const database = testDatabase(project, tests);
      imports.useFile(database.path, database.name);
      imports.useType('typeorm', 'EntityManager');
      // Servers have to start and to build a schema first.
      const patience =
        testEngine(project) === 'sqlite' ? '' : tests.framework === 'mocha' ? '.timeout(60_000)' : ', 60_000';
      const hook = (name: string, statements: readonly string[], limit = ''): string =>
        limit.startsWith('.')
          ? `${name}(async function () {\n  this${limit};\n  ${statements.join('\n  ')}\n});`
          : `${name}(async () => {\n  ${statements.join('\n  ')}\n}${limit});`;
      return [
        hook(words.beforeAll, ['await database.open();', ...open], patience),
        '',
        hook('beforeEach', ['manager = await database.begin();', ...begin]),
        '',
        hook('afterEach', ['await database.rollBack();']),
        '',
        hook(words.afterAll, [...close, 'await database.close();']),
      ].join('\n');
    },
  };
}

/** The argument that names a row: `brand.id`, `{ warehouseId: level.warehouseId, … }`. */
export function keyOf({ key }: EntityPlan, row: string): string {
  const parts = key.properties.map(({ property }) => `${property}: ${row}.${property}`);
  return key.composite ? `{ ${parts.join(', ')} }` : `${row}.${key.properties[0]?.property ?? 'id'}`;
}

/** The argument that names no row. */
export function unknownKey({ entity: { key }, imports }: Scene): string {
  const parts = key.properties.map((property) => [property.property, unknownPart(property, imports)] as const);
  return key.composite ? `{ ${parts.map(([name, value]) => `${name}: ${value}`).join(', ')} }` : (parts[0]?.[1] ?? '');
}

export function unknownPart({ type, constraints, columnType, enum: declared }: PropertyPlan, imports: Imports): string {
  if (constraints.format === 'uuid') {
    imports.use('node:crypto', 'randomUUID');
    return 'randomUUID()';
  }
  if (type === 'number') return columnType === 'int16' ? '32_767' : '2_147_483_647';
  if (constraints.format === 'integer') return "'9223372036854775807'";
  if (type === 'Date') return 'new Date(0)';
  if (declared && columnType === 'enum') return `Object.values(${declared.name})[0]`;
  return "'unknown'";
}

/** A property that can be changed to another valid value; null where there is none. */
export function changeOf({
  properties,
  table,
}: EntityPlan): { readonly name: string; readonly property: string; readonly value: string } | null {
  const unique = new Set([
    ...table.uniques.flatMap(({ columns }) => columns),
    ...table.indexes.filter((index) => index.unique).flatMap(({ columns }) => columns),
    ...table.foreignKeys.flatMap(({ columns }) => columns),
  ]);
  const candidates = properties.filter(
    ({ updatable, readable, kind, column }) => updatable && readable && kind === 'scalar' && !unique.has(column.name),
  );
  for (const property of candidates) {
    const value = otherValueOf(property);
    if (value !== null) return { name: property.name, property: property.property, value };
  }
  return null;
}

/** Names of the values of a unique key that a second row cannot have; null where the entity has none that callers fill in. */
export function conflictOf({ conflictKeys, properties }: EntityPlan): readonly string[] | null {
  for (const { properties: paths } of conflictKeys) {
    const parts = paths.map((path) => properties.find(({ property }) => property === path));
    if (parts.every((part) => part?.creatable && !part.nullable)) return paths;
  }
  return null;
}
