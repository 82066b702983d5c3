import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { renderAnswer } from '../../core/answers/answer.ts';
import { rules } from '../../core/lint/registry.ts';
import type { Finding, Severity } from '../../core/lint/rule.ts';
import { renderGithub } from '../../core/report/github.ts';
import { renderFindingsJson } from '../../core/report/json.ts';
import { renderSarif } from '../../core/report/sarif.ts';
import { problemLines } from '../../core/report/schemaText.ts';
import { count } from '../../core/report/style.ts';
import { renderFindingsText } from '../../core/report/text.ts';
import type { Analysis, Engine } from '../../server/engine.ts';
import { analysisOptionHelp, analysisOptions, choice, noteIfEmpty, withAnalysis } from '../analyse.ts';
import type { Command, Invocation } from '../command.ts';
import { version } from '../installation.ts';
import { applyFixes } from '../lint/applyFixes.ts';
import { beyondBaseline, writeBaseline } from '../lint/baseline.ts';
import { findingsSince } from '../lint/since.ts';
import { withWrittenFixes } from '../lint/writtenFixes.ts';
import { UsageError } from '../usageError.ts';

const ranks: Readonly<Record<Severity | 'none', number>> = { info: 1, warning: 2, error: 3, none: 4 };

export const lintCommand: Command = {
  name: 'lint',
  summary: 'check the data model and the queries',
  argument: '[dir]',
  options: {
    format: { type: 'string' },
    'fail-on': { type: 'string' },
    since: { type: 'string' },
    baseline: { type: 'string' },
    'update-baseline': { type: 'boolean' },
    fix: { type: 'boolean' },
    compliance: { type: 'boolean' },
    ...analysisOptions,
  },
  optionHelp: [
    { usage: '--format <text|json|sarif|github>', text: 'text for people (default), or for machines' },
    {
      usage: '--fail-on <warning|error|info|none>',
      text: 'least severity that makes the exit code 1 (default warning)',
    },
    { usage: '--since <git ref>', text: 'only findings on lines that differ from a commit, uncommitted ones too' },
    { usage: '--baseline <file>', text: 'leave out the findings that this file knows' },
    { usage: '--update-baseline', text: 'write the findings of today into the file of --baseline' },
    { usage: '--compliance', text: 'review the regimes that the profile declares instead, as Markdown' },
    { usage: '--fix', text: 'make the preferred fixes of findings at or above --fail-on' },
    ...analysisOptionHelp,
  ],
  examples: [
    'data-engineer lint',
    'data-engineer lint --format sarif --out findings.sarif --fail-on error',
    'data-engineer lint --since origin/main --format github',
    'data-engineer lint --baseline .data-engineer/baseline.json',
  ],
  run: async (invocation) => {
    const format = choice(invocation, 'format', ['text', 'json', 'sarif', 'github']);
    const threshold = choice(invocation, 'fail-on', ['warning', 'error', 'info', 'none']);
    const { baseline } = invocation.values;
    const update = invocation.values['update-baseline'] === true;
    if (update && typeof baseline !== 'string')
      throw new UsageError('--update-baseline needs the file: --baseline <file>.');
    return withAnalysis(invocation, async (first, engine) => {
      noteIfEmpty(first, invocation);
      if (invocation.values.compliance === true) {
        await invocation.terminal.write(complianceReview(first));
        return 0;
      }
      const all =
        invocation.values.fix === true
          ? await fixed(
              engine,
              invocation,
              ({ severity }) => ranks[severity] >= Math.min(ranks[threshold], ranks.error),
            )
          : first;
      if (update && typeof baseline === 'string') {
        await writeBaseline(baseline, all.findings);
        invocation.terminal.note(`data-engineer: ${baseline} now knows ${count(all.findings.length, 'finding')}.`);
        return 0;
      }
      const chosen = await selected(all.findings, engine, invocation);
      // Only these two formats tell fixes.
      const findings = format === 'json' || format === 'text' ? await withWrittenFixes(chosen, engine) : chosen;
      const analysis = { ...all, findings };
      await invocation.terminal.write(
        format === 'json'
          ? renderFindingsJson(findings)
          : format === 'sarif'
            ? renderSarif(findings, { rules, version: version() })
            : format === 'github'
              ? renderGithub(findings)
              : await textOf(analysis, engine, invocation),
      );
      if (format !== 'text') noteProblems(analysis, invocation);
      return findings.some(({ severity }) => ranks[severity] >= ranks[threshold]) ? 1 : 0;
    });
  },
};

/** One review per project. */
function complianceReview({ snapshot, findings }: Analysis): string {
  return snapshot.projects
    .map(({ root, dialect, profile, schema }) =>
      renderAnswer('compliance', {
        title: root === '' ? 'this project' : root,
        dialect,
        profile,
        schema,
        findings: findings.filter(({ project }) => project === root),
        linkTo: null,
      }),
    )
    .join('\n');
}

/** The findings that `--since` and `--baseline` leave. */
async function selected(
  findings: readonly Finding[],
  engine: Engine,
  { values, positionals }: Invocation,
): Promise<readonly Finding[]> {
  const left =
    typeof values.since === 'string'
      ? await findingsSince(findings, { directory: directoryOf(positionals), ref: values.since, engine })
      : findings;
  return typeof values.baseline === 'string' ? beyondBaseline(values.baseline, left) : left;
}

async function fixed(
  engine: Engine,
  { positionals, terminal }: Invocation,
  wanted: (finding: Finding) => boolean,
): Promise<Analysis> {
  const { analysis, made, refused } = await applyFixes(engine, directoryOf(positionals), wanted);
  for (const { file, title } of made) terminal.note(`fixed ${file}: ${title}`);
  for (const { finding, reason } of refused)
    terminal.note(`not fixed ${finding.file}:${finding.range.line}: ${reason}`);
  return analysis;
}

/** Folder that paths of findings are relative to; where one file was asked for, it is that file's. */
function directoryOf([given = '.']: readonly string[]): string {
  const path = resolve(given);
  return statSync(path).isDirectory() ? path : dirname(path);
}

async function textOf({ snapshot, findings }: Analysis, engine: Engine, { terminal }: Invocation): Promise<string> {
  const texts = new Map<string, string>();
  for (const file of new Set(findings.map((finding: Finding) => finding.file))) {
    const text = await engine.text(file);
    if (text !== null) texts.set(file, text);
  }
  const { style } = terminal;
  const problems = [...snapshot.projects.flatMap(({ schema }) => schema.problems), ...snapshot.problems];
  const body = renderFindingsText(findings, { style, textOf: (file) => texts.get(file) });
  return problems.length === 0 ? body : `${body}\n${problemLines(problems, style).join('\n')}\n`;
}

/** The formats for machines hold findings alone; that something was not read must not pass unseen. */
function noteProblems({ snapshot }: Analysis, { terminal }: Invocation): void {
  const problems = [...snapshot.projects.flatMap(({ schema }) => schema.problems), ...snapshot.problems].filter(
    ({ severity }) => severity !== 'information',
  );
  if (problems.length > 0)
    terminal.note(
      `data-engineer: ${count(problems.length, 'problem')} while reading; \`data-engineer schema\` lists them.`,
    );
}
