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

const ranks: Readonly<Record<Severity | 'none', number>> = { info: 1, warning: 2, error: 3, none: 4 };

export const lintCommand: Command = {
  name: 'lint',
  summary: 'check the data model and the queries',
  argument: '[dir]',
  options: { format: { type: 'string' }, 'fail-on': { type: 'string' }, ...analysisOptions },
  optionHelp: [
    { usage: '--format <text|json|sarif|github>', text: 'text for people (default), or for machines' },
    {
      usage: '--fail-on <warning|error|info|none>',
      text: 'least severity that makes the exit code 1 (default warning)',
    },
    ...analysisOptionHelp,
  ],
  examples: ['data-engineer lint', 'data-engineer lint --format sarif --out findings.sarif --fail-on error'],
  run: async (invocation) => {
    const format = choice(invocation, 'format', ['text', 'json', 'sarif', 'github']);
    const threshold = choice(invocation, 'fail-on', ['warning', 'error', 'info', 'none']);
    return withAnalysis(invocation, async (analysis, engine) => {
      const { findings } = analysis;
      noteIfEmpty(analysis, invocation);
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
