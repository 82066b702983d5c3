/** Tables nobody declares: those of many-to-many relations and of closure trees (`JunctionEntityMetadataBuilder`, `ClosureJunctionEntityMetadataBuilder` of typeorm 1.1). */
import { isFunction, isObject } from '../shared/typescript/results.ts';
import type { Evaluator } from '../shared/typescript/evaluate.ts';
import type { FunctionResult, ObjectResult, Result } from '../shared/typescript/results.ts';
import { copiedOptions, makeVirtualColumn, primaryColumns } from './columns.ts';
import { emptyEntity, indexMeta, nameEntity, settleEntity } from './entities.ts';
import { givenFor, inKeyOrder } from './joins.ts';
import type { Report } from './joins.ts';
import type {
  ColumnMeta,
  EntityMeta,
  ForeignKeyMeta,
  JoinColumnOptions,
  JoinTableArgs,
  RelationMeta,
  TableArgs,
} from './model.ts';

function junctionTable(type: TableArgs['type'], name: string, from: Partial<TableArgs>): TableArgs {
  return {
    type,
    name,
    schema: null,
    database: null,
    synchronize: true,
    materialized: false,
    expression: null,
    comment: null,
    ...from,
  };
}

export function buildJunction(relation: RelationMeta, joinTable: JoinTableArgs, report: Report): EntityMeta | null {
  const { entity, inverseEntity: other, args } = relation;
  if (!other) return null;
  const { settings } = entity;
  const { naming } = settings;
  const owned = referencedBy(entity, joinTable.joinColumns, entity.columns, relation, report);
  const inversed = referencedBy(other, joinTable.inverseJoinColumns, other.ownColumns, relation, report);
  const name =
    joinTable.name ??
    naming.joinTableName(
      entity.nameWithoutPrefix,
      other.nameWithoutPrefix,
      relation.path,
      relation.inverse?.args.property ?? '',
    );
  const table = junctionTable('junction', name, {
    schema: joinTable.schema ?? entity.schema,
    database: joinTable.database ?? entity.database,
    synchronize: joinTable.synchronize,
  });
  const junction: EntityMeta = { ...emptyEntity(null, table, entity.settings, []), at: joinTable.at };
  nameEntity(junction);
  const column = (referenced: ColumnMeta, columnName: string): ColumnMeta => {
    const made = makeVirtualColumn(
      junction,
      null,
      columnName,
      { ...copiedOptions(referenced), name: columnName, nullable: false, primary: true },
      joinTable,
    );
    made.referenced = referenced;
    made.relation = relation;
    return made;
  };
  const first = owned.map((each) =>
    column(
      each,
      givenFor(joinTable.joinColumns, each)?.name ??
        naming.joinTableColumnName(entity.nameWithoutPrefix, each.property, each.name),
    ),
  );
  const second = inversed.map((each) =>
    column(
      each,
      givenFor(joinTable.inverseJoinColumns, each)?.name ??
        naming.joinTableInverseColumnName(other.nameWithoutPrefix, each.property, each.name),
    ),
  );
  keepApart(first, second, junction);
  junction.ownColumns = [...first, ...second];
  const keyName = (given: readonly JoinColumnOptions[] | null, referenced: readonly ColumnMeta[]): string | null =>
    referenced[0] ? (givenFor(given, referenced[0])?.foreignKeyConstraintName ?? null) : null;
  const oracle = entity.settings.driver.dialect === 'oracle';
  const spanner = entity.settings.driver.dialect === 'spanner';
  const key = (
    columns: readonly ColumnMeta[],
    referencedEntity: EntityMeta,
    referencedColumns: readonly ColumnMeta[],
    givenName: string | null,
    side: Pick<RelationMeta['args'], 'onDelete' | 'onUpdate'> | null,
    deferrable: string | null,
  ): ForeignKeyMeta => ({
    columns,
    referencedEntity,
    referencedColumns,
    givenName,
    onDelete: spanner ? 'NO ACTION' : (side?.onDelete ?? 'CASCADE'),
    onUpdate: oracle || spanner ? 'NO ACTION' : (side?.onUpdate ?? 'CASCADE'),
    deferrable,
    enforced: args.createForeignKeyConstraints,
    byOrm: true,
    at: joinTable.at,
  });
  const inverseArgs = relation.inverse?.args ?? null;
  junction.foreignKeys = [
    key(first, entity, owned, keyName(joinTable.joinColumns, owned), args, settings.legacy ? null : args.deferrable),
    key(
      second,
      other,
      inversed,
      keyName(joinTable.inverseJoinColumns, inversed),
      // Up to 0.x an inverse side that states no action meant none, and keys of junctions were never deferred.
      inverseArgs && settings.legacy
        ? { onDelete: inverseArgs.onDelete ?? 'NO ACTION', onUpdate: inverseArgs.onUpdate ?? 'NO ACTION' }
        : inverseArgs,
      settings.legacy ? null : (inverseArgs ?? args).deferrable,
    ),
  ];
  junction.ownIndices = [first, second].map((columns) => ormIndex(columns, joinTable.at));
  relation.joinColumns = first;
  relation.owner = first.length > 0;
  relation.junction = junction;
  if (relation.inverse) relation.inverse.junction = junction;
  settleEntity(junction);
  return junction;
}

function ormIndex(columns: readonly ColumnMeta[], at: ColumnMeta['at']): EntityMeta['ownIndices'][number] {
  const args = { name: null, columns: undefined, unique: false, method: null, where: null, synchronize: true, at };
  return { ...indexMeta(args, null), columns, byOrm: true };
}

function referencedBy(
  entity: EntityMeta,
  given: readonly JoinColumnOptions[] | null,
  candidates: readonly ColumnMeta[],
  relation: RelationMeta,
  report: Report,
): readonly ColumnMeta[] {
  if (!given?.some((each) => each.referencedColumnName !== null)) return primaryColumns(entity);
  const found = given.flatMap((each) => {
    const column = candidates.find((own) => own.property === each.referencedColumnName);
    if (!column)
      report(
        'unknown-column',
        `@JoinTable of ${relation.entity.target?.name ?? ''}.${relation.path} refers to "${each.referencedColumnName ?? ''}", which ${entity.target?.name ?? entity.name} does not have.`,
        relation.args.at,
      );
    return column ?? [];
  });
  return inKeyOrder(found, entity);
}

/** An entity joined with itself has the same names on both sides. */
function keepApart(first: readonly ColumnMeta[], second: readonly ColumnMeta[], junction: EntityMeta): void {
  const { naming } = junction.settings;
  for (const one of first) {
    for (const other of second) {
      if (one.givenName !== other.givenName) continue;
      one.property = naming.joinTableColumnDuplicationPrefix(one.property, 1);
      one.givenName = one.property;
      other.property = naming.joinTableColumnDuplicationPrefix(other.property, 2);
      other.givenName = other.property;
    }
  }
}

export function buildClosure(entity: EntityMeta, evaluator: Evaluator): EntityMeta {
  const tree = entity.treeArgs;
  const { settings } = entity;
  const table = junctionTable('closure-junction', tree?.closureTableName ?? entity.nameWithoutPrefix, {
    schema: tree?.closureTableSchema ?? entity.schema ?? settings.schema,
    database: entity.database,
  });
  const closure: EntityMeta = { ...emptyEntity(null, table, settings, []), at: entity.at };
  nameEntity(closure);
  const key = primaryColumns(entity);
  for (const column of key) {
    for (const [suffix, given] of [
      ['_ancestor', tree?.ancestorColumnName],
      ['_descendant', tree?.descendantColumnName],
    ] as const) {
      const name = (given ? namedBy(given, column, evaluator) : null) ?? column.property + suffix;
      const { type, length, precision, scale, unsigned, collation } = copiedOptions(column);
      const options = {
        type: type ?? null,
        length: length ?? null,
        precision,
        scale: scale ?? null,
        unsigned: unsigned === true,
        collation: collation ?? null,
        primary: true,
      };
      const made = makeVirtualColumn(closure, null, name, { ...options, length: column.options.length }, entity);
      made.referenced = column;
      closure.ownColumns.push(made);
    }
  }
  const [ancestor, descendant] = closure.ownColumns;
  if (ancestor && descendant) closure.ownIndices = [ormIndex([ancestor], entity.at), ormIndex([descendant], entity.at)];
  if (entity.columns.some((column) => column.mode === 'treeLevel'))
    closure.ownColumns.push(makeVirtualColumn(closure, null, 'level', { type: settings.driver.counter }, entity));
  closure.foreignKeys = [ancestor, descendant].flatMap((column) =>
    column
      ? [
          {
            columns: [column],
            referencedEntity: entity,
            referencedColumns: key,
            givenName: null,
            onDelete: settings.driver.dialect === 'mssql' ? 'NO ACTION' : 'CASCADE',
            onUpdate: null,
            deferrable: null,
            enforced: true,
            byOrm: true,
            at: entity.at,
          },
        ]
      : [],
  );
  settleEntity(closure);
  return closure;
}

/** `ancestorColumnName: (column) => 'ancestor_' + column.propertyName` */
function namedBy(given: FunctionResult, column: ColumnMeta, evaluator: Evaluator): string | null {
  const entries = new Map<string, Result>([
    ['propertyName', column.property],
    ['databaseName', column.name],
  ]);
  const parameter: ObjectResult = { is: 'object', entries, positions: new Map(), missing: null };
  const name = isFunction(given) ? evaluator.call(given, [parameter]) : null;
  return typeof name === 'string' && !isObject(name) ? name : null;
}
