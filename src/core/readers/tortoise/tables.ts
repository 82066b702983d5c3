/** From models to tables (tortoise/backends/base/schema_generator.py). */
import type { Column, ColumnRole, ForeignKey, Generated, Index, Relation, Table, Unique } from '../../schema/model.ts';
import { plainIndex } from '../../schema/plainIndex.ts';
import { plainColumn, plainTable, plainUnique } from '../../schema/emptyTable.ts';
import { directoryOf } from '../shared/paths.ts';
import { sha256 } from '../shared/sha256.ts';
import type { PyValue } from '../shared/python/values.ts';
import { externalPath, isCall, isDict, isMember, isSequence, sourceText } from '../shared/python/values.ts';
import { flag, shapeOf, textOption } from './fields.ts';
import type { Field } from './fields.ts';
import { actionOf, foreignKeyTo } from './foreignKeys.ts';
import { joinTablesOf } from './joinTables.ts';
import { accessorOf, columnName, joinTableName, keyColumn, keyField, targetOf } from './models.ts';
import type { Model, World } from './models.ts';

export interface Built {
  readonly tables: readonly Table[];
  readonly byModel: ReadonlyMap<Model, Table>;
}

export function buildTables(world: World): Built {
  const concrete = world.models.filter(({ abstract }) => !abstract);
  const reverses = new Map<Model, Relation[]>();
  for (const model of concrete)
    for (const field of model.fields) {
      const target = field.relation === null ? null : targetOf(field, model, world);
      const name = accessorOf(field, model);
      if (!target || name === null) continue;
      reverses.set(target, [...(reverses.get(target) ?? []), reverse(field, name, model, target)]);
    }
  const byModel = new Map(concrete.map((model) => [model, tableOf(model, reverses.get(model) ?? [], world)]));
  const names = new Set([...byModel.values()].map(({ name }) => name));
  const joins = concrete.flatMap((model) => joinTablesOf(model, names, world));
  // Both sides of a relation may declare its table.
  const seen = new Set<string>();
  return { tables: [...byModel.values(), ...joins.filter(({ name }) => !seen.has(name) && seen.add(name))], byModel };
}

function tableOf(model: Model, reverses: readonly Relation[], world: World): Table {
  const columns: Column[] = [];
  const uniques: Unique[] = [];
  const indexes: Index[] = [];
  const foreignKeys: ForeignKey[] = [];
  const relations: Relation[] = [];
  const key = keyField(model);
  if (!key)
    columns.push({
      ...plainColumn(
        'id',
        { type: 'int32', rawType: 'int', length: null, precision: null, scale: null, array: false },
        model.at,
      ),
      generated: { kind: 'increment', expression: null },
    });
  for (const field of model.fields) {
    const target = field.relation === null ? null : targetOf(field, model, world);
    if (field.relation !== null && !target) tellUnresolved(field, model, world);
    if (target) relations.push(relation(field, model, target));
    if (field.relation === 'ManyToManyField' || (field.relation !== null && !target)) continue;
    const column = columnOf(field, field === key, target, world);
    columns.push(column);
    if (target) foreignKeys.push(foreignKeyTo(field, model.table, column.name, target, world));
    const isUnique = field.relation === 'OneToOneField' || flag(field, 'unique');
    if (isUnique && field !== key)
      uniques.push(plainUnique(engineName(model.table, column.name, 'key', world), [column.name], field.at));
    if (flag(field, 'db_index') && field !== key)
      indexes.push(plainIndex([column.name], field.at, { name: indexName('idx', model.table, [column.name]) }));
  }
  for (const names of together(model.meta('unique_together'))) {
    const columns_ = names.map((name) => columnOfName(name, model));
    uniques.push(plainUnique(indexName('uid', model.table, columns_), columns_, model.at));
  }
  indexes.push(...declaredIndexes(model));
  const comment = model.meta('table_description');
  const primaryKey = [keyColumn(model)];
  return {
    ...plainTable(model.table, 'tortoise', directoryOf(model.at.file), model.at),
    namespace: model.namespace,
    entity: model.name,
    columns,
    primaryKey,
    primaryKeyName: world.dialect === 'postgresql' ? `${model.table}_pkey` : null,
    uniques,
    indexes: distinct(indexes),
    foreignKeys,
    relations: distinctRelations([...relations, ...reverses]),
    comment: typeof comment === 'string' ? comment : (model.cls.declaration.doc?.split('\n')[0] ?? null),
    managed: model.meta('managed') !== false,
  };
}

function columnOf(field: Field, key: boolean, target: Model | null, world: World): Column {
  const shape = target ? targetShape(field, target, world, 0) : shapeOf(field, world.dialect, world.evaluator);
  const initial = field.options.get('db_default');
  const generated = key ? generatedOf(field) : null;
  // Only an INTEGER counts up by itself in SQLite.
  const rowid = generated?.kind === 'increment' && world.dialect === 'sqlite';
  return {
    ...plainColumn(columnName(field), rowid ? { ...shape, rawType: 'integer' } : shape, field.at),
    property: field.relation === null ? field.name : `${field.name}_id`,
    nullable: flag(field, 'null') && !key,
    default: initial === undefined ? null : sqlOf(initial),
    generated,
    comment: textOption(field, 'description'),
    role: roleOf(field),
  };
}

function targetShape(field: Field, target: Model, world: World, depth: number): ReturnType<typeof shapeOf> {
  const named = textOption(field, 'to_field');
  const referenced =
    (named === null ? undefined : target.fields.find(({ name }) => name === named)) ?? keyField(target);
  if (!referenced) return { type: 'int32', rawType: 'int', length: null, precision: null, scale: null, array: false };
  const next = referenced.relation === null ? null : targetOf(referenced, target, world);
  return next && depth < 8
    ? targetShape(referenced, next, world, depth + 1)
    : shapeOf(referenced, world.dialect, world.evaluator);
}

function generatedOf(field: Field): Generated | null {
  if (/^(?:Big|Small)?IntField$/.test(field.kind))
    return field.options.get('generated') === false ? null : { kind: 'increment', expression: null };
  // Tortoise makes the values of keys that are UUIDs.
  return field.kind === 'UUIDField' ? { kind: 'application', expression: null } : null;
}

function roleOf(field: Field): ColumnRole | null {
  if (flag(field, 'auto_now_add')) return 'created-at';
  if (flag(field, 'auto_now')) return 'updated-at';
  return field.kind === 'DatetimeField' && /^(?:deleted|removed)(?:_?(?:at|on|date))?$/.test(field.name)
    ? 'deleted-at'
    : null;
}

function sqlOf(value: PyValue): string | null {
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (isMember(value) && value.value !== null) return sqlOf(value.value);
  const [text] = isCall(value) ? value.arguments : [];
  if (isCall(value) && (externalPath(value.callee) ?? '').endsWith('SqlDefault') && typeof text === 'string')
    return text;
  if (isCall(value) && (externalPath(value.callee) ?? '').endsWith('.Now')) return 'CURRENT_TIMESTAMP';
  return value === null ? 'NULL' : sourceText(value);
}

function indexName(prefix: string, table: string, columns: readonly string[]): string {
  const hash = sha256([table, ...columns].join(';')).slice(0, 6);
  return `${prefix}_${table.slice(0, 11)}_${(columns[0] ?? '').slice(0, 7)}_${hash}`;
}

/** PostgreSQL's own name of a constraint that has none. */
function engineName(table: string, column: string, suffix: string, { dialect }: World): string | null {
  const name = `${table}_${column}_${suffix}`;
  return dialect === 'postgresql' && name.length <= 63 ? name : null;
}

/** `("a", "b")`, or several of such. */
function together(value: PyValue | undefined): readonly (readonly string[])[] {
  if (!isSequence(value)) return [];
  const groups = typeof value.items[0] === 'string' ? [value] : value.items;
  return groups.flatMap((group) => {
    const names = isSequence(group) ? group.items.filter((each) => typeof each === 'string') : [];
    return names.length > 0 ? [names] : [];
  });
}

/** `Meta` may name a field or its column. */
function columnOfName(name: string, model: Model): string {
  const field = model.fields.find(
    (each) => each.name === name || (each.relation !== null && `${each.name}_id` === name),
  );
  return field ? columnName(field) : name;
}

const methods: Readonly<Record<string, string>> = {
  BloomIndex: 'bloom',
  BrinIndex: 'brin',
  GinIndex: 'gin',
  GistIndex: 'gist',
  HashIndex: 'hash',
  SpGistIndex: 'spgist',
  FullTextIndex: 'fulltext',
  SpatialIndex: 'spatial',
};

function declaredIndexes(model: Model): readonly Index[] {
  const stated = model.meta('indexes');
  if (!isSequence(stated)) return [];
  const lists = stated.items.some(isCall) ? stated.items : together(stated).map((names) => names);
  return lists.flatMap((each): readonly Index[] => {
    if (Array.isArray(each)) return [listed(each as readonly string[], model)];
    const value = each as PyValue;
    if (isCall(value)) {
      const fields = value.keywords.get('fields');
      const names = isSequence(fields) ? fields.items.filter((name) => typeof name === 'string') : [];
      const columns = names.map((name) => columnOfName(name, model));
      const name = value.keywords.get('name');
      const path = sourceText(value.callee);
      const method = methods[path.slice(path.lastIndexOf('.') + 1)] ?? null;
      const condition = value.keywords.get('condition');
      const expressions = value.arguments.map((argument) => sourceText(argument));
      if (columns.length === 0 && expressions.length === 0) return [];
      return [
        {
          ...plainIndex(columns, value.at, {
            name: typeof name === 'string' ? name : indexName('idx', model.table, names),
          }),
          method,
          where: condition === undefined || !isDict(condition) ? null : conditionText(condition.entries),
          expression: expressions.length > 0 ? expressions.join(', ') : null,
        },
      ];
    }
    return isSequence(value) ? together(value).map((names) => listed(names, model)) : [];
  });
}

function listed(names: readonly string[], model: Model): Index {
  const columns = names.map((name) => columnOfName(name, model));
  return plainIndex(columns, model.at, { name: indexName('idx', model.table, columns) });
}

function conditionText(entries: readonly (readonly [PyValue, PyValue])[]): string {
  return entries
    .map(([name, value]) => `${typeof name === 'string' ? name : sourceText(name)} = ${sqlOf(value) ?? 'NULL'}`)
    .join(' AND ');
}

/** The same statement is not executed twice. */
function distinct(indexes: readonly Index[]): readonly Index[] {
  const seen = new Set<string>();
  return indexes.filter(({ name, columns, method, where }) => {
    const key = JSON.stringify([name, columns, method, where]);
    return !seen.has(key) && seen.add(key);
  });
}

function relation(field: Field, model: Model, target: Model): Relation {
  const many = field.relation === 'ManyToManyField';
  return {
    property: field.name,
    kind: many ? 'many-to-many' : field.relation === 'OneToOneField' ? 'one-to-one' : 'many-to-one',
    target: target.table,
    targetNamespace: target.namespace,
    owner: true,
    columns: many ? [] : [columnName(field)],
    inverse: accessorOf(field, model),
    joinTable: many ? joinTableName(field, model, target) : null,
    nullable: !many && flag(field, 'null'),
    fetch: 'lazy',
    cascade: [],
    at: field.at,
  };
}

function reverse(field: Field, property: string, model: Model, target: Model): Relation {
  const many = field.relation === 'ManyToManyField';
  return {
    ...relation(field, model, target),
    property,
    kind: many ? 'many-to-many' : field.relation === 'OneToOneField' ? 'one-to-one' : 'one-to-many',
    target: model.table,
    targetNamespace: model.namespace,
    owner: false,
    columns: [],
    inverse: field.name,
    nullable: true,
    cascade: !many && actionOf(field) === 'CASCADE' ? ['remove'] : [],
  };
}

function distinctRelations(relations: readonly Relation[]): readonly Relation[] {
  const seen = new Set<string>();
  return relations.filter(({ property }) => !seen.has(property) && seen.add(property));
}

function tellUnresolved(field: Field, model: Model, world: World): void {
  const to = field.options.get('to');
  world.problems.push({
    code: 'unresolved-entity',
    message: `${model.name}.${field.name} leads to ${to === undefined ? 'nothing' : sourceText(to)}, which was not found: its column and foreign key are left out.`,
    severity: 'information',
    at: field.at,
  });
}
