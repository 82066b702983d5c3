/** Types as SQL spells them: `numeric(12, 2)`, `character varying(20)`, `timestamptz(3)`, `text[]`. */
import { columnTypeOf } from '../../schema/columnTypes.ts';
import type { Column, Dialect } from '../../schema/model.ts';

export type TypeShape = Pick<Column, 'type' | 'rawType' | 'length' | 'precision' | 'scale'>;

export function typeShape(rawType: string, dialect: Dialect, sizes: Partial<TypeShape> = {}): TypeShape {
  const plain = rawType.replace(/ unsigned$/, '');
  return { length: null, precision: null, scale: null, rawType, type: columnTypeOf(plain, dialect), ...sizes };
}

/** Brackets of arrays are to be taken off before. */
export function typeShapeOfText(text: string, dialect: Dialect): TypeShape {
  const match = /^\s*([^()]*[^()\s])\s*(?:\(([^)]*)\)\s*([^()]*?))?\s*$/.exec(text);
  const [, head = text, sizes, tail = ''] = match ?? [];
  const rawType = `${head}${tail === '' ? '' : ` ${tail}`}`;
  const base = typeShape(rawType, dialect);
  if (sizes === undefined) return base;
  const [first = NaN, second = NaN] = sizes.split(',').map((part) => Number(part.trim()));
  if (!Number.isFinite(first)) return { ...base, rawType: text.trim() };
  if (base.type === 'decimal') return { ...base, precision: first, scale: Number.isFinite(second) ? second : null };
  if (/^(?:time|timestamp|datetime)/.test(rawType)) return { ...base, precision: first };
  return { ...base, length: first };
}
