/** How the classes of a file write their columns: `Column(String)`, `Mapped[str] = mapped_column(…)`, `db.Column(db.String)`. */
import type { ColumnType } from '../../schema/model.ts';
import type { TextEdit } from '../../schema/source.ts';
import type { SyntaxNode } from '../../syntax/syntax.ts';
import type { TypeSpec } from '../entityChange.ts';
import { importPython } from '../shared/python/imports.ts';
import { calledName, replace } from '../shared/python/source.ts';
import type { PythonField, PythonSource } from '../shared/python/source.ts';
import { partsOf } from '../shared/style.ts';

type Named = readonly [type: string, python: string, module: string | null];

/** SQLAlchemy's type, Python's, and the module that Python's comes from. */
const types: Readonly<Partial<Record<ColumnType, Named>>> = {
  string: ['String', 'str', null],
  text: ['Text', 'str', null],
  int16: ['SmallInteger', 'int', null],
  int32: ['Integer', 'int', null],
  int64: ['BigInteger', 'int', null],
  decimal: ['Numeric', 'Decimal', 'decimal'],
  float64: ['Double', 'float', null],
  boolean: ['Boolean', 'bool', null],
  date: ['Date', 'date', 'datetime'],
  time: ['Time', 'time', 'datetime'],
  datetime: ['DateTime', 'datetime', 'datetime'],
  'datetime-tz': ['DateTime', 'datetime', 'datetime'],
  uuid: ['Uuid', 'UUID', 'uuid'],
  json: ['JSON', 'dict', null],
  binary: ['LargeBinary', 'bytes', null],
};

/** Names of types as columns are given them. */
export const typeNames: ReadonlySet<string> = new Set([
  ...Object.values(types).map(([name]) => name),
  ...[
    'Float',
    'Unicode',
    'UnicodeText',
    'Enum',
    'Interval',
    'UUID',
    'JSONB',
    'VARCHAR',
    'CHAR',
    'TEXT',
    'INTEGER',
    'BIGINT',
  ],
  ...[
    'NUMERIC',
    'DECIMAL',
    'TIMESTAMP',
    'DATETIME',
    'DATE',
    'BOOLEAN',
    'REAL',
    'FLOAT',
    'DOUBLE',
    'TIME',
    'SMALLINT',
    'BLOB',
    'INT',
  ],
]);

export function typeCall({ type, length, precision, scale }: TypeSpec): string | null {
  const name = types[type]?.[0];
  if (name === undefined) return null;
  if (type === 'datetime-tz') return `${name}(timezone=True)`;
  const sizes = [length, precision, scale].filter((size) => size !== null);
  return sizes.length > 0 ? `${name}(${sizes.join(', ')})` : name;
}

export interface FieldStyle {
  readonly isMapped: boolean;
  /** `Column`, `db.Column`, `mapped_column`. */
  readonly call: string;
  /** Before types and keys: `db.`, `sa.`, or nothing. */
  readonly prefix: string;
}

export function styleOf({ fields, text }: PythonSource): FieldStyle {
  const column = fields.find((field) => /^(?:Column|mapped_column)$/u.test(calledName(field)));
  const isMapped =
    column === undefined
      ? /\bMapped\b/u.test(text)
      : calledName(column) === 'mapped_column' || column.annotation?.text.startsWith('Mapped') === true;
  const call = column?.called?.text ?? (isMapped ? 'mapped_column' : 'Column');
  const typed = /\b((?:sa|db|sqlalchemy)\.)(?:String|Integer|Text|Boolean|DateTime|ForeignKey|Numeric)\b/u.exec(
    text,
  )?.[1];
  const own = /^(.*\.)Column$/u.exec(call)?.[1];
  return { isMapped, call, prefix: own ?? typed ?? '' };
}

export interface TypedField {
  readonly annotation: string;
  readonly call: string;
  readonly type: string;
  readonly python: string;
  readonly keywords: readonly string[];
  /** Imports that it needs. */
  readonly edits: readonly TextEdit[];
}

export function typed(source: PythonSource, spec: TypeSpec, nullable: boolean): TypedField | null {
  const known = types[spec.type];
  const written = typeCall(spec);
  if (!known || written === null) return null;
  const { isMapped, call, prefix } = styleOf(source);
  const [name, plain, module] = known;
  const qualified = module !== null && new RegExp(`^import ${module}\\b`, 'mu').test(source.text);
  const python = qualified ? `${module}.${plain}` : plain;
  return {
    ...{ call, python },
    type: prefix + written,
    annotation: isMapped ? `: Mapped[${nullable ? optional(source, python) : python}]` : '',
    keywords: isMapped ? [] : [`nullable=${nullable ? 'True' : 'False'}`],
    edits: [
      ...(prefix === '' ? importPython(source, name, 'sqlalchemy') : []),
      ...(isMapped && module !== null && !qualified ? importPython(source, plain, module) : []),
      ...(call === 'mapped_column' ? importPython(source, call, 'sqlalchemy.orm') : []),
      ...(isMapped ? importPython(source, 'Mapped', 'sqlalchemy.orm') : []),
    ],
  };
}

export function optional({ text }: PythonSource, python: string): string {
  return /\bOptional\[/u.test(text) ? `Optional[${python}]` : `${python} | None`;
}

/** What stands between the brackets of `Mapped[…]`, and its type without what makes it optional. */
export function annotationOf({
  annotation,
}: PythonField): { readonly whole: SyntaxNode; readonly inner: SyntaxNode } | null {
  if (!annotation) return null;
  const mapped = /^(?:[\w.]*\.)?Mapped\[/u.test(annotation.text);
  if (!mapped) return null;
  const list = (annotation.descendantsOfType(['type_parameter', 'subscript']) as readonly SyntaxNode[])[0];
  const whole = list && (list.type === 'subscript' ? list.childForFieldName('subscript') : partsOf(list)[0]);
  if (!whole) return null;
  const union = (whole.descendantsOfType(['binary_operator', 'union_type']) as readonly SyntaxNode[])[0];
  if (union) {
    const side = partsOf(union).find(({ text }) => text !== 'None');
    return side ? { whole, inner: side } : null;
  }
  if (whole.text.startsWith('Optional[')) {
    const inside = (whole.descendantsOfType(['type_parameter', 'subscript']) as readonly SyntaxNode[])[0];
    const inner = inside && (inside.type === 'subscript' ? inside.childForFieldName('subscript') : partsOf(inside)[0]);
    return inner ? { whole, inner } : null;
  }
  return { whole, inner: whole };
}

/** Null where no annotation says whether it may be null. */
export function optionalEdits(source: PythonSource, field: PythonField, nullable: boolean): readonly TextEdit[] | null {
  const found = annotationOf(field);
  if (!found) return null;
  const isOptional = found.whole.text !== found.inner.text;
  if (isOptional === nullable) return [];
  return [replace(source, found.whole, nullable ? optional(source, found.inner.text) : found.inner.text)];
}
