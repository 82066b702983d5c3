/** Stores that a project declares collections of in files of their own: whoever keeps such a file uses the store. */
import { weights } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import { isForTestsOnly } from './files.ts';

/** A file that declares collections of a store. */
export interface DeclaredStore {
  /** Id of the database. */
  readonly id: string;
  readonly file: string;
}

const byReader: Readonly<Record<string, string>> = { elasticsearch: 'elasticsearch', neo4j: 'neo4j', solr: 'solr' };

/** Mappings of Elasticsearch, schemas of Solr, Cypher of Neo4j, CQL of Cassandra, by who reads them; null = another file. */
export function declaredStore({
  reader,
  file,
}: {
  readonly reader: string;
  readonly file: string;
}): DeclaredStore | null {
  const id = reader === 'sql' && /\.cql$/iu.test(file) ? 'cassandra' : byReader[reader];
  return id === undefined ? null : { id, file };
}

/** The first file of each store, at its beginning; files for tests only where there is no other. As reliable as a container that runs it. */
export function storeEvidence(stores: readonly DeclaredStore[]): readonly Evidence[] {
  const first = new Map<string, DeclaredStore>();
  for (const store of stores) {
    const known = first.get(store.id);
    if (!known || (isForTestsOnly(known.file) && !isForTestsOnly(store.file))) first.set(store.id, store);
  }
  return [...first.values()].map(({ id, file }) => ({
    category: 'databases',
    id,
    weight: isForTestsOnly(file) ? weights.development : weights.container,
    at: { file, line: 1, column: 1, endLine: 1, endColumn: 1 },
  }));
}
