/**
 * Constraints and indexes of Neo4j, as Cypher states them: today's `FOR (n:Label) REQUIRE …` and the older `ON (n:Label) ASSERT …`. Sources:
 * neo4j.com/docs/cypher-manual/current/constraints and …/indexes, and the manual of version 4.4.
 */

export interface CypherStatement {
  readonly kind: 'unique' | 'key' | 'exists' | 'type' | 'index' | 'drop';
  /** Null where none is stated. */
  readonly name: string | null;
  /** Labels, or the type of a relationship; empty for `drop`. */
  readonly labels: readonly string[];
  readonly isRelationship: boolean;
  readonly properties: readonly string[];
  /** Of `type`: `STRING`, `LIST<INTEGER NOT NULL>`; of an index its kind, lower case; null = not stated. */
  readonly detail: string | null;
  /** Offsets into the text. */
  readonly start: number;
  readonly end: number;
}

const identifier = '(?:`(?:[^`]|``)+`|[A-Za-z_][\\w$]*)';
const labels = `${identifier}(?:\\s*\\|\\s*:?\\s*${identifier})*`;
const node = `\\(\\s*(?:${identifier})?\\s*:\\s*(${labels})\\s*\\)`;
const relationship = `\\(\\s*\\)\\s*<?-\\s*\\[\\s*(?:${identifier})?\\s*:\\s*(${labels})[^\\]]*\\]\\s*->?\\s*\\(\\s*\\)`;
const option = 'IF\\s+NOT\\s+EXISTS';

const constraint = new RegExp(
  `^CREATE\\s+(?:OR\\s+REPLACE\\s+)?CONSTRAINT\\s+(?:(?!ON\\b|FOR\\b|IF\\b)(${identifier})\\s+)?(?:${option}\\s+)?(?:ON|FOR)\\s*(?:${node}|${relationship})\\s*(?:ASSERT|REQUIRE)\\s+([\\s\\S]+)$`,
  'iu',
);
const index = new RegExp(
  `^CREATE\\s+(?:OR\\s+REPLACE\\s+)?(?:(RANGE|TEXT|POINT|BTREE|FULLTEXT|LOOKUP|VECTOR)\\s+)?INDEX\\s+(?:(?!ON\\b|FOR\\b|IF\\b)(${identifier})\\s+)?(?:${option}\\s+)?FOR\\s*(?:${node}|${relationship})\\s*ON\\s+([\\s\\S]+)$`,
  'iu',
);
const olderIndex = new RegExp(`^CREATE\\s+INDEX\\s+ON\\s*:\\s*(${identifier})\\s*\\(([^)]*)\\)`, 'iu');
const bare = new RegExp(`^${identifier}\\s*\\.\\s*${identifier}`, 'u');
const drop = new RegExp(`^DROP\\s+(?:CONSTRAINT|INDEX)\\s+(?!ON\\b)(${identifier})`, 'iu');

export function cypherStatements(text: string): readonly CypherStatement[] {
  return split(text).flatMap(({ source, start, end }) => {
    const read = statementOf(source);
    return read ? [{ ...read, start, end }] : [];
  });
}

type Read = Omit<CypherStatement, 'start' | 'end'>;

function statementOf(source: string): Read | null {
  const constrained = constraint.exec(source);
  if (constrained) {
    const [, name, ofNode, ofRelationship, body = ''] = constrained;
    const read = requirement(body);
    return read && { ...subject(name, ofNode, ofRelationship), ...read };
  }
  const indexed = index.exec(source);
  if (indexed) {
    const [, kind, name, ofNode, ofRelationship, body = ''] = indexed;
    // A vector index is of one property, which may stand without brackets.
    const list = /^(?:EACH\s*)?[([]([^)\]]*)[)\]]/iu.exec(body.trim())?.[1] ?? bare.exec(body.trim())?.[0] ?? '';
    const detail = kind === undefined ? null : kind.toLowerCase();
    return { ...subject(name, ofNode, ofRelationship), kind: 'index', properties: propertiesIn(list), detail };
  }
  const older = olderIndex.exec(source);
  if (older) {
    const properties = (older[2] ?? '').split(',').map(unquoted);
    return { ...subject(undefined, older[1], undefined), kind: 'index', properties, detail: null };
  }
  const dropped = drop.exec(source);
  if (!dropped) return null;
  return { ...subject(dropped[1], undefined, undefined), kind: 'drop', properties: [], detail: null };
}

function subject(
  name: string | undefined,
  ofNode: string | undefined,
  ofRelationship: string | undefined,
): Pick<Read, 'name' | 'labels' | 'isRelationship'> {
  const written = ofNode ?? ofRelationship;
  return {
    name: name === undefined ? null : unquoted(name),
    labels: written === undefined ? [] : written.split('|').map((each) => unquoted(each.replace(/^\s*:/u, ''))),
    isRelationship: ofNode === undefined && ofRelationship !== undefined,
  };
}

/** `n.email IS UNIQUE`, `(n.a, n.b) IS NODE KEY`, `exists(n.name)`, `n.name IS :: STRING` */
function requirement(body: string): Pick<Read, 'kind' | 'properties' | 'detail'> | null {
  const exists = /^exists\s*\(([^)]*)\)/iu.exec(body);
  if (exists) return { kind: 'exists', properties: propertiesIn(exists[1] ?? ''), detail: null };
  const stated = /^(\([^)]*\)|[^()]+?)\s+IS\s+([\s\S]+)$/iu.exec(body);
  if (!stated) return null;
  const properties = propertiesIn(stated[1] ?? '');
  const demand = (stated[2] ?? '').trim();
  if (/^(?:(?:NODE|RELATIONSHIP|REL)\s+)?UNIQUE\b/iu.test(demand)) return { kind: 'unique', properties, detail: null };
  if (/^(?:(?:NODE|RELATIONSHIP|REL)\s+)?KEY\b/iu.test(demand)) return { kind: 'key', properties, detail: null };
  if (/^NOT\s+NULL\b/iu.test(demand)) return { kind: 'exists', properties, detail: null };
  const typed = /^(?:::|TYPED)\s*([\s\S]+?)(?:\s+OPTIONS\b[\s\S]*)?$/iu.exec(demand);
  return typed ? { kind: 'type', properties, detail: (typed[1] ?? '').trim().toUpperCase() } : null;
}

/** `n.a, n.`b c`` */
function propertiesIn(list: string): readonly string[] {
  return [...list.matchAll(/\.\s*(`(?:[^`]|``)+`|[A-Za-z_][\w$]*)/gu)].map((match) => unquoted(match[1] ?? ''));
}

function unquoted(name: string): string {
  const plain = name.trim();
  return plain.startsWith('`') ? plain.slice(1, -1).replaceAll('``', '`') : plain;
}

/** Statements between semicolons, comments blanked out so that places stay. */
function split(text: string): readonly { readonly source: string; readonly start: number; readonly end: number }[] {
  const found: { source: string; start: number; end: number }[] = [];
  const blanked = text.replace(
    /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`]|``)*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//gu,
    (part) => (part.startsWith('/') ? part.replace(/[^\n]/gu, ' ') : part.replaceAll(';', '\u0000')),
  );
  let from = 0;
  for (const part of blanked.split(';')) {
    const source = part.replaceAll('\u0000', ';');
    const start = from + (source.length - source.trimStart().length);
    const trimmed = source.trim();
    if (trimmed !== '') found.push({ source: trimmed, start, end: start + trimmed.length });
    from += part.length + 1;
  }
  return found;
}
