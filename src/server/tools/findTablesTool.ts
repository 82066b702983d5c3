import { relevantTables } from '../../core/retrieval/relevantTables.ts';
import { tableId } from '../projects.ts';
import { prefixed } from '../schemaJson.ts';
import { fit, tokensOf } from './budget.ts';
import { maxTokensParameter, projectParameter } from './parameters.ts';
import { rootOf, selectProjects } from './select.ts';
import type { JsonObject, Tool } from './tool.ts';

interface Input {
  readonly question: string;
  readonly limit: number;
  readonly project?: string;
  readonly maxTokens: number;
}

export const findTablesTool: Tool<Input> = {
  name: 'find_tables',
  title: 'Find Tables',
  description:
    'The tables that a question or task is about, best first, each with why it was found. Use it first where you do not know the names of the tables; then get_schema for their columns. ' +
    'It compares words with names, columns, comments, modules and enum values (plurals, case styles and common synonyms count alike).',
  readOnly: true,
  inputSchema: {
    type: 'object',
    properties: {
      question: {
        type: 'string',
        description: 'The question or task in a sentence, or a few words.',
        minLength: 1,
        maxLength: 2000,
      },
      limit: { type: 'integer', description: 'Most tables to yield.', minimum: 1, maximum: 100, default: 10 },
      project: projectParameter,
      maxTokens: maxTokensParameter,
    },
    required: ['question'],
    additionalProperties: false,
    examples: [{ question: 'Which customers have unpaid orders?', limit: 10 }],
  },
  run({ question, limit, project, maxTokens }, context) {
    const found = selectProjects(context, project)
      .flatMap((entry) =>
        // One more than wanted tells whether there are more.
        relevantTables(entry.project.schema, question, limit + 1, entry.project.profile.domains).map((hit) => ({
          entry,
          ...hit,
        })),
      )
      .sort((a, b) => b.score - a.score);
    const rows = found.slice(0, limit).map(({ entry, table, score, reasons }): JsonObject => {
      const { file, line } = table.at;
      const row = {
        name: tableId(table),
        entity: table.entity,
        module: table.module,
        columns: table.columns.length,
        relevance: Math.round(score * 10) / 10,
        because: reasons,
        at: { file, line },
      };
      return { project: rootOf(entry), ...(entry.folder === null ? row : prefixed(row, entry.folder)) };
    });
    const { kept, left } = fit(rows, maxTokens - 100, tokensOf);
    const notShown = left.length + Math.max(0, found.length - limit);
    return {
      structured: {
        tables: kept,
        ...(kept.length === 0 && left.length === 0
          ? {
              note: 'No word of the question points at a table. Try other words, or get_schema without "tables" for the list.',
            }
          : {}),
        ...(notShown > 0
          ? { cut: { reason: 'There are more.', how: 'Ask with a larger "limit" or "maxTokens", or more precisely.' } }
          : {}),
      },
    };
  },
};
