/** All entities of a project, linked: `EntityMetadataBuilder.build` of typeorm 1.1, step by step. */
import type { Problem } from '../../schema/source.ts';
import { isFunction } from '../shared/typescript/results.ts';
import type { Evaluator } from '../shared/typescript/evaluate.ts';
import type { Result } from '../shared/typescript/results.ts';
import { generationOf, nameColumn, primaryColumns } from './columns.ts';
import { buildConstraints, propertiesMap } from './constraints.ts';
import { createEntity, fillEntity, nameEntity, settleEntity } from './entities.ts';
import { joinRelation } from './joins.ts';
import type { Report } from './joins.ts';
import { buildClosure, buildJunction } from './junctions.ts';
import type { ColumnMeta, EntityMeta, ForeignKeyArgs, RelationMeta, Settings, Target } from './model.ts';
import { findEntity, lineage, referenceText } from './targets.ts';
import type { Targets } from './targets.ts';

export interface Built {
  /** Entities, then the tables TypeORM adds. */
  readonly entities: readonly EntityMeta[];
  /** Of tables that TypeORM adds: the entity that has them made. */
  readonly owners: ReadonlyMap<EntityMeta, EntityMeta>;
  readonly problems: ReadonlyMap<EntityMeta, readonly Problem[]>;
}

export function buildEntities(targets: Targets, evaluator: Evaluator, settingsOf: (target: Target) => Settings): Built {
  const problems = new Map<EntityMeta, Problem[]>();
  const reportOf =
    (entity: EntityMeta): Report =>
    (code, message, at) => {
      const known = problems.get(entity);
      const problem: Problem = { code, message, severity: 'warning', at };
      if (known) known.push(problem);
      else problems.set(entity, [problem]);
    };
  const owners = new Map<EntityMeta, EntityMeta>();
  const byTarget = new Map<Target, EntityMeta>();
  const entities: EntityMeta[] = [];
  const { tables } = targets;
  for (const target of tables) {
    if (!target.args.table) continue;
    const entity = createEntity(target, target.args.table, settingsOf(target), tables);
    byTarget.set(target, entity);
    entities.push(entity);
  }
  adoptChildren(entities, byTarget, reportOf);
  const parentsFirst = [...entities.filter((each) => !isChild(each)), ...entities.filter(isChild)];
  for (const entity of parentsFirst) nameEntity(entity);
  for (const entity of parentsFirst) fillEntity(entity, targets);
  for (const entity of entities) settleEntity(entity);
  const declared = [...entities];
  for (const entity of declared) linkInverses(entity, declared, targets, byTarget, evaluator, reportOf(entity));
  for (const entity of declared) {
    if (isChild(entity)) continue;
    for (const relation of entity.relations) {
      if (relation.args.kind === 'many-to-one' || relation.args.kind === 'one-to-one')
        joinRelation(relation, reportOf(entity));
    }
    for (const relation of entity.relations) {
      if (relation.args.kind !== 'many-to-many') continue;
      const joinTable = relation.args.target.args.joinTables.find((each) => each.property === relation.args.property);
      const junction = joinTable ? buildJunction(relation, joinTable, reportOf(entity)) : null;
      if (!junction) continue;
      entities.push(junction);
      owners.set(junction, entity);
    }
  }
  for (const entity of declared) {
    if (entity.treeArgs?.type !== 'closure-table' || isChild(entity)) continue;
    const closure = buildClosure(entity, evaluator);
    entities.push(closure);
    owners.set(closure, entity);
  }
  for (const entity of entities) buildConstraints(entity, evaluator, reportOf(owners.get(entity) ?? entity));
  for (const entity of declared) {
    if (!isChild(entity)) addForeignKeys(entity, declared, targets, byTarget, evaluator, reportOf(entity));
  }
  for (const entity of declared) generateColumns(entity);
  return { entities, owners, problems };
}

export function isChild(entity: EntityMeta): boolean {
  return entity.table.type === 'entity-child';
}

function adoptChildren(
  entities: readonly EntityMeta[],
  byTarget: ReadonlyMap<Target, EntityMeta>,
  reportOf: (entity: EntityMeta) => Report,
): void {
  for (const entity of entities) {
    if (!isChild(entity) || !entity.target) continue;
    const above = lineage(entity.target).slice(1);
    const parent = above.map((each) => byTarget.get(each)).find((each) => each?.inheritance === 'STI') ?? null;
    entity.parent = parent;
    if (parent) for (const each of above) byTarget.get(each)?.children.push(entity);
    else
      reportOf(entity)(
        'missing-table-inheritance',
        `@ChildEntity ${entity.target.name} extends no entity with @TableInheritance; TypeORM refuses it.`,
        entity.at,
      );
  }
}

function linkInverses(
  entity: EntityMeta,
  entities: readonly EntityMeta[],
  targets: Targets,
  byTarget: ReadonlyMap<Target, EntityMeta>,
  evaluator: Evaluator,
  report: Report,
): void {
  for (const relation of entity.relations) {
    if (relation.inverseEntity) continue;
    const inverse = findEntity(relation.type, targets, entities, byTarget, relation.args.at.file);
    if (!inverse) {
      report(
        'unresolved-entity',
        `${entity.target?.name ?? entity.name}.${relation.path} refers to ${referenceText(relation.type)}, which is no entity of this project.`,
        relation.args.at,
      );
      continue;
    }
    relation.inverseEntity = inverse;
    relation.inversePath = inversePath(relation, entity, inverse, evaluator);
    relation.inverse = inverse.relations.find((each) => each.path === relation.inversePath) ?? null;
  }
}

function inversePath(relation: RelationMeta, entity: EntityMeta, inverse: EntityMeta, evaluator: Evaluator): string {
  const { args } = relation;
  if (args.inverse !== undefined) return propertyOf(args.inverse, inverse, evaluator) ?? '';
  if (args.treeParent) return entity.relations.find((each) => each.args.treeChildren)?.args.property ?? '';
  if (args.treeChildren) return entity.relations.find((each) => each.args.treeParent)?.args.property ?? '';
  return '';
}

/** `(user) => user.posts` → `posts`. The common form is read without building the map TypeORM would pass. */
function propertyOf(value: Result, entity: EntityMeta, evaluator: Evaluator): string | null {
  if (typeof value === 'string') return value;
  if (!isFunction(value)) return null;
  const { parameters, returns } = value.value;
  const [parameter] = parameters;
  if (returns?.is === 'name' && parameter !== undefined && returns.name.startsWith(`${parameter}.`))
    return returns.name.slice(parameter.length + 1);
  const path = evaluator.call(value, [propertiesMap(entity)]);
  return typeof path === 'string' ? path : null;
}

/** @ForeignKey, and the foreign keys of EntitySchemas. */
function addForeignKeys(
  entity: EntityMeta,
  entities: readonly EntityMeta[],
  targets: Targets,
  byTarget: ReadonlyMap<Target, EntityMeta>,
  evaluator: Evaluator,
  report: Report,
): void {
  for (const args of entity.tree.flatMap((target) => target.args.foreignKeys)) {
    const referenced = findEntity(args.type, targets, entities, byTarget, args.at.file);
    if (!referenced) {
      report(
        'unresolved-entity',
        `The foreign key of ${entity.target?.name ?? entity.name} refers to ${referenceText(args.type)}, which is no entity of this project.`,
        args.at,
      );
      continue;
    }
    const columns = columnsByName(args.property === null ? args.columnNames : [args.property], entity, args, report);
    const inverse = propertyOf(args.inverse, referenced, evaluator);
    const names = args.property === null ? args.referencedColumnNames : inverse === null ? [] : [inverse];
    entity.foreignKeys.push({
      columns,
      referencedEntity: referenced,
      referencedColumns:
        names.length === 0 ? primaryColumns(referenced) : columnsByName(names, referenced, args, report),
      givenName: args.name,
      onDelete: args.onDelete,
      onUpdate: args.onUpdate,
      deferrable: args.deferrable,
      enforced: true,
      byOrm: false,
      at: args.at,
    });
  }
}

function columnsByName(
  names: readonly string[],
  entity: EntityMeta,
  args: ForeignKeyArgs,
  report: Report,
): readonly ColumnMeta[] {
  return names.flatMap((name) => {
    const column = entity.columns.find((each) => each.property === name || each.name === name);
    if (!column)
      report(
        'unknown-column',
        `A foreign key names "${name}", which ${entity.target?.name ?? entity.name} does not have.`,
        args.at,
      );
    return column ?? [];
  });
}

/** Last of all, as in TypeORM: keys that refer to a generated column have taken its type before. */
function generateColumns(entity: EntityMeta): void {
  for (const column of entity.columns) {
    column.generation = generationOf(column);
    if (column.generation === null) continue;
    if (column.generation === 'uuid') column.type = 'uuid';
    else if (column.generation === 'rowid') column.type = 'int';
    else column.type ??= 'Number';
    nameColumn(column);
  }
}
