/** Columns of statements → columns of the model. */
import { databaseType } from '../../dialects/types.ts';
import type { Column, Table } from '../../schema/model.ts';
import type { SqlColumn, SqlConstraint, SqlType } from '../../syntax/sql/operation.ts';
import { tokenizeSql } from '../../syntax/sql/tokens.ts';
import { placeOf } from './replayState.ts';
import type { ReplayContext, ReplayDomain, ReplaySchema } from './replayState.ts';

export function columnOf(column: SqlColumn, table: Table, schema: ReplaySchema, context: ReplayContext): Column {
  const { dialect } = context;
  const named = column.type ?? { name: '', arguments: [], array: false, values: null };
  const domain = domainOf(named, schema);
  const written = domain ? { ...domain.type, array: named.array || domain.type.array } : named;
  const type = schema.enums.find(({ name }) => name === written.name) ?? null;
  const { increments, ...stated } = databaseType(written.name, written.arguments, dialect);
  const sequence = column.default !== null && /^nextval\s*\(/i.test(column.default);
  const isNumbered = increments || sequence;
  const inline = written.values !== null ? `${table.name}_${column.name.toLowerCase()}_enum` : null;
  return {
    name: column.name,
    property: null,
    ...stated,
    ...(column.holds === undefined ? {} : { type: column.holds }),
    ...(type === null ? {} : { type: 'enum' as const, rawType: 'enum' }),
    array: written.array,
    nullable: column.nullable ?? domain?.nullable ?? !(increments || column.generated?.kind === 'identity'),
    default: sequence || (column.default !== null && /^null$/i.test(column.default)) ? null : column.default,
    generated: column.generated ?? (isNumbered ? { kind: 'increment', expression: null } : null),
    enum: type?.name ?? inline,
    collation: column.collation,
    comment: column.comment === '' ? null : column.comment,
    role: null,
    classification: null,
    selected: true,
    insertable: true,
    updatable: true,
    transformer: null,
    at: placeOf(context, column.at),
  };
}

/** Through domains over domains, as long as each is made of one that was there before. */
function domainOf(type: SqlType, schema: ReplaySchema): ReplayDomain | null {
  const chain: ReplayDomain[] = [];
  for (let { name } = type; chain.length < 10;) {
    const next = schema.domains?.find((each) => each.name === name);
    if (!next) break;
    chain.push(next);
    ({ name } = next.type);
  }
  const last = chain.at(-1);
  if (!last) return null;
  return { ...last, nullable: chain.find(({ nullable }) => nullable !== null)?.nullable ?? null };
}

/** In place of the column of its name, else at the end. */
export function withColumn(table: Table, column: Column): Table {
  const isThere = table.columns.some(({ name }) => name === column.name);
  return {
    ...table,
    columns: isThere
      ? table.columns.map((each) => (each.name === column.name ? column : each))
      : [...table.columns, column],
  };
}

/** Values of `CHECK ("kind" IN ('a', 'b'))` on the column itself, which is how TypeORM keeps an enumeration in SQLite; null = none. */
export function enumOfCheck(column: Pick<SqlColumn, 'name'>, constraints: readonly SqlConstraint[]): string[] | null {
  for (const constraint of constraints) {
    if (constraint.kind !== 'check' || constraint.column !== column.name) continue;
    const [name, word, open, ...rest] = tokenizeSql(constraint.expression, 'sqlite');
    if (name?.text !== column.name || word?.key !== 'IN' || open?.key !== '(' || rest.at(-1)?.key !== ')') continue;
    const values = rest.slice(0, -1).filter(({ key }) => key !== ',');
    if (values.every(({ kind }) => kind === 'string')) return values.map(({ text }) => text);
  }
  return null;
}
