/** Join columns and foreign keys of many-to-one and one-to-one relations: `RelationJoinColumnBuilder` of typeorm 1.1. */
import { copiedOptions, makeVirtualColumn, nameColumn, primaryColumns } from './columns.ts';
import { settleEntity } from './entities.ts';
import type {
  ColumnMeta,
  EntityMeta,
  ForeignKeyMeta,
  JoinColumnArgs,
  JoinColumnOptions,
  RelationMeta,
} from './model.ts';

export type Report = (code: string, message: string, at: ColumnMeta['at']) => void;

export function joinRelation(relation: RelationMeta, report: Report): void {
  const { entity, args } = relation;
  const given = args.target.args.joinColumns.filter((each) => each.property === args.property);
  const inverse = relation.inverseEntity;
  if (!inverse) {
    joinUnknown(relation, given);
    return;
  }
  const referenced = referencedColumns(relation, given, inverse, report);
  const columns = referenced.map((each) => joinColumn(relation, given, each));
  relation.joinColumns = columns;
  relation.owner = args.kind === 'many-to-one' || columns.length > 0;
  if (columns.length === 0) return;
  const enforced = args.createForeignKeyConstraints;
  const foreignKey: ForeignKeyMeta = {
    columns,
    referencedEntity: inverse,
    referencedColumns: referenced,
    givenName: given[0]?.foreignKeyConstraintName ?? null,
    onDelete: args.onDelete,
    onUpdate: args.onUpdate,
    deferrable: args.deferrable,
    enforced,
    byOrm: false,
    at: args.at,
  };
  entity.foreignKeys.push(foreignKey);
  if (!enforced) return;
  if (args.kind === 'one-to-one' && !columns.every((each) => each.isPrimary)) addUnique(relation, columns);
  if (entity.settings.driver.dialect === 'cockroachdb') addIndex(relation, columns, null, null, false);
}

function addUnique(relation: RelationMeta, columns: readonly ColumnMeta[]): void {
  const { entity } = relation;
  const { driver, naming } = entity.settings;
  const name = naming.relationConstraintName(
    entity.name,
    columns.map((each) => each.name),
    null,
  );
  if (driver.uniquesAreIndexes || driver.dialect === 'mssql') {
    const where = driver.dialect === 'mssql' ? columns.map((each) => `"${each.name}" IS NOT NULL`).join(' AND ') : null;
    addIndex(relation, columns, name, where, true);
    return;
  }
  const list = relation.embedded ? relation.embedded.uniques : entity.ownUniques;
  const args = { name, columns: undefined, deferrable: null, at: relation.args.at };
  list.push({ embedded: relation.embedded, args, columns, name, byOrm: true });
}

function addIndex(
  relation: RelationMeta,
  columns: readonly ColumnMeta[],
  name: string | null,
  where: string | null,
  unique: boolean,
): void {
  const list = relation.embedded ? relation.embedded.indices : relation.entity.ownIndices;
  list.push({
    embedded: relation.embedded,
    args: { name, columns: undefined, unique, method: null, where, synchronize: true, at: relation.args.at },
    columns,
    orders: [],
    name,
    byOrm: true,
  });
}

/** The key's columns, though nobody knows what they refer to. */
function joinUnknown(relation: RelationMeta, given: readonly JoinColumnArgs[]): void {
  const { entity, args, embedded } = relation;
  if (args.kind === 'one-to-one' && given.length === 0) return;
  relation.owner = true;
  const names: readonly JoinColumnOptions[] =
    given.length > 0 ? given : [{ name: null, referencedColumnName: null, foreignKeyConstraintName: null }];
  relation.joinColumns = names.map((each) => {
    const name = each.name ?? entity.settings.naming.joinColumnName(args.property, each.referencedColumnName ?? 'id');
    const known = (embedded?.columns ?? entity.ownColumns).find((column) => column.nameWithoutPrefixes === name);
    if (known) return known;
    const column = makeVirtualColumn(entity, embedded, args.property, { name, nullable: args.nullable }, args);
    column.relation = relation;
    register(entity, column);
    nameColumn(column);
    return column;
  });
}

function referencedColumns(
  relation: RelationMeta,
  given: readonly JoinColumnArgs[],
  inverse: EntityMeta,
  report: Report,
): readonly ColumnMeta[] {
  const named = given.filter((each) => each.referencedColumnName !== null);
  const plain = given.length === 0 ? relation.args.kind === 'many-to-one' : named.length === 0;
  if (plain) return primaryColumns(inverse);
  const found = given.flatMap((each) => {
    const column = inverse.ownColumns.find((own) => own.property === each.referencedColumnName);
    if (!column)
      report(
        'unknown-column',
        `@JoinColumn of ${relation.entity.target?.name ?? ''}.${relation.path} refers to "${each.referencedColumnName ?? ''}", which ${inverse.target?.name ?? inverse.name} does not have.`,
        relation.args.at,
      );
    return column ?? [];
  });
  return inKeyOrder(found, inverse);
}

/** Several engines want a composite key's columns in the order of the key they refer to. */
export function inKeyOrder(columns: readonly ColumnMeta[], entity: EntityMeta): readonly ColumnMeta[] {
  if (columns.length < 2) return columns;
  const key = primaryColumns(entity);
  const rank = (column: ColumnMeta): number => (key.includes(column) ? key.indexOf(column) : key.length);
  return columns.toSorted((a, b) => rank(a) - rank(b));
}

function joinColumn(relation: RelationMeta, given: readonly JoinColumnArgs[], referenced: ColumnMeta): ColumnMeta {
  const { entity, embedded, args } = relation;
  const name =
    givenFor(given, referenced)?.name ?? entity.settings.naming.joinColumnName(args.property, referenced.property);
  const known = (embedded ? embedded.columns : entity.ownColumns).find((each) => each.nameWithoutPrefixes === name);
  // A second relation on the same column shares it; only what it refers to differs.
  const column = known?.referenced
    ? { ...known }
    : (known ??
      makeVirtualColumn(
        entity,
        embedded,
        args.property,
        { ...copiedOptions(referenced), comment: referenced.options.comment, name, nullable: args.nullable },
        args,
      ));
  if (!known) register(entity, column);
  column.referenced = referenced;
  column.type = referenced.type;
  column.relation ??= relation;
  nameColumn(column);
  return column;
}

/** The options meant for the column referred to: those that name it, or the first that only give a name. */
export function givenFor(given: readonly JoinColumnOptions[] | null, referenced: ColumnMeta): JoinColumnOptions | null {
  const found = given?.find(
    (each) =>
      (each.referencedColumnName === null || each.referencedColumnName === referenced.property) && each.name !== null,
  );
  return found ?? null;
}

function register(entity: EntityMeta, column: ColumnMeta): void {
  entity.ownColumns.push(column);
  settleEntity(entity);
  for (const child of entity.children) register(child, column);
}
