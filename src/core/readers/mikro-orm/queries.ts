import type { FileFacts } from '../../schema/code.ts';
import type { SourceFile } from '../reader.ts';
export function readQueries(_file: SourceFile, facts: FileFacts): FileFacts {
  return facts;
}
