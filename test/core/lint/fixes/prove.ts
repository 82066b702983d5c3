/** A fix, proven: made as the product makes it, read again, linted again, and nothing else said than before. */
import assert from 'node:assert/strict';
import { lintProject } from '../../../../src/core/lint/engine.ts';
import type { Finding } from '../../../../src/core/lint/rule.ts';
import type { Dialect } from '../../../../src/core/schema/model.ts';
import { languageOf } from '../../../../src/core/syntax/syntax.ts';
import { applyEdits } from '../../../../src/core/writers/shared/edits.ts';
import { writeFix } from '../../../../src/server/writeFix.ts';
import { analyzeFiles, realSyntax } from '../../../support/analyze.ts';

export type Files = Readonly<Record<string, string>>;

export interface Made {
  readonly finding: Finding;
  /** The texts afterwards; null = no fix is offered, or its writer takes the source for something that it does not know. */
  readonly files: Files | null;
  /** Why it is not; null where the rule itself offers none. */
  readonly reason: string | null;
}

/** The first fix of the first finding of a rule, whatever settings would say of it. */
export async function makeFix(files: Files, rule: string, dialect: Dialect | null = 'postgresql'): Promise<Made> {
  const project = await analyzeFiles(files, dialect);
  const finding = lintProject(project, { [rule]: 'warning' }).find((each) => each.rule === rule);
  assert.ok(finding, `${rule} finds nothing to fix`);
  const [fix] = finding.fixes;
  if (!fix) return { finding, files: null, reason: null };
  const textOf = (path: string): Promise<string | null> => Promise.resolve(files[path] ?? null);
  const written = await writeFix(finding, fix, project, textOf, realSyntax);
  if ('reason' in written) return { finding, files: null, reason: written.reason };
  const after: Record<string, string> = { ...files };
  for (const path of new Set(written.edits.map(({ file }) => file)))
    after[path] = applyEdits(
      files[path] ?? '',
      written.edits.filter(({ file }) => file === path),
    );
  return { finding, files: after, reason: null };
}

/** The texts that the fix makes, after the proof. */
export async function proveFix(files: Files, rule: string, dialect: Dialect | null = 'postgresql'): Promise<Files> {
  const before = lintProject(await analyzeFiles(files, dialect), { [rule]: 'warning' });
  const made = await makeFix(files, rule, dialect);
  assert.ok(made.files, `no fix: ${made.reason ?? 'the rule offers none'}`);
  const syntax = await realSyntax();
  for (const [path, text] of Object.entries(made.files)) {
    const language = languageOf(path);
    if (language === null || text === files[path]) continue;
    await syntax.ensure([language]);
    const parsed = syntax.parse(language, text);
    assert.ok(!parsed.root.hasError, `${path} has a syntax error afterwards:\n${text}`);
    parsed.dispose();
  }
  const again = await analyzeFiles(made.files, dialect);
  assert.deepEqual(again.schema.problems, []);
  const after = lintProject(again, { [rule]: 'warning' });
  const told = ({ rule: id, table }: Finding): string => `${id} ${table ?? ''}`;
  const left = after.map(told);
  const known = before.map(told);
  assert.deepEqual(
    left.filter((each) => left.filter((one) => one === each).length > known.filter((one) => one === each).length),
    [],
    'the fix brings findings of its own',
  );
  assert.equal(
    after.filter((each) => each.rule === rule).length,
    before.filter((each) => each.rule === rule).length - 1,
    `the finding is still there:\n${Object.values(made.files).join('\n')}`,
  );
  return made.files;
}
