/** Reads SQL scripts: what they state of a schema, the steps of migrations, and queries that are kept in files of their own. */
import type { ReadResult, Reader, SourceFile } from '../reader.ts';
import { emptyFacts } from '../shared/emptyFacts.ts';
import { declarationsOf } from './declarations.ts';
import type { SqlMappings } from './declarations.ts';
import { holdsQueries, holdsStructure, isChangeLog, isScript } from './detect.ts';
import { link } from './link.ts';
import { queriesOf } from './queries.ts';

export const sqlReader: Reader<SqlMappings> = { id: 'sql', version: 6, yields: 'scripts', detect, read, link };

function detect(path: string, text: string): boolean {
  return isScript(path) && !isChangeLog(text) && (holdsStructure(text) || holdsQueries(text));
}

function read(file: SourceFile): ReadResult<SqlMappings> {
  const { path, text, lines } = file;
  return {
    fragment: {
      reader: 'sql',
      file: path,
      mappings: declarationsOf(path, text, lines),
      facts: { ...emptyFacts(path), queries: holdsQueries(text) ? queriesOf(text, lines) : [] },
    },
    problems: [],
  };
}
