/** What `columnDefinition` says: a piece of SQL such as `varchar(36) NOT NULL DEFAULT ''`. */
import { columnTypeOf } from '../../schema/columnTypes.ts';
import type { Dialect } from '../../schema/model.ts';
import type { SqlType } from '../shared/java/sqlTypes.ts';

export interface Definition {
  readonly sql: SqlType;
  readonly notNull: boolean;
  readonly unique: boolean;
  readonly default: string | null;
}

const clause =
  /\b(?:NOT\s+NULL|NULL|DEFAULT|UNIQUE|PRIMARY\s+KEY|COMMENT|CHECK|COLLATE|CHARACTER\s+SET|CHARSET|GENERATED|AUTO_INCREMENT|REFERENCES|ON\s+UPDATE)\b/iu;

export function definitionOf(text: string | null, dialect: Dialect | null): Definition | null {
  const source = text?.trim() ?? '';
  if (source === '') return null;
  const cut = clause.exec(source);
  const typeText = (cut ? source.slice(0, cut.index) : source).trim();
  const rest = cut ? source.slice(cut.index) : '';
  const sized = /^([^()]*?)\s*\(([^()]*)\)\s*([\s\S]*)$/u.exec(typeText);
  const name = (sized ? `${sized[1] ?? ''} ${sized[3] ?? ''}` : typeText).replace(/\s+/gu, ' ').trim();
  const plain = name.replace(/ (?:unsigned|signed|zerofill)\b/giu, '').toLowerCase();
  const engine = dialect ?? 'postgresql';
  // `tinyint(1)` is how MySQL spells a truth value.
  const isFlag = plain === 'tinyint' && sized?.[2]?.trim() === '1';
  const isEnum = plain === 'enum' || plain === 'set';
  const type = isFlag ? 'boolean' : plain === '' ? 'unknown' : columnTypeOf(plain, engine);
  const numbers = isEnum ? [] : (sized?.[2] ?? '').split(',').map((size) => Number.parseInt(size, 10));
  const [first, second] = numbers.map((size) => (Number.isFinite(size) ? size : null));
  const measured = type === 'string' || type === 'char' || type === 'binary' || type === 'text';
  return {
    sql: {
      type,
      rawType: name.toLowerCase() || 'unknown',
      length: measured ? (first ?? null) : null,
      precision: measured || isFlag ? null : (first ?? null),
      scale: measured ? null : (second ?? null),
    },
    notNull: /\bNOT\s+NULL\b/iu.test(rest),
    unique: /\bUNIQUE\b/iu.test(rest),
    default:
      /\bDEFAULT\s+('(?:[^']|'')*'(?:::[\w ]+)?|\([^)]*\)|[\w.+-]+(?:\s*\([^)]*\))?)/iu.exec(rest)?.[1]?.trim() ?? null,
  };
}
