import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { renderRule } from '../../../src/core/lint/explain.ts';
import { lintProject } from '../../../src/core/lint/engine.ts';
import { findRule, rules } from '../../../src/core/lint/registry.ts';
import type { Finding, Rule, RuleExample } from '../../../src/core/lint/rule.ts';
import { applyEdits } from '../../../src/core/writers/shared/edits.ts';
import type { TextEdit } from '../../../src/core/schema/source.ts';
import { writeFix } from '../../../src/server/writeFix.ts';
import { analyzeFiles, realSyntax, switchedOn } from '../../support/analyze.ts';

async function lint(rule: Rule, { files, dialect }: RuleExample): Promise<readonly Finding[]> {
  return lintProject(await analyzeFiles(files, dialect), switchedOn(rule), [rule]);
}

/** The example with the first fix of each finding made, one after the other, and how many there were. */
async function fixed(
  rule: Rule,
  example: RuleExample,
): Promise<{ readonly example: RuleExample; readonly made: number }> {
  let files: Record<string, string> = { ...example.files };
  let made = 0;
  for (const attempts = (await lint(rule, example)).length; made < attempts; made++) {
    const edits = await firstFix(rule, { ...example, files });
    if (edits === null) break;
    for (const path of new Set(edits.map(({ file }) => file)))
      files = {
        ...files,
        [path]: applyEdits(
          files[path] ?? '',
          edits.filter(({ file }) => file === path),
        ),
      };
  }
  return { example: { ...example, files }, made };
}

/** Edits of the first fix that is offered. Of code only what its writer takes is; what is stated of tables must be written. */
async function firstFix(rule: Rule, { files, dialect }: RuleExample): Promise<readonly TextEdit[] | null> {
  const project = await analyzeFiles(files, dialect);
  for (const finding of lintProject(project, switchedOn(rule), [rule])) {
    const [fix] = finding.fixes;
    if (!fix) continue;
    const textOf = (path: string): Promise<string | null> => Promise.resolve(files[path] ?? null);
    const written = await writeFix(finding, fix, project, textOf, realSyntax);
    if ('edits' in written) return written.edits;
    assert.ok(fix.code, written.reason);
  }
  return null;
}

describe('rules', () => {
  it('are complete: every file is registered, ids and codes are unique and sorted', () => {
    const files = readdirSync(new URL('../../../src/core/lint/rules/', import.meta.url))
      .filter((name) => !name.endsWith('.examples.ts'))
      .map((name) => name.replace(/\.ts$/u, ''));
    const ids = rules.map(({ id }) => id);
    assert.deepEqual(ids, files.sort());
    assert.deepEqual(ids, [...new Set(ids)]);
    const codes = rules.map(({ code }) => code);
    assert.deepEqual(codes, [...new Set(codes)]);
    for (const { id, code } of rules) {
      assert.match(id, /^[a-z]+(?:-[a-z]+)*$/u);
      assert.match(code, /^[A-Z]{2,3}\d{3}$/u);
      assert.equal(findRule(code.toLowerCase())?.id, id);
    }
  });

  for (const rule of rules)
    describe(rule.id, () => {
      it('has examples, reasons and references', () => {
        const { docs } = rule;
        assert.ok(docs.bad.length > 0 && docs.good.length > 0 && docs.references.length > 0);
        for (const text of [docs.what, docs.why, docs.fix]) assert.match(text, /^[A-Z].*[.!]$/su);
        for (const { url } of docs.references) assert.equal(new URL(url).protocol, 'https:');
      });

      it('is explained with all its parts', () => {
        const page = renderRule(rule);
        for (const part of [
          rule.id,
          rule.code,
          rule.docs.what,
          rule.docs.why,
          rule.docs.fix,
          '## Bad',
          '## Good',
          '## How to suppress',
          '## References',
        ])
          assert.ok(page.includes(part), part);
        assert.ok(!/undefined|\[object/u.test(page));
        for (const { note } of [...rule.docs.bad, ...rule.docs.good])
          assert.ok(note !== undefined && page.includes(note), note);
        assert.equal((page.match(/^```/gmu)?.length ?? 1) % 2, 0, 'every code block is closed');
      });

      for (const [at, example] of rule.docs.bad.entries())
        it(`reports bad example ${at + 1}: ${example.note ?? ''}`, async () => {
          const findings = await lint(rule, example);
          assert.ok(findings.length > 0);
          for (const { message, range, evidence } of findings) {
            assert.ok(range.file in example.files);
            assert.doesNotMatch(message, /\.$|undefined|null/u);
            for (const fact of evidence) assert.match(fact.message, /\.$/u);
          }
        });

      for (const [at, example] of rule.docs.good.entries())
        it(`is silent on good example ${at + 1}: ${example.note ?? ''}`, async () => {
          assert.deepEqual(
            (await lint(rule, example)).map(({ message }) => message),
            [],
          );
        });

      for (const [at, example] of rule.docs.bad.entries())
        it(`is silent once the fix of bad example ${at + 1} is made`, async () => {
          const findings = await lint(rule, example);
          const { example: after, made } = await fixed(rule, example);
          assert.equal((await lint(rule, after)).length, findings.length - made);
        });
    });
});
