/** Values become parameters of a statement: how is a matter of the language and of the call that runs the statement. */
import type { SourceFile } from '../readers/reader.ts';
import type { CodeChangeOf } from './codeWriter.ts';
import { bindInCsharp } from './shared/code/bindCsharp.ts';
import { bindInJava } from './shared/code/bindJava.ts';
import { bindInMybatis } from './shared/code/bindMybatis.ts';
import { bindInNode } from './shared/code/bindNode.ts';
import { bindInPython } from './shared/code/bindPython.ts';
import { nodeAt, offsetsOf } from './shared/code/chain.ts';
import { refuse } from './shared/refusals.ts';
import { partsOf } from './shared/style.ts';
import type { WriteResult } from './writer.ts';

export function bindValues(change: CodeChangeOf<'bindValues'>, file: SourceFile): WriteResult {
  const { start, end } = offsetsOf(file, change.at);
  if (file.language === null || /^@\w+\s*\(/u.test(file.text.slice(start))) return bindInMybatis(change, file);
  let text = nodeAt(file, change.at);
  while (text?.parent && text.parent.startIndex >= start && text.parent.endIndex <= end) text = text.parent;
  // C# wraps what a call is given.
  if (text?.type === 'argument') text = partsOf(text)[0] ?? text;
  if (!text || text.hasError) return refuse(`The statement was not found in ${file.path}.`);
  switch (file.language) {
    case 'typescript':
    case 'tsx':
    case 'javascript':
      return bindInNode(change, file, text);
    case 'python':
      return bindInPython(change, file, text);
    case 'java':
      return bindInJava(change, file, text);
    case 'csharp':
      return bindInCsharp(change, file, text);
    case 'kotlin':
      return refuse('Statements in Kotlin are not rewritten.');
  }
}
