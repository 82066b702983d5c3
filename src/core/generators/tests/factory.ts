/** Factories: rows that are valid as they are, with the rows they cannot do without. */
import { Imports } from '../shared/imports.ts';
import type { Draft } from '../shared/layer.ts';
import type { EntityPlan, PropertyPlan } from '../shared/entityPlan.ts';
import type { ProjectPlan } from '../shared/project.ts';
import type { ForeignKey } from '../../schema/model.ts';
import type { TestPlan } from './testPlan.ts';
import { factoryPath, testSupportPath } from './testPlan.ts';
import { requiredProperties, uniqueProperties, valueOf } from './values.ts';

export interface Factory {
  readonly path: string;
  /** `newBrand`: values as a request or a caller gives them. */
  readonly newName: string;
  /** `createBrand`: a row of the database. */
  readonly createName: string;
  /** The values hold keys of rows that have to be made first: `await newPriceTier(manager)`. */
  readonly needsManager: boolean;
  /** This file and those of the rows it needs. */
  readonly drafts: readonly Draft[];
}

interface Parent {
  readonly key: ForeignKey;
  readonly entity: EntityPlan;
  readonly factory: Factory;
  readonly variable: string;
}

/** Or the reason why no row can be made up. */
export function factoryOf(
  project: ProjectPlan,
  tests: TestPlan,
  entity: EntityPlan,
  open: readonly EntityPlan[] = [],
): Factory | { readonly reason: string } {
  const { type, words } = entity.names;
  if (open.includes(entity))
    return { reason: `${article(words)} ${words} needs a row that needs ${article(words)} ${words} itself` };
  const path = factoryPath(project, tests, entity);
  const imports = new Imports(project, path);
  const context = { project, imports, uniqueFile: testSupportPath(project, tests, ['unique']) };
  const parents: Parent[] = [];
  for (const key of requiredKeys(entity)) {
    if (parents.some((parent) => covers(parent.key, key))) continue;
    const parent = parentOf(project, tests, entity, key, [...open, entity]);
    if ('reason' in parent) return parent;
    parents.push({ ...parent, variable: freeName(parent.entity.names.variable, parents) });
  }
  const unique = uniqueProperties(entity);
  const lines: string[] = [];
  for (const parent of parents) lines.push(...keyLines(entity, parent, lines));
  for (const property of requiredProperties(entity)) {
    const value = valueOf(property, unique.has(property.name), context);
    if (value === null)
      return { reason: `no value is known for ${property.name} (${property.type}) of ${article(words)} ${words}` };
    lines.push(`${property.name}: ${value}`);
  }
  const missing = entity.table.columns.find(
    (column) =>
      !column.nullable &&
      column.default === null &&
      column.generated === null &&
      column.role === null &&
      !isCovered(entity, column.name),
  );
  if (missing) return { reason: `${missing.name} of ${article(words)} ${words} has no property that could be set` };
  const [newName, createName] = [`new${type}`, `create${type}`];
  for (const { factory } of parents) imports.useFile(factory.path, factory.createName);
  const text = factoryText(entity, { newName, createName, parents, lines }, imports);
  const own: Draft = { path, text: imports.toString() + text };
  return {
    path,
    newName,
    createName,
    needsManager: parents.length > 0,
    drafts: [own, ...parents.flatMap(({ factory }) => factory.drafts)],
  };
}

interface Parts {
  readonly newName: string;
  readonly createName: string;
  readonly parents: readonly Parent[];
  readonly lines: readonly string[];
}

function factoryText(entity: EntityPlan, { newName, createName, parents, lines }: Parts, imports: Imports): string {
  const { type, words } = entity.names;
  const { name } = entity.source;
  imports.useEntity(entity.source);
  imports.useType('typeorm', 'EntityManager');
  const made = parents.map(({ variable, factory }) => `const ${variable} = await ${factory.createName}(manager);\n  `);
  const values = `{\n    ${lines.map((line) => `${line},`).join('\n    ')}\n  }`;
  const head =
    parents.length === 0
      ? `/** Values of ${article(words)} ${words}; each call gives another one. */\nexport function ${newName}() {\n  return ${values};\n}`
      : `/** Values of ${article(words)} ${words}, with what it belongs to. */\nexport async function ${newName}(manager: EntityManager) {\n  ${made.join('')}return ${values};\n}`;
  const references = entity.properties.filter(
    ({ kind, name: outside }) => kind === 'reference' && lines.some((line) => line.startsWith(`${outside}: `)),
  );
  const call = parents.length === 0 ? `${newName}()` : `await ${newName}(manager)`;
  const taken =
    references.length === 0
      ? ''
      : `const { ${references.map((each) => each.name).join(', ')}, ...values } = ${call};\n  `;
  const given = references.length === 0 ? `...(${call})` : `...values, ${references.map(referenceText).join(', ')}`;
  return `${head}

export async function ${createName}(manager: EntityManager, changes: Partial<${name}> = {}): Promise<${type === name ? type : name}> {
  ${taken}return manager.save(manager.create(${name}, { ${given.replace(`...(${newName}())`, `...${newName}()`)}, ...changes }));
}
`;
}

function referenceText({ name, property, references }: PropertyPlan): string {
  return `${property}: { ${references?.property ?? 'id'}: ${name} }`;
}

/** Foreign keys without which there is no row; those of several columns first, because others may share a column with them. */
function requiredKeys({ table }: EntityPlan): ForeignKey[] {
  const isRequired = ({ columns }: ForeignKey): boolean =>
    columns.every((name) =>
      table.columns.some((column) => column.name === name && !column.nullable && column.default === null),
    );
  return table.foreignKeys.filter(isRequired).toSorted((a, b) => b.columns.length - a.columns.length);
}

function covers(wide: ForeignKey, narrow: ForeignKey): boolean {
  return narrow.columns.every((column) => wide.columns.includes(column));
}

function parentOf(
  project: ProjectPlan,
  tests: TestPlan,
  entity: EntityPlan,
  key: ForeignKey,
  open: readonly EntityPlan[],
): Omit<Parent, 'variable'> | { readonly reason: string } {
  const table = project.tableOf(key.references.table, key.references.namespace);
  const parent = table && project.entity(table);
  if (!parent)
    return {
      reason: `no class is known for ${key.references.table}, which ${article(entity.names.words)} ${entity.names.words} refers to`,
    };
  const factory = factoryOf(project, tests, parent, open);
  return 'reason' in factory ? factory : { key, entity: parent, factory };
}

function freeName(name: string, parents: readonly Parent[]): string {
  const taken = parents.filter(({ variable }) => variable.startsWith(name)).length;
  return taken === 0 ? name : `${name}${taken + 1}`;
}

/** `productId: product.id` for each column of the key that is not set yet. */
function keyLines(entity: EntityPlan, { key, entity: parent, variable }: Parent, lines: readonly string[]): string[] {
  return key.columns.flatMap((column, at) => {
    const property = entity.properties.find((each) => each.column.name === column);
    const referenced = parent.properties.find((each) => each.column.name === key.references.columns[at]);
    if (!property || !referenced || lines.some((line) => line.startsWith(`${property.name}: `))) return [];
    return [`${property.name}: ${variable}.${referenced.property}`];
  });
}

function isCovered({ properties }: EntityPlan, column: string): boolean {
  return properties.some(
    (property) =>
      property.column.name === column || property.embedded?.properties.some((part) => part.column.name === column),
  );
}

export function article(words: string): string {
  return /^[aeiou]/u.test(words) ? 'an' : 'a';
}
