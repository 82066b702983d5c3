/**
 * Which columns hold personal data, health data, card data or credentials. Decided once, here, for lint, diagram, generators and
 * exports alike: by the column's name (its last words), its type, and what its table is about. A name that several things
 * share (`name`, `token`, `treatment`) counts only where the table makes it clear.
 */
import { describingNouns, placeWords, storageWords, terms, topicWords } from './classificationTerms.ts';
import type { TableTopic, Term, ValueShape } from './classificationTerms.ts';
import type { Classification, Column, Table } from './model.ts';
import { singular, wordsOf } from './words.ts';

/**
 * `table.column` → kind, or `none` where the judgement by name is wrong. The table may be given by its physical name, with
 * its namespace, or by its entity; the column by its physical name or property.
 */
export type ClassificationOverrides = Readonly<Record<string, Classification['kind'] | 'none'>>;

/** The tables with `Column.classification` decided; tables without a classified column are returned as they are. */
export function classifyTables(tables: readonly Table[], overrides: ClassificationOverrides): readonly Table[] {
  const hasOverrides = Object.keys(overrides).length > 0;
  return tables.map((table) => {
    const topics = topicsOf(table);
    const place = isPlace(table);
    const keys = new Set(table.foreignKeys.flatMap(({ columns }) => columns));
    const columns = table.columns.map((column) => {
      const found =
        (hasOverrides ? overridden(table, column, overrides) : null) ??
        (keys.has(column.name) ? null : judge(column, topics, place));
      const decided = found === 'none' ? null : found;
      return decided === column.classification ? column : { ...column, classification: decided };
    });
    return columns.every((column, at) => column === table.columns[at]) ? table : { ...table, columns };
  });
}

function overridden(table: Table, column: Column, overrides: ClassificationOverrides): Classification | 'none' | null {
  const tableNames = [table.name, `${table.namespace ?? ''}.${table.name}`, table.entity];
  for (const tableName of tableNames)
    for (const columnName of [column.name, column.property]) {
      if (tableName === null || columnName === null) continue;
      const key = `${tableName}.${columnName}`;
      const kind = Object.hasOwn(overrides, key) ? overrides[key] : undefined;
      if (kind === 'none') return 'none';
      if (kind) return { kind, evidence: `set for ${key} in .data-engineer.json`, confidence: 'certain' };
    }
  return null;
}

function judge(column: Column, topics: ReadonlySet<TableTopic>, place: boolean): Classification | null {
  const shape = shapeOf(column);
  if (shape === null || (column.generated !== null && column.generated.kind !== 'application')) return null;
  for (const words of readings(column)) {
    const stored = withoutStorageWords(words);
    const best = (byLastWord.get(stored.at(-1) ?? '') ?? []).find(({ match }) => endsWith(stored, match));
    if (!best || (place && best.term.alsoOfPlaces)) continue;
    const before = stored.slice(0, stored.length - best.match.length);
    const found = decide(best.term, best.match, before, shape, topics);
    if (found) return found;
  }
  return null;
}

/** The physical name, and the property where its words differ (`usr_mail` for `email`). */
function readings(column: Column): readonly (readonly string[])[] {
  const names = [column.name, ...(column.property === null ? [] : [column.property])];
  const lists = names.map(wordsOf);
  return lists.filter((list, at) => lists.findIndex((other) => other.join(' ') === list.join(' ')) === at);
}

function decide(
  term: Term,
  match: readonly string[],
  before: readonly string[],
  shape: ValueShape,
  topics: ReadonlySet<TableTopic>,
): Classification | null {
  const previous = before.filter((word) => !storageWords.includes(word)).at(-1);
  if (!term.shapes.includes(shape) || (previous !== undefined && term.unless?.includes(previous))) return null;
  // Words before the term say whose it is: `recipient name`, `billing city`; other words make it something else: `product name`.
  const qualified = previous === undefined ? null : topicsOfWord(singular(previous));
  const topic = term.topics?.find((candidate) =>
    qualified === null || qualified.size === 0 ? topics.has(candidate) : qualified.has(candidate),
  );
  const phrase = match.join(' ');
  if (topic !== undefined && (qualified === null || qualified.size > 0 || !ambiguous.has(phrase)))
    return {
      kind: term.kind,
      evidence: `named "${phrase}", about ${aboutWords[topic]}`,
      confidence: term.within ?? 'likely',
    };
  return term.alone === undefined ? null : { kind: term.kind, evidence: `named "${phrase}"`, confidence: term.alone };
}

/** Words that a qualifier turns into something else, whatever the table: `company name`, `page token`, `return condition`. */
const ambiguous: ReadonlySet<string> = new Set([
  'name',
  'token',
  'condition',
  'result',
  'notes',
  'procedure',
  'pin',
  'card',
  'location',
  'login',
  'city',
  'finding',
  'observation',
  'weight',
  'height',
  'pan',
]);

const aboutWords: Readonly<Record<TableTopic, string>> = {
  person: 'a person',
  address: 'an address',
  health: 'health',
  payment: 'payments',
  auth: 'signing in',
  employment: 'employment',
};

interface Phrase {
  readonly term: Term;
  readonly match: readonly string[];
}

/** Terms by the word they end with, longest first, so that a column is compared with a handful of them. */
const byLastWord: ReadonlyMap<string, readonly Phrase[]> = indexTerms();

function indexTerms(): ReadonlyMap<string, readonly Phrase[]> {
  const index = new Map<string, Phrase[]>();
  for (const term of terms)
    for (const phrase of term.words) {
      const match = phrase.split(' ');
      const last = match.at(-1) ?? '';
      index.set(
        last,
        [...(index.get(last) ?? []), { term, match }].sort((a, b) => b.match.length - a.match.length),
      );
    }
  return index;
}

/** What a value of the column looks like; null = nothing that could hold the data: flags, timestamps, counters, blobs. */
function shapeOf({ type, role }: Column): ValueShape | null {
  if (role !== null && role !== 'tenant') return null;
  switch (type) {
    case 'string':
    case 'text':
    case 'char':
    case 'uuid':
    case 'json':
    case 'array':
    case 'network':
    case 'geometry':
    case 'object':
    case 'binary':
    case 'unknown':
      return 'text';
    case 'int16':
    case 'int32':
    case 'int64':
    case 'decimal':
    case 'float32':
    case 'float64':
    case 'money':
      return 'number';
    case 'date':
    case 'datetime':
    case 'datetime-tz':
      return 'date';
    case 'enum':
      return 'choice';
    default:
      return null;
  }
}

/** What the table is about, by the last noun of its name and of its entity: `user_roles` is about roles, not users. */
function topicsOf(table: Table): ReadonlySet<TableTopic> {
  const found = new Set<TableTopic>();
  for (const name of [table.name, table.entity]) {
    if (name === null) continue;
    const words = wordsOf(name).map(singular);
    while (words.length > 1 && describingNouns.includes(words.at(-1) ?? '')) words.pop();
    for (const topic of topicsOfWord(words.at(-1) ?? '')) found.add(topic);
    // Health and signing in stay the topic of whatever hangs on them: `patient_notes`, `password_reset_requests`.
    for (const word of words) for (const topic of topicsOfWord(word)) if (topic === 'health') found.add(topic);
    if (words.length > 1 && authHeads.has(words.at(-1) ?? ''))
      for (const word of words) if (topicsOfWord(word).has('auth')) found.add('auth');
  }
  return found;
}

function isPlace(table: Table): boolean {
  return [table.name, table.entity].some(
    (name) => name !== null && placeWords.includes(singular(wordsOf(name).at(-1) ?? '')),
  );
}

const authHeads: ReadonlySet<string> = new Set([
  'request',
  'attempt',
  'code',
  'link',
  'token',
  'session',
  'key',
  'method',
  'provider',
]);

function topicsOfWord(word: string): ReadonlySet<TableTopic> {
  return new Set((Object.keys(topicWords) as TableTopic[]).filter((topic) => topicWords[topic].includes(word)));
}

function withoutStorageWords(words: readonly string[]): readonly string[] {
  let end = words.length;
  while (end > 1 && storageWords.includes(words[end - 1] ?? '') && !isTerm(words.slice(0, end))) end--;
  return words.slice(0, end);
}

/** `cvv 2`, `icd 10`: the number belongs to the term. */
function isTerm(words: readonly string[]): boolean {
  return byLastWord.get(words.at(-1) ?? '')?.some(({ match }) => match.length > 1 && endsWith(words, match)) ?? false;
}

function endsWith(words: readonly string[], tail: readonly string[]): boolean {
  return tail.length <= words.length && tail.every((word, at) => words[words.length - tail.length + at] === word);
}
