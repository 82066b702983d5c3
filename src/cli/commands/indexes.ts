import { adviseIndexes } from '../../core/lint/advisor/advise.ts';
import { renderIndexAdviceJson, renderIndexAdviceText } from '../../core/report/indexAdvice.ts';
import { analysisOptionHelp, analysisOptions, choice, noteIfEmpty, withAnalysis } from '../analyse.ts';
import type { Command } from '../command.ts';

export const indexesCommand: Command = {
  name: 'indexes',
  summary: 'say which indexes the queries of the project ask for, and which serve none',
  argument: '[dir]',
  options: { format: { type: 'string' }, ...analysisOptions },
  optionHelp: [{ usage: '--format <text|json>', text: 'text for people (default), or JSON' }, ...analysisOptionHelp],
  examples: ['data-engineer indexes', 'data-engineer indexes packages/api --format json'],
  run: async (invocation) => {
    const format = choice(invocation, 'format', ['text', 'json']);
    return withAnalysis(invocation, async (analysis) => {
      noteIfEmpty(analysis, invocation);
      const { terminal } = invocation;
      const projects = analysis.snapshot.projects.map(({ root, schema, dialect }) => ({
        root,
        advice: adviseIndexes(schema, dialect),
      }));
      await terminal.write(
        format === 'json' ? renderIndexAdviceJson(projects) : renderIndexAdviceText(projects, terminal.style),
      );
      return 0;
    });
  },
};
