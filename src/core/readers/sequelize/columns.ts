/** Attributes → the columns of the schema model. */
import type { Column, ColumnRole, EnumType, Generated } from '../../schema/model.ts';
import { isList, isObject } from '../shared/typescript/results.ts';
import type { DataType } from './dataTypes.ts';
import { primaryFields } from './define.ts';
import type { Attribute, Model, Settings } from './model.ts';
import { shapeOf } from './sqlTypes.ts';
import { foreignName, plainOf, sqlLiteral, sqlOf } from './values.ts';

/** Virtual attributes are computed by the application: no column stands for them. */
export function isStored({ type }: Attribute): boolean {
  return type?.key !== 'VIRTUAL';
}

export function columnOf(attribute: Attribute, model: Model, settings: Settings, enums: EnumType[]): Column {
  const { type, field, name, allowNull, primaryKey, autoIncrement } = attribute;
  const column = field ?? name;
  const enumType = enumTypeOf(type);
  const enumName = enumType ? `enum_${model.tableName}_${column}` : null;
  if (enumType?.values && enumName !== null)
    enums.push({ name: enumName, namespace: model.schema, values: enumType.values, at: attribute.at });
  const stated = shapeOf(type, settings.dialect);
  // SQLite's own row number serves as a key of one column, and then it is called INTEGER.
  const isRow =
    settings.dialect === 'sqlite' && primaryKey && stated.rawType.includes('int') && primaryFields(model).length === 1;
  const shape = isRow ? { ...stated, rawType: 'integer', type: 'int32' as const } : stated;
  const named = enumType?.values && enumName !== null && settings.dialect === 'postgresql';
  return {
    name: column,
    property: name,
    ...shape,
    rawType: named ? enumName : shape.rawType,
    nullable: allowNull !== false && !primaryKey && !(autoIncrement && settings.dialect !== 'sqlite'),
    default: defaultOf(attribute),
    generated: generatedOf(attribute),
    enum: enumType?.values ? enumName : null,
    collation: null,
    comment: attribute.comment,
    role: roleOf(name, model),
    classification: null,
    selected: true,
    insertable: true,
    updatable: true,
    transformer: attribute.transformer,
    at: attribute.at,
  };
}

function enumTypeOf(type: DataType | null): DataType | null {
  if (type?.key === 'ARRAY') return enumTypeOf(type.element);
  return type?.key === 'ENUM' ? type : null;
}

function roleOf(name: string, { timestamps }: Model): ColumnRole | null {
  switch (name) {
    case timestamps.createdAt:
      return 'created-at';
    case timestamps.updatedAt:
      return 'updated-at';
    case timestamps.deletedAt:
      return 'deleted-at';
    case timestamps.version:
      return 'version';
    default:
      return null;
  }
}

/** `DataTypes.UUIDV4`, `DataTypes.NOW` and functions are run by the application: the database knows of no default. */
function isApplicationDefault(attribute: Attribute): boolean {
  const { defaultValue: value } = attribute;
  if (typeof value !== 'object' || value === null || isList(value)) return false;
  return value.is === 'function' || /^(?:UUIDV[14]|NOW|now|uuidV[14])$/.test(foreignName(value) ?? '');
}

function defaultOf(attribute: Attribute): string | null {
  const { defaultValue: value, type } = attribute;
  if (value === undefined || value === null || isApplicationDefault(attribute)) return null;
  const sql = sqlOf(value) ?? sqlLiteral(value);
  if (sql !== null) return sql;
  if (!isList(value) && !isObject(value)) return null;
  const plain = plainOf(value);
  if (plain === undefined) return null;
  if (isList(value) && type?.key === 'ARRAY') return `ARRAY[${value.map((each) => sqlLiteral(each) ?? '…').join(',')}]`;
  return `'${JSON.stringify(plain).replaceAll("'", "''")}'`;
}

function generatedOf(attribute: Attribute): Generated | null {
  if (attribute.autoIncrement) return { kind: attribute.identity ? 'identity' : 'increment', expression: null };
  return isApplicationDefault(attribute) ? { kind: 'application', expression: null } : null;
}
