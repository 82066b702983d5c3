/** What the user has to know of a migration before it runs, in words. */
import { isUnsigned } from '../../dialects/types.ts';
import { plainType } from '../../diff/diff.ts';
import type { Change, TableRef } from '../../schema/change.ts';
import type { Column, ColumnType, Dialect } from '../../schema/model.ts';

export interface PlanWarning {
  readonly kind: 'data-loss' | 'required' | 'narrowing' | 'unique' | 'enum-value' | 'irreversible' | 'not-executed';
  readonly message: string;
}

interface Context {
  readonly dialect: Dialect;
  /** `table.column` → value, for up and for down. */
  readonly filled: ReadonlyMap<string, string>;
  readonly refill: ReadonlyMap<string, string>;
}

export function warningsOf(changes: readonly Change[], context: Context): PlanWarning[] {
  const created = new Set(changes.flatMap((change) => (change.kind === 'createTable' ? [change.table.name] : [])));
  const warnings = changes.flatMap((change) =>
    'table' in change && typeof change.table === 'string' && created.has(change.table)
      ? []
      : warningsFor(change, context),
  );
  if (context.dialect === 'mysql' || context.dialect === 'mariadb')
    warnings.push({
      kind: 'not-executed',
      message:
        'This migration was not executed: there is no embedded MySQL. Each statement is committed by itself, so a failure leaves the ones before it in place.',
    });
  return warnings;
}

/** What is gone for good once it ran, or stops it where it would be: the sentences that need an explicit yes. */
export function lossesIn(warnings: readonly PlanWarning[]): string[] {
  return warnings.filter(({ kind }) => kind === 'data-loss' || kind === 'enum-value').map(({ message }) => message);
}

function warningsFor(change: Change, { dialect, filled, refill }: Context): PlanWarning[] {
  const say = (kind: PlanWarning['kind'], message: string): PlanWarning => ({ kind, message });
  switch (change.kind) {
    case 'dropTable':
      return [
        say('data-loss', `All rows of ${change.table.name} are lost.`),
        say('irreversible', `Undoing it makes ${change.table.name} again, empty.`),
      ];
    case 'dropColumn': {
      const name = nameOf(change, change.column);
      const value = refill.get(name);
      const isRequired = !change.column.nullable && change.column.default === null && change.column.generated === null;
      return [
        say('data-loss', `The values of ${name} are lost.`),
        ...(!isRequired
          ? [say('irreversible', `Undoing it makes ${name} again, without its values.`)]
          : value === undefined
            ? [
                say(
                  'irreversible',
                  `Undoing it fails where ${change.table} has rows: ${name} is required, and no value can be invented for it.`,
                ),
              ]
            : [say('irreversible', `Undoing it fills ${name} with ${value}, because its values are gone.`)]),
      ];
    }
    case 'addColumn': {
      const name = nameOf(change, change.column);
      const { nullable, default: standard, generated } = change.column;
      if (nullable || standard !== null || generated !== null) return [];
      const value = filled.get(name);
      return [
        value === undefined
          ? say(
              'required',
              `${name} is required and has no default: this fails where ${change.table} has rows. Give a value for them, or the column a default.`,
            )
          : say('required', `Rows that are there get ${value} in ${name}: it is added empty, filled, then required.`),
      ];
    }
    case 'alterColumn': {
      const name = nameOf(change, change.to);
      const warnings: PlanWarning[] = [];
      if (change.facets.includes('type') && cutsSilently(change.from, change.to, dialect))
        warnings.push(
          say(
            'data-loss',
            `Values of ${name} are cut to what ${plainType(change.to)} holds, without an error; undoing it does not bring the rest back.`,
          ),
        );
      else if (
        change.facets.includes('type') &&
        (narrows(change.from, change.to) || (isUnsigned(dialect, change.to) && !isUnsigned(dialect, change.from)))
      )
        warnings.push(
          say(
            'narrowing',
            `${name} gets a narrower type: this fails where a row holds what ${plainType(change.to)} does not take.`,
          ),
        );
      if (change.facets.includes('nullable') && !change.to.nullable) {
        const value = filled.get(name);
        warnings.push(
          value === undefined
            ? say('required', `${name} becomes required: this fails where a row has no value. Give one for them.`)
            : say('required', `Rows without a value get ${value} in ${name} before it is required.`),
        );
      }
      return warnings;
    }
    case 'addUnique':
      return [
        say(
          'unique',
          `This fails where rows of ${change.table} share a value of (${change.unique.columns.join(', ')}).`,
        ),
      ];
    case 'addIndex':
      return change.index.unique
        ? [
            say(
              'unique',
              `This fails where rows of ${change.table} share a value of (${change.index.expression ?? change.index.columns.join(', ')}).`,
            ),
          ]
        : [];
    case 'alterEnum': {
      const gone = change.from.values.filter((value) => !change.to.values.includes(value));
      return gone.length === 0
        ? []
        : [
            say(
              'enum-value',
              `${change.to.name} loses ${gone.join(', ')}: this fails where a row still holds ${gone.length === 1 ? 'it' : 'one of them'}.`,
            ),
          ];
    }
    default:
      return [];
  }
}

function nameOf(at: TableRef, column: Column): string {
  return `${at.table}.${column.name}`;
}

/** Types whose values all fit into those further right. */
const widths: readonly (readonly ColumnType[])[] = [
  ['boolean', 'int16', 'int32', 'int64', 'decimal', 'string', 'text'],
  ['float32', 'float64', 'string', 'text'],
  ['char', 'string', 'text'],
  ['date', 'datetime', 'datetime-tz', 'string', 'text'],
  ['uuid', 'string', 'text'],
  ['enum', 'string', 'text'],
];

function narrows(from: Column, to: Column): boolean {
  if (from.array !== to.array) return true;
  const size = ({ length, precision }: Column): number => length ?? precision ?? Number.POSITIVE_INFINITY;
  if (from.type === to.type) return size(to) < size(from) || (to.scale ?? 0) < (from.scale ?? 0);
  const isWider = widths.some(
    (order) => order.includes(from.type) && order.indexOf(to.type) > order.indexOf(from.type),
  );
  return !isWider || (to.length !== null && size(to) < size(from) && from.length !== null);
}

const exact: ReadonlySet<ColumnType> = new Set(['int16', 'int32', 'int64']);
const fractional: ReadonlySet<ColumnType> = new Set(['decimal', 'float32', 'float64', 'money']);
const moments: ReadonlySet<ColumnType> = new Set(['datetime', 'datetime-tz']);

/** Fractions and times of day are rounded off by the engines; SQLite keeps whatever it was given. */
function cutsSilently(from: Column, to: Column, dialect: Dialect): boolean {
  if (dialect === 'sqlite' || from.array || to.array) return false;
  if (fractional.has(from.type) && exact.has(to.type)) return true;
  if (fractional.has(from.type) && to.type === 'decimal')
    return (
      to.precision !== null &&
      (from.type !== 'decimal' || from.precision === null || (to.scale ?? 0) < (from.scale ?? 0))
    );
  if (from.type === 'float64' && to.type === 'float32') return true;
  if (from.type === 'decimal' && to.type.startsWith('float')) return true;
  if (moments.has(from.type) && (to.type === 'date' || to.type === 'time')) return true;
  const standard = dialect === 'postgresql' ? 6 : 0;
  return moments.has(from.type) && moments.has(to.type) && (to.precision ?? standard) < (from.precision ?? standard);
}
