import { readFile, writeFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { renderDictionary } from '../../core/report/renderDictionary.ts';
import { dictionaryHtmlMark } from '../../core/report/dictionaryHtml.ts';
import { dictionaryMark } from '../../core/report/dictionaryMarkdown.ts';
import { analysisOptionHelp, analysisOptions, choice, withAnalysis } from '../analyse.ts';
import { projectOf } from '../chooseProject.ts';
import type { Command, Invocation } from '../command.ts';
import { UsageError } from '../usageError.ts';

export const docsCommand: Command = {
  name: 'docs',
  summary: 'write a data dictionary: diagrams, tables, columns, keys, relations, findings',
  argument: '[dir]',
  options: {
    format: { type: 'string' },
    check: { type: 'boolean' },
    project: { type: 'string' },
    ...analysisOptions,
  },
  optionHelp: [
    { usage: '--format <markdown|html>', text: 'Markdown with Mermaid (default; html where --out ends so), or a page' },
    { usage: '--check', text: 'write nothing; exit 1 when the file of --out is not what would be written' },
    { usage: '--project <root>', text: 'which project, where the directory holds several' },
    ...analysisOptionHelp,
  ],
  examples: [
    'data-engineer docs --out docs/schema.md',
    'data-engineer docs --check --out docs/schema.md',
    'data-engineer docs packages/api --out schema.html',
  ],
  run: async (invocation) => {
    const { values, terminal, positionals } = invocation;
    const out = typeof values.out === 'string' ? values.out : null;
    if (values.check === true && out === null)
      throw new UsageError('--check needs the file to compare with: --out docs/schema.md.');
    const format = formatOf(invocation, out);
    return withAnalysis(invocation, async (analysis) => {
      const project = projectOf(analysis, invocation);
      const text = await renderDictionary(
        {
          project: project.root,
          title: project.root === '' ? 'the project' : project.root,
          schema: project.schema,
          findings: analysis.findings,
        },
        format,
        sourceBase(out, positionals[0] ?? '.'),
      );
      if (out === null) {
        await terminal.write(text);
        return 0;
      }
      const there = await textOf(out);
      if (values.check === true) {
        if (there !== null && withoutReturns(there) === text) return 0;
        terminal.note(
          `data-engineer: ${out} is ${there === null ? 'missing' : 'stale'}: write it with data-engineer docs --out ${out}.`,
        );
        return 1;
      }
      // What this command has written it may write again; anything else only with --force.
      if (
        there !== null &&
        withoutReturns(there)
          .split('\n', 2)
          .some((line) => marks.includes(line))
      )
        await writeFile(out, text);
      else await terminal.write(text);
      return 0;
    });
  },
};

const marks: readonly string[] = [dictionaryMark, dictionaryHtmlMark];

function formatOf(invocation: Invocation, out: string | null): 'markdown' | 'html' {
  if (invocation.values.format === undefined && out !== null && /\.html?$/iu.test(out)) return 'html';
  return choice(invocation, 'format', ['markdown', 'html']);
}

/** Links lead from the document to the sources. */
function sourceBase(out: string | null, directory: string): string {
  if (out === null) return '';
  const path = relative(dirname(resolve(out)), resolve(directory)).replaceAll('\\', '/');
  return path === '' ? '' : `${path.split('/').map(encodeURIComponent).join('/')}/`;
}

async function textOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Git may have checked the file out with the line ends of Windows. */
function withoutReturns(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
