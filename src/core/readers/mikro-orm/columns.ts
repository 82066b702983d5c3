/** The columns of an entity's table. */
import type { Column, ColumnRole } from '../../schema/model.ts';
import { plainColumn } from '../../schema/emptyTable.ts';
import type { ColumnShape } from '../../schema/emptyTable.ts';
import { isCall, isFunction, isList, isMember, isMethod, isTemplate } from '../shared/typescript/results.ts';
import type { Result } from '../shared/typescript/results.ts';
import { statedColumnTypes } from './columnTypes.ts';
import type { PropertyType } from './columnTypes.ts';
import type { Entity, Property } from './model.ts';
import { text } from './world.ts';
import type { Field, World } from './world.ts';

/** @param isChild its key is its parent's, in a table of its own */
export function columnsOf(field: Field, entity: Entity, world: World, isChild: boolean): Column[] {
  const { property, path, nullable, primary, target } = field;
  const { options } = property;
  return field.columns.map(({ name, type }) => {
    const native = text(options.get('nativeEnumName'));
    const generated = generatedOf(field, type, entity, world, isChild);
    const mysqlEnum = type.rawType === 'enum' && target === null;
    return {
      ...plainColumn(name, type, property.at),
      property: path,
      // SQLite counts up nothing but plain integers.
      ...(generated?.kind === 'increment' && world.settings.dialect === 'sqlite'
        ? { type: 'int32' as const, rawType: 'integer' }
        : {}),
      nullable,
      default:
        target || primary ? statedDefault(property, type.rawType, world) : defaultOf(property, type.rawType, world),
      generated,
      enum: native?.replace(/^.*\./, '') ?? (mysqlEnum ? `${world.tableName(entity)}_${name}_enum` : null),
      collation: text(options.get('collation')),
      comment: text(options.get('comment')),
      role: roleOf(property, type.type, nullable),
      selected: options.get('lazy') !== true,
      hideable: true,
      insertable: generated?.kind !== 'stored' && generated?.kind !== 'virtual',
      updatable: generated?.kind !== 'stored' && generated?.kind !== 'virtual',
    };
  });
}

function generatedOf(
  field: Field,
  type: PropertyType,
  entity: Entity,
  world: World,
  isChild: boolean,
): Column['generated'] {
  const { property, primary, target } = field;
  const { options } = property;
  const stated = options.get('generated');
  if (stated === 'identity' || stated === 'by default as identity') return { kind: 'identity', expression: null };
  if (stated !== undefined) {
    const sql = typeof stated === 'string' ? stated : isFunction(stated) ? stated.value.text : '';
    return {
      kind: /\bvirtual\b/i.test(sql) ? 'virtual' : 'stored',
      expression: sql.replace(/\s+(?:stored|virtual)\s*$/i, ''),
    };
  }
  const inType = /generated always as\s*(\([\s\S]*\))\s*(stored|virtual)?/i.exec(statedColumnTypes(options)[0] ?? '');
  if (inType)
    return { kind: inType[2]?.toLowerCase() === 'virtual' ? 'virtual' : 'stored', expression: inType[1] ?? null };
  if (target !== null || isChild) return null;
  if (options.get('autoincrement') === true) return { kind: 'increment', expression: null };
  const numeric = type.type.startsWith('int');
  const alone = primary && world.settings.dialect !== 'mongodb' && options.get('autoincrement') !== false;
  if (alone && numeric && world.keyColumns(entity).length === 1) return { kind: 'increment', expression: null };
  if (primary && world.settings.dialect === 'mongodb') return { kind: 'application', expression: null };
  const given = property.initial ?? options.get('onCreate');
  const called = isCall(given)
    ? given.text
    : isFunction(given)
      ? given.value.text.replace(/^\(.*?\)\s*=>\s*/, '')
      : null;
  return primary && called !== null ? { kind: 'application', expression: called.slice(0, 120) } : null;
}

function defaultOf(property: Property, rawType: string, world: World): string | null {
  const stated = statedDefault(property, rawType, world);
  if (stated !== null || property.options.has('default')) return stated;
  const { initial } = property;
  if (world.settings.major < 5) return null;
  if (typeof initial === 'string' || typeof initial === 'number' || typeof initial === 'boolean')
    return literal(initial);
  if (property.options.get('version') === true) return rawType.includes('int') ? '1' : 'current_timestamp';
  return null;
}

function statedDefault({ options }: Property, rawType: string, world: World): string | null {
  const raw = options.get('defaultRaw');
  if (typeof raw === 'string') return raw;
  const value = options.get('default');
  if (value === null) return 'null';
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return literal(value);
  if (isMethod(value) && value.name === 'now') return 'current_timestamp';
  if (isList(value) && value.length === 0)
    return world.settings.dialect === 'postgresql' && rawType === 'text' ? "'{}'" : "'[]'";
  return rawText(value);
}

/** `` raw('now()') ``, `` sql`now()` `` */
function rawText(value: Result): string | null {
  if (!isCall(value) || !/^(?:raw|sql)$/.test(value.name)) return null;
  const [argument] = value.arguments;
  if (typeof argument === 'string') return argument;
  return isTemplate(argument)
    ? argument.parts.map((part) => (typeof part === 'string' ? part : isMember(part) ? part.name : '')).join('')
    : null;
}

function literal(value: string | number | boolean): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}

/** What is set anew says so; for creation and soft deletion MikroORM's documentation uses these names. */
function roleOf({ name, options, made }: Property, type: Column['type'], nullable: boolean): ColumnRole | null {
  if (options.get('version') === true) return 'version';
  if (!/^(?:date|datetime|datetime-tz)$/.test(type)) return null;
  if (options.has('onUpdate') || /^updated_?(?:at|on)$/i.test(name)) return 'updated-at';
  const given = made === 'Date' || options.has('onCreate') || options.has('default') || options.has('defaultRaw');
  if (given && /^created_?(?:at|on|date)?$/i.test(name)) return 'created-at';
  return nullable && /^deleted_?(?:at|on|date)?$/i.test(name) ? 'deleted-at' : null;
}

export function discriminatorColumn(property: string, entity: Entity, world: World): Column {
  const { dialect, naming } = world.settings;
  const mysql = dialect === 'mysql' || dialect === 'mariadb';
  const shape: ColumnShape = {
    type: mysql ? 'enum' : 'text',
    rawType: mysql ? 'enum' : dialect === 'mongodb' ? 'string' : 'text',
    length: null,
    precision: null,
    scale: null,
    array: false,
  };
  return { ...plainColumn(naming.column(property), shape, entity.at), property, role: 'discriminator' };
}
