/** Which texts do not parse: what is proposed must not leave such files behind. */
import { syntaxProblems } from '../core/readers/shared/syntaxProblem.ts';
import { languageOf } from '../core/syntax/syntax.ts';
import type { Syntax } from '../core/syntax/syntax.ts';
import { sourceFile } from '../core/workspace/fileState.ts';

export interface BrokenFile {
  readonly path: string;
  /** Of the first error, 1-based. */
  readonly line: number;
}

/** Those of the files, in a language that is parsed, which have an error. */
export async function brokenFiles(
  files: readonly { readonly path: string; readonly text: string }[],
  loadSyntax: () => Promise<Syntax>,
): Promise<readonly BrokenFile[]> {
  const broken: BrokenFile[] = [];
  for (const { path, text } of files) {
    const language = languageOf(path);
    if (language === null) continue;
    const parser = await loadSyntax();
    await parser.ensure([language]);
    const tree = parser.parse(language, text);
    const [problem] = syntaxProblems(sourceFile(path, text, () => tree));
    if (problem) broken.push({ path, line: problem.at?.line ?? 1 });
    tree.dispose();
  }
  return broken;
}
