import type { FileFacts } from '../../schema/code.ts';
import { purposeOf } from '../../schema/filePurpose.ts';

/** Facts of a file that holds none of interest. */
export function emptyFacts(path: string): FileFacts {
  return {
    file: path,
    purpose: purposeOf(path),
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
