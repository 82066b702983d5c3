/** `<column>` with its `<constraints>` → column and constraints. */
import type { Dialect } from '../../schema/model.ts';
import type { SqlColumn, SqlConstraint, SqlName } from '../../syntax/sql/operation.ts';
import { textLiteral, typeOfText } from '../shared/sqlText.ts';
import type { ChangeNode } from './model.ts';
import { databaseTypeOf } from './types.ts';

export interface ColumnRead {
  readonly column: SqlColumn;
  readonly isKey: boolean;
  readonly keyName: string | null;
  readonly constraints: readonly SqlConstraint[];
}

/**
 * PostgreSQL: Liquibase quotes what is of mixed case, so a name in capitals alone becomes small (`objectQuotingStrategy` LEGACY, the standard).
 */
export function nameAs(written: string, dialect: Dialect): string {
  const isFolded =
    (dialect === 'postgresql' || dialect === 'cockroachdb') && /[A-Z]/.test(written) && !/[a-z]/.test(written);
  return isFolded ? written.toLowerCase() : written.replace(/^["`[]|["`\]]$/g, '');
}

export function listAs(written: string | undefined, dialect: Dialect): readonly string[] {
  return (written ?? '')
    .split(',')
    .map((name) => nameAs(name.trim(), dialect))
    .filter((name) => name !== '');
}

export function tableAs(name: string, schema: string | undefined, dialect: Dialect): SqlName {
  const [first, second] = name.split('.');
  const stated = second === undefined ? schema : first;
  const isStandard = stated === undefined || stated === '' || /^(?:public|dbo)$/i.test(stated);
  return { name: nameAs(second ?? name, dialect), namespace: isStandard ? null : nameAs(stated, dialect) };
}

function isOn(text: string | undefined): boolean {
  return text?.trim().toLowerCase() === 'true';
}

export function columnOf(node: ChangeNode, table: SqlName, dialect: Dialect): ColumnRead | null {
  const { attributes } = node;
  if (attributes.name === undefined) return null;
  const name = nameAs(attributes.name, dialect);
  const inner = node.children.filter((child) => child.name === 'constraints').map((child) => child.attributes);
  const given: Readonly<Record<string, string>> = Object.assign({}, ...inner) as Record<string, string>;
  const isNumbered = isOn(attributes.autoIncrement);
  const isKey = isOn(given.primaryKey);
  const constraints: SqlConstraint[] = [];
  const stated = (text: string | undefined): string | null =>
    text === undefined || text === '' ? null : nameAs(text, dialect);
  if (isOn(given.unique) && !isKey)
    constraints.push({
      kind: 'unique',
      name: stated(given.uniqueConstraintName),
      columns: [name],
      nullsNotDistinct: false,
      deferrable: deferrableOf(given),
    });
  const reference = referenceOf(given, dialect, table);
  if (reference)
    constraints.push({
      kind: 'foreignKey',
      name: stated(given.foreignKeyName),
      columns: [name],
      references: reference,
      onDelete: isOn(given.deleteCascade) ? 'CASCADE' : null,
      onUpdate: null,
      deferrable: deferrableOf(given),
    });
  return {
    isKey,
    keyName: stated(given.primaryKeyName),
    constraints,
    column: {
      name,
      type: attributes.type === undefined ? null : typeOfText(databaseTypeOf(attributes.type, dialect), dialect),
      nullable: given.nullable?.trim().toLowerCase() !== 'false' && !isOn(given.notNull) && !isKey && !isNumbered,
      default: defaultOf(attributes, dialect),
      generated: isNumbered
        ? { kind: dialect === 'postgresql' || dialect === 'oracle' ? 'identity' : 'increment', expression: null }
        : null,
      collation: null,
      comment: attributes.remarks ?? null,
    },
  };
}

export function deferrableOf(given: Readonly<Record<string, string>>): string | null {
  if (!isOn(given.deferrable)) return null;
  return isOn(given.initiallyDeferred) ? 'INITIALLY DEFERRED' : 'INITIALLY IMMEDIATE';
}

/** `references="country(id)"`, or table and columns apart. */
function referenceOf(
  given: Readonly<Record<string, string>>,
  dialect: Dialect,
  table: SqlName,
): (SqlName & { readonly columns: readonly string[] }) | null {
  const [, written, columns] = /^\s*([\w."]+)\s*\(([^)]*)\)/.exec(given.references ?? '') ?? [];
  const name = written ?? given.referencedTableName;
  if (name === undefined || name === '') return null;
  const schema = given.referencedTableSchemaName ?? table.namespace ?? undefined;
  return { ...tableAs(name, schema, dialect), columns: listAs(columns ?? given.referencedColumnNames, dialect) };
}

const now =
  /^(?:now(?:\(\))?|current_timestamp(?:\(\d*\))?|current_date|current_datetime|sysdate|sysdatetime\(\)|getdate\(\)|localtimestamp)$/i;

/** `defaultValue`, `defaultValueNumeric`… and `valueComputed` of `addDefaultValue` alike; null = none. */
export function defaultOf(attributes: Readonly<Record<string, string>>, dialect: Dialect): string | null {
  const { defaultValue, defaultValueNumeric, defaultValueBoolean, defaultValueDate, defaultValueComputed } = attributes;
  if (defaultValueComputed !== undefined) return defaultValueComputed;
  if (attributes.defaultValueSequenceNext !== undefined) return `nextval('${attributes.defaultValueSequenceNext}')`;
  if (defaultValueNumeric !== undefined) return defaultValueNumeric;
  if (defaultValueBoolean !== undefined) {
    const value = isOn(defaultValueBoolean) || defaultValueBoolean === '1';
    return dialect === 'postgresql' || dialect === 'cockroachdb' ? String(value) : value ? '1' : '0';
  }
  if (defaultValueDate !== undefined)
    return now.test(defaultValueDate) ? defaultValueDate : textLiteral(defaultValueDate);
  if (defaultValue === undefined || /^null$/i.test(defaultValue)) return null;
  return textLiteral(defaultValue.replace(/^'([\s\S]*)'$/, '$1'));
}
