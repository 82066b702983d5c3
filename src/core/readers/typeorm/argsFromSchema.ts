/** `new EntitySchema({ … })` → what it puts into TypeORM's storage (`EntitySchemaTransformer` of typeorm 1.1). */
import type { SourceRange } from '../../schema/source.ts';
import { isCall, isClass, isList, isObject, ownKeys } from '../shared/typescript/results.ts';
import type { Evaluator } from '../shared/typescript/evaluate.ts';
import type { CallResult, ClassNode, ObjectResult, Result } from '../shared/typescript/results.ts';
import { emptyArgs, indexArgs, reportUnread } from './args.ts';
import { relation, tableArgs } from './argsFromClass.ts';
import { isTypeormModule } from './decorators.ts';
import type { ColumnMode, RelationArgs, TableArgs, Target } from './model.ts';
import {
  columnOptions,
  flagOf,
  joinColumnList,
  joinColumnOptions,
  objectOf,
  textOf,
  textsOf,
  typeOf,
  unreadOptions,
  valueOf,
} from './options.ts';
import type { Options } from './options.ts';

interface SchemaContext {
  readonly file: string;
  /** Name of the constant. */
  readonly name: string;
  readonly evaluator: Evaluator;
  readonly ofClass: (node: ClassNode) => Target;
}

export function isSchemaCall(result: Result): result is CallResult {
  if (!isCall(result) || result.name !== 'EntitySchema' || !isTypeormModule(result.module)) return false;
  // MikroORM's class of that name has properties; in its own repository it is no package.
  const options = objectOf(result.arguments[0]);
  return options?.entries.has('properties') !== true || options.entries.has('columns');
}

export function fillFromSchema(schema: CallResult, context: SchemaContext): Target {
  const options = objectOf(schema.arguments[0]);
  const at = constantRange(context, options);
  const own = valueOf(options, 'target');
  const name = textOf(options, 'name') ?? (isClass(own) ? own.name : context.name);
  const target: Target = isClass(own)
    ? context.ofClass(own)
    : { name, file: context.file, base: null, class: null, args: emptyArgs(), at };
  const { args } = target;
  const type = textOf(options, 'type');
  const known: TableArgs['type'] = type === 'view' || type === 'entity-child' ? type : 'regular';
  // An abstract schema is there to be spread into others.
  if (type !== 'abstract') args.table ??= tableArgs(known, textOf(options, 'tableName'), options);
  reportUnread(args, `EntitySchema ${name}`, unreadOptions(options, ['name', 'tableName', 'columns', 'relations']), at);
  const inheritance = objectOf(valueOf(options, 'inheritance'));
  if (inheritance) {
    const column = valueOf(inheritance, 'column');
    args.inheritance ??= {
      pattern: textOf(inheritance, 'pattern') ?? 'STI',
      column:
        typeof column === 'string'
          ? { ...columnOptions(null, null), name: column }
          : isObject(column)
            ? columnOptions(column, null)
            : null,
    };
  }
  const discriminator = valueOf(options, 'discriminatorValue');
  if (typeof discriminator === 'string' || typeof discriminator === 'number')
    args.discriminatorValue = String(discriminator);
  const [tree] = listOf(valueOf(options, 'trees'));
  if (tree) {
    const settings = objectOf(valueOf(tree, 'options'));
    args.tree ??= {
      type: textOf(tree, 'type') ?? 'adjacency-list',
      closureTableName: textOf(settings, 'closureTableName'),
      closureTableSchema: textOf(settings, 'closureTableSchema'),
      ancestorColumnName: null,
      descendantColumnName: null,
    };
  }
  fillMembers(options, target, at);
  return target;
}

/** The name of the constant would be better, but a schema's own `name` is where it says what it is. */
function constantRange(context: SchemaContext, options: Options): SourceRange {
  return (
    options?.positions.get('name') ??
    options?.positions.get('target') ?? { file: context.file, line: 1, column: 1, endLine: 1, endColumn: 1 }
  );
}

function listOf(value: Result): readonly ObjectResult[] {
  return isList(value) ? value.filter(isObject) : [];
}

function entriesOf(
  value: Result,
): readonly { readonly key: string; readonly value: ObjectResult; readonly at: SourceRange | null }[] {
  if (!isObject(value)) return [];
  return ownKeys(value).flatMap((key) => {
    const each = value.entries.get(key);
    return isObject(each) ? [{ key, value: each, at: value.positions.get(key) ?? null }] : [];
  });
}

function fillMembers(options: Options, target: Target, head: SourceRange): void {
  const { args } = target;
  for (const { key, value, at } of entriesOf(valueOf(options, 'columns'))) fillColumn(key, value, target, at ?? head);
  for (const { key, value, at } of entriesOf(valueOf(options, 'relations')))
    fillRelation(key, value, target, at ?? head);
  const positionOf = (key: string): SourceRange => options?.positions.get(key) ?? head;
  for (const index of listOf(valueOf(options, 'indices')))
    args.indices.push(indexArgs(textOf(index, 'name'), valueOf(index, 'columns'), index, positionOf('indices')));
  for (const unique of listOf(valueOf(options, 'uniques'))) {
    args.uniques.push({
      name: textOf(unique, 'name'),
      columns: valueOf(unique, 'columns'),
      deferrable: textOf(unique, 'deferrable'),
      at: positionOf('uniques'),
    });
  }
  for (const kind of ['checks', 'exclusions'] as const) {
    for (const check of listOf(valueOf(options, kind))) {
      const expression = textOf(check, 'expression');
      if (expression !== null) args[kind].push({ name: textOf(check, 'name'), expression, at: positionOf(kind) });
    }
  }
  for (const key of listOf(valueOf(options, 'foreignKeys'))) {
    args.foreignKeys.push({
      type: valueOf(key, 'target'),
      property: null,
      inverse: undefined,
      columnNames: textsOf(valueOf(key, 'columnNames')),
      referencedColumnNames: textsOf(valueOf(key, 'referencedColumnNames')),
      ...keyActions(key),
      at: positionOf('foreignKeys'),
    });
  }
  for (const { key, value, at } of entriesOf(valueOf(options, 'embeddeds'))) {
    const prefix = valueOf(value, 'prefix');
    args.embeddeds.push({
      property: key,
      type: valueOf(value, 'schema'),
      prefix: typeof prefix === 'string' || typeof prefix === 'boolean' ? prefix : undefined,
      array: flagOf(value, 'array'),
      at: at ?? head,
    });
  }
}

function keyActions(options: ObjectResult): {
  name: string | null;
  onDelete: string | null;
  onUpdate: string | null;
  deferrable: string | null;
} {
  return {
    name: textOf(options, 'name'),
    onDelete: textOf(options, 'onDelete'),
    onUpdate: textOf(options, 'onUpdate'),
    deferrable: textOf(options, 'deferrable'),
  };
}

const modes: readonly (readonly [string, ColumnMode])[] = [
  ['virtualProperty', 'virtual-property'],
  ['objectId', 'objectId'],
  ['treeLevel', 'treeLevel'],
  ['version', 'version'],
  ['deleteDate', 'deleteDate'],
  ['updateDate', 'updateDate'],
  ['createDate', 'createDate'],
];

function fillColumn(property: string, options: ObjectResult, target: Target, at: SourceRange): void {
  const { args } = target;
  const mode = modes.find(([flag]) => flagOf(options, flag))?.[1] ?? 'regular';
  const column = columnOptions(options, typeOf(valueOf(options, 'type')));
  args.columns.push({
    target,
    property,
    mode,
    options: mode === 'objectId' ? { ...column, name: '_id' } : column,
    at,
  });
  reportUnread(
    args,
    `Column ${property} of EntitySchema ${target.name}`,
    unreadOptions(options, ['type', 'name', 'nullable', 'enum']),
    at,
  );
  const generated = valueOf(options, 'generated');
  if (generated === true || typeof generated === 'string')
    args.generations.push({ property, strategy: generated === true ? 'increment' : generated });
  if (flagOf(options, 'unique')) args.uniques.push({ name: null, columns: [property], deferrable: null, at });
  const foreignKey = objectOf(valueOf(options, 'foreignKey'));
  if (foreignKey) {
    args.foreignKeys.push({
      type: valueOf(foreignKey, 'target'),
      property,
      inverse: valueOf(foreignKey, 'inverseSide'),
      columnNames: [],
      referencedColumnNames: [],
      ...keyActions(foreignKey),
      at,
    });
  }
}

const kinds: readonly RelationArgs['kind'][] = ['one-to-one', 'one-to-many', 'many-to-one', 'many-to-many'];

function fillRelation(property: string, options: ObjectResult, target: Target, at: SourceRange): void {
  const { args } = target;
  const type = textOf(options, 'type');
  const kind = kinds.find((each) => each === type);
  if (!kind) {
    reportUnread(args, `Relation ${property} of EntitySchema ${target.name}`, ['type'], at);
    return;
  }
  args.relations.push({
    ...relation(target, property, kind, at, options, {
      type: valueOf(options, 'target'),
      inverse: valueOf(options, 'inverseSide'),
      lazy: flagOf(options, 'lazy'),
    }),
    treeParent: flagOf(options, 'treeParent'),
    treeChildren: flagOf(options, 'treeChildren'),
  });
  const joinColumn = valueOf(options, 'joinColumn');
  if (joinColumn === true) args.joinColumns.push({ property, ...joinColumnOptions(null) });
  else if (isList(joinColumn))
    for (const each of joinColumn) args.joinColumns.push({ property, ...joinColumnOptions(each) });
  else if (isObject(joinColumn)) args.joinColumns.push({ property, ...joinColumnOptions(joinColumn) });
  const joinTable = valueOf(options, 'joinTable');
  if (joinTable === true || isObject(joinTable)) {
    const settings = objectOf(joinTable);
    args.joinTables.push({
      property,
      name: textOf(settings, 'name'),
      schema: textOf(settings, 'schema'),
      database: textOf(settings, 'database'),
      synchronize: true,
      joinColumns: joinColumnList(settings, 'joinColumn', 'joinColumns'),
      inverseJoinColumns: joinColumnList(settings, 'inverseJoinColumn', 'inverseJoinColumns'),
      at,
    });
  }
}
