import type { Project } from '../../core/workspace/snapshot.ts';
import type { Analysis } from '../../server/engine.ts';
import { analysisOptionHelp, analysisOptions, choice, withAnalysis } from '../analyse.ts';
import type { Command, Invocation } from '../command.ts';
import { UsageError } from '../usageError.ts';

export const diagramCommand: Command = {
  name: 'diagram',
  summary: 'draw the entity-relationship diagram of a project',
  argument: '[dir]',
  options: {
    format: { type: 'string' },
    theme: { type: 'string' },
    project: { type: 'string' },
    ...analysisOptions,
  },
  optionHelp: [
    { usage: '--format <svg|mermaid>', text: 'a picture (default), or text for Markdown files' },
    { usage: '--theme <light|dark>', text: 'colours of the picture (default light)' },
    { usage: '--project <root>', text: 'which project, where the directory holds several' },
    ...analysisOptionHelp,
  ],
  examples: ['data-engineer diagram --out schema.svg', 'data-engineer diagram packages/api --format mermaid'],
  run: async (invocation) => {
    const format = choice(invocation, 'format', ['svg', 'mermaid']);
    const theme = choice(invocation, 'theme', ['light', 'dark']);
    return withAnalysis(invocation, async (analysis) => {
      const project = projectOf(analysis, invocation);
      // The layout engine is large: only this command waits for it.
      const { buildDiagram } = await import('../../core/diagram/build.ts');
      const model = buildDiagram({
        project: project.root,
        title: project.root === '' ? 'Entity-relationship diagram' : project.root,
        schema: project.schema,
        findings: analysis.findings.filter((finding) => finding.project === project.root),
      });
      if (format === 'mermaid') {
        const { renderMermaid } = await import('../../core/report/mermaid.ts');
        await invocation.terminal.write(renderMermaid(model));
      } else {
        const { layoutDiagram } = await import('../../core/layout/layoutDiagram.ts');
        const { renderSvg } = await import('../../core/report/svg.ts');
        await invocation.terminal.write(renderSvg(model, await layoutDiagram(model), theme));
      }
      return 0;
    });
  },
};

function projectOf({ snapshot }: Analysis, { values, positionals }: Invocation): Project {
  const withTables = snapshot.projects.filter(({ schema }) => schema.tables.length > 0);
  const names = withTables.map(({ root }) => (root === '' ? '.' : root));
  if (typeof values.project === 'string') {
    const wanted = values.project.replace(/^\.\/?/u, '').replace(/\/$/u, '');
    const found = withTables.find(({ root }) => root === wanted);
    if (found) return found;
    throw new UsageError(
      `There is no project "${values.project}" with tables; there is ${names.join(', ') || 'none'}.`,
    );
  }
  const [first, ...others] = withTables;
  if (!first)
    throw new UsageError(`No entities were found in ${positionals[0] ?? 'this folder'}: there is nothing to draw.`);
  if (others.length > 0)
    throw new UsageError(`There are several projects: choose one with --project (${names.join(', ')}).`);
  return first;
}
