import { renderSchemaJson } from '../../core/report/schemaJson.ts';
import { renderSchemaText } from '../../core/report/schemaText.ts';
import { analysisOptionHelp, analysisOptions, choice, noteIfEmpty, withAnalysis } from '../analyse.ts';
import type { Command } from '../command.ts';

export const schemaCommand: Command = {
  name: 'schema',
  summary: 'show the tables, columns, keys, indexes and relations that the source defines',
  argument: '[dir]',
  options: { format: { type: 'string' }, ...analysisOptions },
  optionHelp: [
    { usage: '--format <text|json>', text: 'text for people (default), or the public JSON' },
    ...analysisOptionHelp,
  ],
  examples: ['data-engineer schema', 'data-engineer schema packages/api --format json --out schema.json'],
  run: async (invocation) => {
    const format = choice(invocation, 'format', ['text', 'json']);
    return withAnalysis(invocation, async (analysis) => {
      const { terminal } = invocation;
      noteIfEmpty(analysis, invocation);
      await terminal.write(
        format === 'json' ? renderSchemaJson(analysis.snapshot) : renderSchemaText(analysis.snapshot, terminal.style),
      );
      return 0;
    });
  },
};
