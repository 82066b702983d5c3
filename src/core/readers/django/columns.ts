/** Columns of a table. */
import type { Column, ColumnRole, Generated } from '../../schema/model.ts';
import type { PyValue } from '../shared/python/values.ts';
import { externalPath, isCall, isClass, isFunction, isMember, sourceText } from '../shared/python/values.ts';
import type { Field } from './fields.ts';
import { flag, isKey, isNullable, plainField, textOption } from './fields.ts';
import type { Model } from './models.ts';
import { allFields, attributeName, columnName, keyFields, shapeOf } from './world.ts';
import type { World } from './world.ts';

export function columnsOf(model: Model, world: World): readonly Column[] {
  const keys = new Set(keyFields(model, world));
  const columns = allFields(model, world)
    .filter(({ relation }) => relation !== 'ManyToManyField')
    .flatMap((field) => [columnOf(field, model, keys.has(field), world), ...moreColumns(field, model, world)]);
  // A field declared twice (in a branch, by a package and the model) is one column.
  const seen = new Set<string>();
  return columns.filter(({ name }) => !seen.has(name) && seen.add(name));
}

export function columnOf(field: Field, model: Model, key: boolean, world: World): Column {
  const transformer = field.kind.transformer;
  return {
    name: columnName(field),
    property: attributeName(field),
    ...shapeOf(field, model, world),
    // Django writes no NOT NULL for what the database computes.
    nullable: field.kind.internal === 'GeneratedField' || (isNullable(field) && !key && !isKey(field)),
    default: defaultOf(field, world),
    generated: generatedOf(field, world),
    enum: null,
    collation: textOption(field, 'db_collation'),
    comment: textOption(field, 'db_comment'),
    role: roleOf(field),
    classification: null,
    selected: true,
    insertable: field.kind.internal !== 'GeneratedField',
    updatable: field.kind.internal !== 'GeneratedField',
    transformer: transformer === undefined ? null : field.className,
    at: field.at,
  };
}

/** Columns that a field brings with it: the currency of an amount, the excerpt of a text. */
function moreColumns(field: Field, model: Model, world: World): readonly Column[] {
  return Object.entries(field.kind.more ?? {}).map(([name, kind]) => {
    const more = plainField(nameBeside(name, field), kind.internal, { null: isNullable(field) }, field.at);
    return columnOf({ ...more, kind }, model, false, world);
  });
}

function nameBeside(name: string, field: Field): string {
  return name.replace('*', field.name);
}

/** Names of all columns that a field has. */
export function columnNamesOf(field: Field): readonly string[] {
  if (field.relation === 'ManyToManyField') return [];
  return [columnName(field), ...Object.keys(field.kind.more ?? {}).map((name) => nameBeside(name, field))];
}

function generatedOf(field: Field, { dialect }: World): Generated | null {
  const { internal } = field.kind;
  if (/^(?:Big|Small)?AutoField$/.test(internal))
    return {
      kind: dialect === 'postgresql' || dialect === 'oracle' || dialect === 'mssql' ? 'identity' : 'increment',
      expression: null,
    };
  if (internal === 'GeneratedField') {
    const expression = field.options.get('expression');
    return {
      kind: flag(field, 'db_persist') === false ? 'virtual' : 'stored',
      expression: expression === undefined ? null : sourceText(expression),
    };
  }
  const initial = field.options.get('default');
  const makes = initial !== undefined && (externalPath(initial)?.startsWith('uuid.') ?? isFunction(initial));
  return isKey(field) && makes ? { kind: 'application', expression: null } : null;
}

/** Django keeps defaults to itself; only `db_default` is the database's. */
function defaultOf(field: Field, { dialect }: World): string | null {
  const value = field.options.get('db_default');
  return value === undefined ? null : sqlOf(value, dialect);
}

function sqlOf(value: PyValue, dialect: World['dialect']): string | null {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return dialect === 'postgresql' ? String(value) : value ? '1' : '0';
  if (isMember(value) && value.value !== null) return sqlOf(value.value, dialect);
  const path = isCall(value) ? (externalPath(value.callee) ?? '') : '';
  if (path.endsWith('.Now')) return dialect === 'postgresql' ? 'STATEMENT_TIMESTAMP()' : 'CURRENT_TIMESTAMP';
  if (path.endsWith('.RandomUUID')) return 'gen_random_uuid()';
  const [first] = isCall(value) ? value.arguments : [];
  if (path.endsWith('.Value') && first !== undefined) return sqlOf(first, dialect);
  return isClass(value) ? null : sourceText(value);
}

/** `auto_now` and `auto_now_add` say so; for soft deletion these names are the custom. */
function roleOf(field: Field): ColumnRole | null {
  if (field.kind.role) return field.kind.role;
  if (flag(field, 'auto_now_add') === true) return 'created-at';
  if (flag(field, 'auto_now') === true) return 'updated-at';
  if (field.kind.internal === 'DateTimeField' && /^(?:deleted|removed)(?:_?(?:at|on|date))?$/.test(field.name))
    return 'deleted-at';
  return null;
}
