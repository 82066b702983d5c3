/** Reads constraints and indexes in Cypher: what Neo4j is told of the nodes of a label, and of the relationships of a type. */
import type { ReadResult, Reader, SourceFile } from '../reader.ts';
import { emptyFacts } from '../shared/emptyFacts.ts';
import { link } from './link.ts';
import type { Neo4jMappings } from './link.ts';
import { cypherStatements } from './statements.ts';

export const neo4jReader: Reader<Neo4jMappings> = {
  id: 'neo4j',
  yields: 'stores',
  version: 2,
  detect,
  part: () => 'stands',
  read,
  link,
};

function detect(path: string, text: string): boolean {
  return /\.cypher$/iu.test(path) && /\bCREATE\s+(?:OR\s+REPLACE\s+)?(?:\w+\s+)?(?:CONSTRAINT|INDEX)\b/iu.test(text);
}

function read(file: SourceFile): ReadResult<Neo4jMappings> {
  const { path, text, lines } = file;
  const statements = cypherStatements(text).map(({ start, end, ...rest }) => {
    // The first line of a statement stands for the whole.
    const line = text.slice(start, end).search(/\r?\n/u);
    return { ...rest, at: lines.range(start, line === -1 ? end : start + line) };
  });
  return {
    fragment: { reader: 'neo4j', file: path, mappings: { statements }, facts: emptyFacts(path) },
    problems: [],
  };
}
