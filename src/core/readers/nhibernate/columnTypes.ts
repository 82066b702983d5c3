/** Column types of NHibernate: by the type that a mapping names, else by the property of the class (NHibernate's dialects). */
import { plainColumn } from '../../schema/emptyTable.ts';
import type { Column, Dialect } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import { classify, scalarNamed } from '../shared/csharp/clr.ts';
import type { Scalar, ScalarType } from '../shared/csharp/clr.ts';
import { fieldsOf, propertiesOf } from '../shared/csharp/project.ts';
import type { ClassInfo, CsProject } from '../shared/csharp/project.ts';
import { shapeOf } from '../shared/csharp/storeTypes.ts';
import type { ColumnShape } from '../shared/csharp/storeTypes.ts';
import { parseType, plainType } from '../shared/csharp/types.ts';
import type { HbmColumn } from '../shared/hbm/model.ts';

/** Names of NHibernate's own types (nhibernate.info/doc/nhibernate-reference/mapping.html#mapping-types). */
const named: Readonly<Record<string, Scalar>> = {
  ansistring: 'string',
  ansichar: 'char',
  stringclob: 'string',
  binaryblob: 'bytes',
  binary: 'bytes',
  serializable: 'bytes',
  boolean: 'bool',
  yesno: 'char',
  truefalse: 'char',
  date: 'dateonly',
  timestamp: 'datetime',
  datetime2: 'datetime',
  utcdatetime: 'datetime',
  localdatetime: 'datetime',
  datetimenoms: 'datetime',
  ticks: 'long',
  timespan: 'long',
  time: 'timeonly',
  timeastimespan: 'timeonly',
  currency: 'decimal',
  integer: 'int',
  character: 'char',
  persistentenum: 'int',
  xmldoc: 'xml',
  xdoc: 'xml',
  cultureinfo: 'string',
  type: 'string',
  uri: 'string',
  big_decimal: 'decimal',
  dbtimestamp: 'datetime',
};

export function scalarOf(name: string): ScalarType | null {
  const plain = name.split(',')[0]?.replace(/\(.*$/u, '').trim() ?? '';
  const last = plain.replace(/^.*\./u, '').replace(/(?<=\w)Type$/u, '');
  const known = named[last.toLowerCase()];
  if (known)
    return { kind: 'scalar', scalar: known, enum: null, list: false, nullable: false, value: true, name: last };
  return (
    scalarNamed(plainType(last)) ??
    scalarNamed(parseType(plain.replace(/\?$/u, '')) ?? plainType(last)) ??
    scalarNamed(plainType(last.toLowerCase()))
  );
}

/** Type of a property of a class; null = not known. */
export function propertyType(info: ClassInfo | null, property: string, project: CsProject): ScalarType | null {
  if (!info) return null;
  for (const link of project.chain(info)) {
    // A mapping may name a field as well.
    const declared = [...propertiesOf(link.info), ...fieldsOf(link.info)].find(({ name }) => name === property);
    if (!declared) continue;
    const kind = classify(project.canonical(declared.type, link.info, link.args), link.info, project);
    return kind.kind === 'scalar' ? kind : null;
  }
  return null;
}

const unknownScalar: ScalarType = {
  kind: 'scalar',
  scalar: 'other',
  enum: null,
  list: false,
  nullable: true,
  value: false,
  name: '',
};

export function shapeFor(
  type: ScalarType | null,
  column: HbmColumn,
  stated: string | null,
  dialect: Dialect,
): ColumnShape {
  const scalar = type ?? unknownScalar;
  const sizes = /\((\d+)(?:\s*,\s*(\d+))?\)/u.exec(stated ?? '');
  const isText = /^(?:StringClob|Text)$/iu.test(stated ?? '');
  const first = sizes?.[1] === undefined ? undefined : Number(sizes[1]);
  const isString = scalar.scalar === 'string' || scalar.scalar === 'bytes';
  return shapeOf(
    scalar,
    {
      ...(column.sqlType === null ? {} : { columnType: column.sqlType }),
      ...(isString && !isText ? { maxLength: column.length ?? first ?? (scalar.scalar === 'bytes' ? 8000 : 255) } : {}),
      ...(scalar.scalar === 'decimal'
        ? {
            precision: column.precision ?? first ?? 19,
            scale: column.scale ?? (sizes?.[2] === undefined ? 5 : Number(sizes[2])),
          }
        : {}),
      ...(/^Ansi/iu.test(stated ?? '') ? { unicode: false } : {}),
    },
    dialect,
    false,
  );
}

export function columnFrom(
  name: string,
  property: string | null,
  shape: ColumnShape,
  nullable: boolean,
  at: SourceRange,
): Column {
  return { ...plainColumn(name, shape, at), property, nullable };
}
