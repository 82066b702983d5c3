/** Where one rule alone reports in a few files, as `file:line`. */
import assert from 'node:assert/strict';
import { lintProject } from '../../src/core/lint/engine.ts';
import { findRule } from '../../src/core/lint/registry.ts';
import type { Dialect } from '../../src/core/schema/model.ts';
import { analyzeFiles, switchedOn } from './analyze.ts';

export async function linesOf(
  id: string,
  files: Readonly<Record<string, string>>,
  dialect: Dialect = 'postgresql',
): Promise<readonly string[]> {
  const rule = findRule(id);
  assert.ok(rule, id);
  const project = await analyzeFiles(files, dialect);
  return lintProject(project, switchedOn(rule), [rule]).map(({ file, range }) => `${file}:${range.line}`);
}
