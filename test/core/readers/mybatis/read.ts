/** Reads a set of texts as the workspace does, without a workspace. */
import type { LinkResult, ReadResult } from '../../../../src/core/readers/reader.ts';
import type { MybatisMappings } from '../../../../src/core/readers/mybatis/mappings.ts';
import { mybatisReader } from '../../../../src/core/readers/mybatis/reader.ts';
import type { Dialect } from '../../../../src/core/schema/model.ts';
import { LineIndex } from '../../../../src/core/syntax/lineIndex.ts';
import { languageOf } from '../../../../src/core/syntax/syntax.ts';
import type { ParsedText, Syntax } from '../../../../src/core/syntax/syntax.ts';
import type { Files } from '../jpa/read.ts';

export function readText(path: string, text: string, syntax: Syntax): ReadResult<MybatisMappings> {
  let parsed: ParsedText | undefined;
  const result = mybatisReader.read({
    path,
    text,
    language: languageOf(path),
    lines: new LineIndex(path, text),
    parsed: () => (parsed ??= syntax.parse('java', text)),
  });
  parsed?.dispose();
  // Through JSON, as the cache on disk keeps it.
  return JSON.parse(JSON.stringify(result)) as typeof result;
}

export function readMybatis(files: Files, syntax: Syntax, dialect: Dialect | null = 'mysql'): LinkResult {
  const fragments = files
    .filter(([path, text]) => mybatisReader.detect(path, text))
    .map(([path, text]) => readText(path, text, syntax).fragment);
  return mybatisReader.link(fragments, { root: '', dialect, dataSources: [], resolve: () => [] });
}
