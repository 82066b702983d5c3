/** Columns of recorded calls → columns of operations, with the types that the provider of the engine gives where none is stated. */
import type { Expr } from '../../readers/shared/csharp/ast.ts';
import { scalarNamed } from '../../readers/shared/csharp/clr.ts';
import type { ScalarType } from '../../readers/shared/csharp/clr.ts';
import { defaultLiteral } from '../../readers/shared/csharp/defaultLiteral.ts';
import { familyOf, shapeOf } from '../../readers/shared/csharp/storeTypes.ts';
import type { ColumnShape, Facets } from '../../readers/shared/csharp/storeTypes.ts';
import { nameValue } from '../../readers/shared/csharp/values.ts';
import type { Dialect } from '../../schema/model.ts';
import type { SqlColumn, SqlGeneration } from '../../syntax/sql/operation.ts';
import { flagOf, numberOf, textOf } from './arguments.ts';
import type { EfCall } from './builder.ts';

export interface ColumnSurroundings {
  readonly dialect: Dialect;
  /** Part of a key or an index: SQL Server and MySQL bound the length of such columns. */
  readonly indexed: boolean;
}

export function columnOf(name: string, call: EfCall, { dialect, indexed }: ColumnSurroundings): SqlColumn {
  const shape = columnShape(call, dialect, indexed);
  const generated = generationOf(call, dialect);
  const sizes = shape.length === null ? [shape.precision, shape.scale] : [shape.length];
  return {
    name,
    type: {
      name: shape.rawType,
      arguments: sizes.filter((size) => size !== null).map(String),
      array: shape.array,
      values: null,
    },
    holds: shape.type,
    nullable: flagOf(call, 'nullable') ?? false,
    default: generated === null ? defaultOf(call, dialect) : null,
    generated,
    collation: textOf(call, 'collation'),
    comment: textOf(call, 'comment'),
  };
}

export function columnShape(call: EfCall, dialect: Dialect, indexed: boolean): ColumnShape {
  const [clr] = call.types;
  return shapeOf((clr ? scalarNamed(clr) : null) ?? unknownScalar, facetsOf(call), dialect, indexed);
}

const unknownScalar: ScalarType = {
  kind: 'scalar',
  scalar: 'other',
  enum: null,
  list: false,
  nullable: false,
  value: false,
  name: '',
};

function facetsOf(call: EfCall): Facets {
  const [columnType, maxLength, precision, scale] = [
    textOf(call, 'type'),
    numberOf(call, 'maxLength'),
    numberOf(call, 'precision'),
    numberOf(call, 'scale'),
  ];
  const [unicode, fixedLength, rowVersion] = ['unicode', 'fixedLength', 'rowVersion'].map((name) => flagOf(call, name));
  return {
    ...(columnType === null ? {} : { columnType }),
    ...(maxLength === null ? {} : { maxLength }),
    ...(precision === null ? {} : { precision }),
    ...(scale === null ? {} : { scale }),
    ...(unicode == null ? {} : { unicode }),
    ...(fixedLength == null ? {} : { fixedLength }),
    ...(rowVersion == null ? {} : { rowVersion }),
  };
}

/** Null = none, or one that only running the migration tells. */
function defaultOf(call: EfCall, dialect: Dialect): string | null {
  const sql = textOf(call, 'defaultValueSql');
  if (sql !== null) return sql;
  const value = call.args.get('defaultValue');
  return value === undefined ? null : defaultLiteral(value, dialect);
}

/** It has one, whether its text is known or not. */
export function hasDefault(call: EfCall): boolean {
  return ['defaultValue', 'defaultValueSql'].some((name) => {
    const expr = call.written.get(name);
    return expr !== undefined && !(expr.k === 'lit' && expr.v === null);
  });
}

/**
 * The default that `dotnet ef migrations add` writes so that rows which are there get a value for a column that becomes required: the zero of its type. The model
 * knows nothing of it.
 */
export function isFiller(call: EfCall): boolean {
  const expr = call.written.get('defaultValue');
  return flagOf(call, 'nullable') === false && expr !== undefined && isZero(expr);
}

function isZero(expr: Expr): boolean {
  if (expr.k === 'lit')
    return expr.v === '' || expr.v === 0 || expr.v === false || expr.v === '00000000-0000-0000-0000-000000000000';
  if (expr.k === 'list') return expr.i.length === 0;
  if (expr.k === 'get') return /^(?:Empty|Zero|MinValue)$/u.test(expr.n);
  if (expr.k !== 'new') return false;
  // `new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified)`, `new DateOnly(1, 1, 1)`
  const isDate = expr.t !== null && /^(?:System\.)?Date/u.test(expr.t.name);
  return expr.a.every(
    (each) =>
      isZero(each) || (isDate && each.k === 'lit' && each.v === 1) || (each.k === 'get' && each.n === 'Unspecified'),
  );
}

const identity =
  /^(?:SqlServer:Identity|Oracle:Identity|Sqlite:Autoincrement|Npgsql:ValueGeneratedOnAdd|MySql:ValueGeneratedOnAdd)$/u;

function generationOf(call: EfCall, dialect: Dialect): SqlGeneration | null {
  const expression = textOf(call, 'computedColumnSql');
  if (expression !== null) {
    const stored = flagOf(call, 'stored') ?? familyOf(dialect) === 'postgresql';
    return { kind: stored ? 'stored' : 'virtual', expression };
  }
  for (const [name, value] of call.annotations) {
    if (identity.test(name) && value !== false) return numbered(dialect, false);
    if (!name.endsWith(':ValueGenerationStrategy')) continue;
    const strategy = nameValue(value) ?? '';
    if (/Identity|Serial/u.test(strategy)) return numbered(dialect, strategy.includes('Serial'));
  }
  return null;
}

function numbered(dialect: Dialect, serial: boolean): SqlGeneration {
  const family = familyOf(dialect);
  const kind = serial || family === 'mysql' || family === 'sqlite' ? 'increment' : 'identity';
  return { kind, expression: null };
}
