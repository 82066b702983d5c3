/** Scripts by path and text → what the reader links of them. */
import type { LinkContext, LinkResult } from '../../../../src/core/readers/reader.ts';
import { sqlReader } from '../../../../src/core/readers/sql/reader.ts';
import { sourceFile } from '../../../../src/core/workspace/fileState.ts';

export type ScriptFiles = readonly (readonly [path: string, text: string])[];

export function linkScripts(files: ScriptFiles, context: Partial<LinkContext> = {}): LinkResult {
  const fragments = files
    .filter(([path, text]) => sqlReader.detect(path, text))
    .map(([path, text]) => {
      const file = sourceFile(path, text, () => {
        throw new Error('scripts need no grammar');
      });
      return sqlReader.read(file).fragment;
    });
  return sqlReader.link(fragments, { root: '', dialect: null, dataSources: [], resolve: () => [], ...context });
}
