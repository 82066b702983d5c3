import type { SourceFile } from '../../src/core/readers/reader.ts';
import { LineIndex } from '../../src/core/syntax/lineIndex.ts';
import { languageOf } from '../../src/core/syntax/syntax.ts';
import type { ParsedText, Syntax } from '../../src/core/syntax/syntax.ts';

export async function sourceFile(path: string, text: string, syntax: Syntax): Promise<SourceFile> {
  const language = languageOf(path);
  if (language !== null) await syntax.ensure([language]);
  let parsed: ParsedText | undefined;
  return {
    path,
    text,
    language,
    lines: new LineIndex(path, text),
    parsed: () => (parsed ??= syntax.parse(language ?? 'typescript', text)),
  };
}
