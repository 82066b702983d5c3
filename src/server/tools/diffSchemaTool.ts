import { losesData } from '../../core/diff/describe.ts';
import { fit, tokensOf } from './budget.ts';
import { fromParameter, notFollowed, openQuestions, planned } from './migrationInput.ts';
import { maxTokensParameter, projectParameter } from './parameters.ts';
import type { Tool } from './tool.ts';

interface Input {
  readonly from: string;
  readonly project?: string;
  readonly maxTokens: number;
}

export const diffSchemaTool: Tool<Input> = {
  name: 'diff_schema',
  title: 'Diff Schema',
  description:
    'What differs between the entities as they are now and what the migrations of the project build, or the entities of a commit: one sentence per change, which of them lose data, and which drops and adds may be one rename. ' +
    'Use it to see whether a migration is missing, or what a branch changes. It reads source alone, no database; plan_migration turns the changes into a migration.',
  readOnly: true,
  inputSchema: {
    type: 'object',
    properties: { from: fromParameter, project: projectParameter, maxTokens: maxTokensParameter },
    additionalProperties: false,
    examples: [{ from: 'migrations' }, { from: 'git:main' }],
  },
  async run(input, context) {
    const answer = await planned(input, context);
    const { plan } = answer.planned;
    const rows = plan.changes.map((change, place) => ({
      change: plan.words[place] ?? change.kind,
      kind: change.kind,
      ...(losesData(change) ? { losesData: true } : {}),
    }));
    const rest = { ...openQuestions(answer), ...notFollowed(answer) };
    const { kept, left } = fit(rows, input.maxTokens - 150 - Math.min(tokensOf(rest), input.maxTokens / 2), tokensOf);
    return {
      structured: answer.hide({
        ...{ project: answer.root, dialect: plan.dialect, from: input.from, changes: kept },
        ...rest,
        ...(left.length === 0
          ? {}
          : { cut: { reason: `${left.length} more changes do not fit.`, how: 'Allow more "maxTokens".' } }),
      }),
    };
  },
};
