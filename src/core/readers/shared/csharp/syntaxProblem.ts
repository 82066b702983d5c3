import type { Problem } from '../../../schema/source.ts';
import type { SourceFile } from '../../reader.ts';
import { syntaxProblems } from '../syntaxProblem.ts';

/** The grammar knows no empty collection expression (`= []` of C# 12), which is no mistake of the user's; what stands around it is read. */
const unknownToGrammar = /(?:[=:?>(,]|\breturn)\s*\[\s*\]/u;

export function csSyntaxProblems(file: SourceFile): readonly Problem[] {
  return syntaxProblems(file).filter(({ at }) => {
    const line = at === null ? '' : (file.text.slice(file.lines.offset(at.line, 1)).split('\n', 1)[0] ?? '');
    return !unknownToGrammar.test(line);
  });
}
