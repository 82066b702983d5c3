/** Makes annotations out of what mapping files state. */
import type { SourceRange } from '../../schema/source.ts';
import type { HbmColumn } from '../shared/hbm/model.ts';
import type { JavaAnnotation, JavaValue } from '../shared/java/model.ts';

export type Arguments = Readonly<Record<string, JavaValue | null | undefined>>;

export function annotation(name: string, at: SourceRange, args: Arguments = {}): JavaAnnotation {
  return {
    name,
    package: null,
    arguments: Object.entries(args).flatMap(([key, value]) => (value ? [{ name: key, value }] : [])),
    at,
  };
}

export function text(value: string | null, at: SourceRange): JavaValue | null {
  return value === null ? null : { kind: 'string', value, at };
}

export function flag(value: boolean | null): JavaValue | null {
  return value === null ? null : { kind: 'boolean', value };
}

export function number(value: number | null): JavaValue | null {
  return value === null ? null : { kind: 'number', value };
}

export function nested(list: readonly JavaAnnotation[]): JavaValue | null {
  return list.length === 0
    ? null
    : { kind: 'list', items: list.map((each) => ({ kind: 'annotation', annotation: each })) };
}

export function constant(name: string): JavaValue {
  return { kind: 'name', name };
}

export function columnAnnotation(
  column: HbmColumn | undefined,
  fallback: string,
  at: SourceRange,
  extra: Arguments = {},
  name = 'Column',
): JavaAnnotation {
  return annotation(name, column?.at ?? at, {
    name: text(column?.name ?? fallback, at),
    length: number(column?.length ?? null),
    precision: number(column?.precision ?? null),
    scale: number(column?.scale ?? null),
    nullable: column?.notNull === true ? flag(false) : null,
    unique: column?.unique ? flag(true) : null,
    columnDefinition: text(column?.sqlType ?? null, at),
    ...extra,
  });
}
