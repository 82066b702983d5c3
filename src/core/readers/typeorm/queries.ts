import type { FileFacts } from '../../schema/code.ts';
import type { SourceFile } from '../reader.ts';

/** Fills in the queries and transactions of a file that uses TypeORM. `facts` are those of `readFacts` for the same file. */
export function readQueries(_file: SourceFile, facts: FileFacts): FileFacts {
  return facts;
}
