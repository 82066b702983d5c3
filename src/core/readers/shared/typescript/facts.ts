/** Code facts of one TypeScript or JavaScript file, before any ORM has looked at it: `queries` and `dataSources` are empty. */
import type { FileFacts } from '../../../schema/code.ts';
import type { SourceFile } from '../../reader.ts';
import { purposeOf } from './purpose.ts';

export function readFacts(file: SourceFile): FileFacts {
  return {
    file: file.path,
    purpose: purposeOf(file.path),
    queries: [],
    functions: [],
    loops: [],
    calls: [],
    accesses: [],
    transactions: [],
    endpoints: [],
    dataSources: [],
    imports: [],
    fields: [],
    classes: [],
  };
}
