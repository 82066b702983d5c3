/** `@default(…)`: what the database is told, and what Prisma's client fills in by itself. */
import type { Column, Dialect } from '../../schema/model.ts';
import { argument, attribute, textOf } from './attributes.ts';
import type { EnumDeclaration, FieldDeclaration, Value } from './declarations.ts';
import type { ColumnShape } from './scalarTypes.ts';

export interface Initial {
  /** SQL text; null = the database knows of none. */
  readonly default: string | null;
  readonly generated: Column['generated'];
}

const none: Initial = { default: null, generated: null };

/** Functions that the client calls for each new row; the database has no default of them. */
const byClient: ReadonlySet<string> = new Set(['uuid', 'cuid', 'ulid', 'nanoid', 'auto']);

export function initialOf(
  field: FieldDeclaration,
  shape: ColumnShape,
  dialect: Dialect,
  declared: EnumDeclaration | undefined,
): Initial {
  const value = argument(attribute(field, 'default')?.arguments, 'value', 'first');
  if (!value) return none;
  if (value.kind === 'call') {
    if (byClient.has(value.value))
      return { default: null, generated: { kind: 'application', expression: `${value.value}()` } };
    switch (value.value) {
      case 'autoincrement':
        return { default: null, generated: { kind: incrementKind(dialect), expression: null } };
      case 'sequence':
        return { default: null, generated: { kind: 'identity', expression: null } };
      case 'now':
        // MongoDB has no defaults: the client sets them all.
        return dialect === 'mongodb'
          ? { default: null, generated: { kind: 'application', expression: 'now()' } }
          : { default: currentTime(shape, dialect), generated: null };
      case 'dbgenerated':
        return { default: textOf(value.arguments[0]?.value), generated: null };
      default:
        return none;
    }
  }
  if (dialect === 'mongodb') return none;
  return {
    default: field.type.list
      ? listText(value, field, shape, dialect, declared)
      : literal(value, field, dialect, declared),
    generated: null,
  };
}

function incrementKind(dialect: Dialect): 'increment' | 'identity' | 'rowid' {
  return dialect === 'mssql' ? 'identity' : dialect === 'cockroachdb' ? 'rowid' : 'increment';
}

function currentTime({ precision }: ColumnShape, dialect: Dialect): string {
  if (dialect !== 'mysql' && dialect !== 'mariadb') return 'CURRENT_TIMESTAMP';
  return precision === null ? 'CURRENT_TIMESTAMP' : `CURRENT_TIMESTAMP(${precision})`;
}

function literal(
  value: Value,
  field: FieldDeclaration,
  dialect: Dialect,
  declared: EnumDeclaration | undefined,
): string | null {
  if (value.kind === 'number') return value.value;
  if (value.kind === 'name') {
    const member = declared?.values.find(({ name }) => name === value.value);
    if (declared) return quoted(member?.stored ?? value.value, dialect);
    return dialect === 'mssql' ? (value.value === 'true' ? '1' : '0') : value.value;
  }
  if (value.kind !== 'string') return null;
  if (field.type.name === 'DateTime') return quoted(dateText(value.value), dialect);
  return quoted(value.value, dialect);
}

function quoted(text: string, dialect: Dialect): string {
  const escaped = text.replaceAll("'", "''");
  return `'${dialect === 'mysql' || dialect === 'mariadb' ? escaped.replaceAll('\\', '\\\\') : escaped}'`;
}

/** `2024-01-31T10:00:00.000Z` → `2024-01-31 10:00:00 +00:00` */
function dateText(iso: string): string {
  const [, day, time, zone] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?$/.exec(iso) ?? [];
  if (day === undefined || time === undefined) return iso;
  return `${day} ${time} ${zone === undefined || zone === 'Z' ? '+00:00' : zone}`;
}

function listText(
  value: Value,
  field: FieldDeclaration,
  { rawType }: ColumnShape,
  dialect: Dialect,
  declared: EnumDeclaration | undefined,
): string | null {
  if (value.kind !== 'list') return null;
  const items = value.items.map((item) => literal(item, field, dialect, declared) ?? 'NULL');
  if (declared) return `ARRAY[${items.join(', ')}]`;
  return `ARRAY[${items.join(', ')}]::${rawType.toUpperCase()}[]`;
}
