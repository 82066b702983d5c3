/** YAML with positions. The only importer of yaml, which never throws on bad text: what can be made out is there. */
import { isAlias, isMap, isPair, isScalar, isSeq, parseAllDocuments } from 'yaml';

/** A scalar with the way to it: `spring.datasource.url`, `hosts[0].name`. */
export interface YamlEntry {
  readonly key: string;
  /** As text; '' = null. */
  readonly value: string;
  /** Offsets of the value. */
  readonly start: number;
  readonly end: number;
  /** Documents (`---`) are counted from 0. */
  readonly document: number;
}

/** Deeper values are left out, and so is what follows this many: no input can exhaust stack or memory. */
const deepest = 40;
const most = 20_000;

/** All scalars of all documents, in order; aliases are not followed. */
export function yamlEntries(text: string): readonly YamlEntry[] {
  const entries: YamlEntry[] = [];
  let documents: ReturnType<typeof parseAllDocuments>;
  try {
    documents = parseAllDocuments(text, { strict: false, uniqueKeys: false, logLevel: 'silent' });
  } catch {
    return [];
  }
  if (!Array.isArray(documents)) return [];
  for (const [document, { contents }] of documents.entries()) collect(contents, '', document, 0, entries);
  return entries;
}

function collect(node: unknown, key: string, document: number, depth: number, entries: YamlEntry[]): void {
  if (depth > deepest || entries.length >= most || isAlias(node)) return;
  if (isMap(node)) {
    for (const pair of node.items) {
      if (!isPair(pair)) continue;
      const name = isScalar(pair.key) ? String(pair.key.value) : '';
      collect(pair.value, key === '' ? name : `${key}.${name}`, document, depth + 1, entries);
    }
    return;
  }
  if (isSeq(node)) {
    for (const [at, item] of node.items.entries()) collect(item, `${key}[${at}]`, document, depth + 1, entries);
    return;
  }
  if (!isScalar(node) || key === '') return;
  const { value, range } = node;
  const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  const text = isPlain ? String(value) : '';
  entries.push({ key, value: text, start: range?.[0] ?? 0, end: range?.[1] ?? 0, document });
}
