/** Tables → plans. A table that no code can be generated for gets a reason instead. */
import type { Column, Relation, Table } from '../../schema/model.ts';
import type { GenerateRequest } from '../generator.ts';
import { embeddedProperty } from './embedded.ts';
import type { ConflictKey, EntityPlan, IncludePlan, KeyPlan, PropertyPlan } from './entityPlan.ts';
import { planFiles } from './files.ts';
import { moduleFolder } from './layout.ts';
import { fieldOf, lineageOf } from './lineage.ts';
import type { LocatedClass } from './lineage.ts';
import { namesOf, pascal } from './names.ts';
import { createProject } from './project.ts';
import type { Framework, ProjectPlan } from './project.ts';
import { referenceProperty, scalarProperty } from './properties.ts';

export function planProject(request: GenerateRequest, framework: Framework): ProjectPlan {
  return createProject(request, framework, planEntity);
}

export function planEntity(project: ProjectPlan, table: Table): EntityPlan | { readonly reason: string } {
  const { entity } = table;
  if (entity === null) return { reason: `No entity stands for the table ${table.name}.` };
  if (table.kind !== 'table') return { reason: `${entity} is a view, and rows of a view are not written.` };
  const path = project.pathOf(table.at);
  const lineage = lineageOf(project, path, entity);
  if (lineage.length === 0)
    return { reason: `${entity} is no class of ${path}, so there are no types of properties to build on.` };
  if (table.primaryKey.length === 0)
    return { reason: `${entity} has no primary key, so none of its rows can be addressed.` };
  const names = namesOf(entity, table.name);
  const source = { path, name: entity };
  const properties = ordered(table, propertiesOf(project, table, lineage));
  const key = keyOf(table, properties, names.type);
  if (key === null)
    return { reason: `Not every column of the primary key of ${entity} has a property of its own in the class.` };
  const folder = moduleFolder(path);
  const includes = includesOf(project, table, lineage);
  const version = propertyOf(table, 'version');
  const deletedAt = propertyOf(table, 'deleted-at');
  const conflictKeys = conflictKeysOf(table, properties);
  const facts = { table, names, source, folder, key, properties, includes, conflictKeys, version, deletedAt };
  return {
    ...facts,
    files: planFiles(project, facts),
    creationBarred: creationBarred(table, properties, names.type),
  };
}

function propertyOf(table: Table, role: 'version' | 'deleted-at'): string | null {
  return table.columns.find((column) => column.role === role)?.property ?? null;
}

function propertiesOf(project: ProjectPlan, table: Table, lineage: readonly LocatedClass[]): PropertyPlan[] {
  const seen = new Set<string>();
  return table.columns.flatMap((column): PropertyPlan[] => {
    const root = column.property?.split('.')[0];
    if (root === undefined || seen.has(root)) return [];
    seen.add(root);
    const field = fieldOf(lineage, root);
    if (!field) return [];
    if (column.property?.includes('.') === true) {
      const embedded = embeddedProperty(project, table, root, field);
      return embedded ? [embedded] : [];
    }
    const relation = table.relations.find((each) => each.property === root && each.columns.includes(column.name));
    if (relation) return reference(project, table, relation, column, field.lazy);
    const declared = { file: field.path, property: root, type: field.type };
    return [scalarProperty(project, table, column, root, declared)];
  });
}

function reference(
  project: ProjectPlan,
  table: Table,
  relation: Relation,
  column: Column,
  lazy: boolean,
): PropertyPlan[] {
  const target = project.tableOf(relation.target, relation.targetNamespace);
  const foreignKey = table.foreignKeys.find(({ columns }) => columns.length === 1 && columns[0] === column.name);
  const name = foreignKey?.references.columns[0] ?? target?.primaryKey[0];
  const referenced = target?.columns.find((each) => each.name === name)?.property;
  if (!target?.entity || referenced == null || relation.columns.length !== 1 || lazy) return [];
  const field = fieldOf(lineageOf(project, project.pathOf(target.at), target.entity), referenced);
  if (!field) return [];
  const outside = relation.property + pascal([referenced]);
  return [
    referenceProperty(
      project,
      table,
      column,
      outside,
      relation.property,
      { table: target, property: referenced },
      field.type,
    ),
  ];
}

/** Key, then what the entity is about, then what the ORM keeps by itself. */
function ordered(table: Table, properties: readonly PropertyPlan[]): PropertyPlan[] {
  const rank = ({ column }: PropertyPlan): number =>
    table.primaryKey.includes(column.name) ? table.primaryKey.indexOf(column.name) - 100 : column.role === null ? 0 : 1;
  return properties.toSorted((a, b) => rank(a) - rank(b));
}

function keyOf(table: Table, properties: readonly PropertyPlan[], type: string): KeyPlan | null {
  const parts = table.primaryKey.map((name) =>
    properties.find(({ kind, column }) => kind === 'scalar' && column.name === name),
  );
  const found = parts.filter((part) => part !== undefined);
  const [first] = found;
  if (!first || found.length < parts.length) return null;
  const composite = found.length > 1;
  const generated = found.every(({ column }) => column.generated !== null);
  return { properties: found, composite, generated, type: composite ? `${type}Key` : first.type };
}

/** Any to-one relation; of the others those that the entity owns, because only these stay small with it. */
function includesOf(project: ProjectPlan, table: Table, lineage: readonly LocatedClass[]): IncludePlan[] {
  return table.relations.flatMap((relation): IncludePlan[] => {
    const target = project.tableOf(relation.target, relation.targetNamespace);
    const field = fieldOf(lineage, relation.property);
    if (!target?.entity || !field || field.lazy || target.primaryKey.length === 0) return [];
    if (lineageOf(project, project.pathOf(target.at), target.entity).length === 0) return [];
    const many = relation.kind === 'one-to-many' || relation.kind === 'many-to-many';
    const owned =
      relation.cascade.length > 0 || relation.fetch === 'eager' || (relation.kind === 'many-to-many' && relation.owner);
    return many && !owned ? [] : [{ property: relation.property, many, nullable: field.nullable, target }];
  });
}

function conflictKeysOf(table: Table, properties: readonly PropertyPlan[]): ConflictKey[] {
  const whole = table.indexes.filter(
    ({ unique, where, expression }) => unique && where === null && expression === null,
  );
  const keys = [
    table.primaryKey,
    ...table.uniques.map(({ columns }) => columns),
    ...whole.map(({ columns }) => columns),
  ];
  const found = keys.flatMap((columns): ConflictKey[] => {
    const parts = columns.map((name) =>
      properties.find(({ kind, column, writable }) => kind !== 'embedded' && column.name === name && writable),
    );
    const known = parts.filter((part) => part !== undefined);
    if (known.length === 0 || known.length < parts.length) return [];
    const [first = '', ...rest] = known.map(({ name }) => name);
    return [
      {
        name: first + rest.map((name) => `And${pascal([name])}`).join(''),
        properties: known.map(({ property }) => property),
      },
    ];
  });
  return [...new Map(found.map((key) => [key.name, key])).values()];
}

function creationBarred(table: Table, properties: readonly PropertyPlan[], type: string): string | null {
  const withheld = properties.filter(({ writable, creatable, optional }) => writable && !creatable && !optional);
  const covered = new Set(
    properties.flatMap(({ column, embedded }) => [column, ...(embedded?.properties ?? []).map((each) => each.column)]),
  );
  const unexpressed = table.columns.filter(
    (column) =>
      !covered.has(column) &&
      !column.nullable &&
      column.default === null &&
      column.generated === null &&
      column.role === null,
  );
  const names = [...withheld.map(({ name }) => name), ...unexpressed.map((column) => column.property ?? column.name)];
  return names.length === 0
    ? null
    : `A ${type} needs ${[...new Set(names)].join(', ')}, which no request may set directly; a use case of your own has to.`;
}
