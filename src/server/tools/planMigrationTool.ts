import { fit, tokensOf } from './budget.ts';
import {
  fillsParameter,
  fromParameter,
  notFollowed,
  openQuestions,
  planned,
  renamesParameter,
} from './migrationInput.ts';
import type { MigrationInput } from './migrationInput.ts';
import { maxTokensParameter, projectParameter } from './parameters.ts';
import type { Tool } from './tool.ts';

type Input = MigrationInput & { readonly maxTokens: number };

export const planMigrationTool: Tool<Input> = {
  name: 'plan_migration',
  title: 'Plan Migration',
  description:
    'A migration from what the migrations of the project build (or from a commit) to what the entities say: the file with up and down in the style of the others, and what has to be settled before it is written: possible renames, values for required columns, lost data. ' +
    'Nothing is written and nothing is run. Settle possibleRenames, needsValues and losesData with the user, then call verify_migration; "Data Engineer: Generate Migration…" writes it.',
  readOnly: true,
  inputSchema: {
    type: 'object',
    properties: {
      from: fromParameter,
      name: {
        type: 'string',
        description: 'Name as a class has it: "AddOrders". Without it: from the changes.',
        minLength: 1,
        maxLength: 100,
      },
      format: {
        type: 'string',
        description: 'A TypeORM class, or plain SQL.',
        enum: ['typeorm', 'sql'],
        default: 'typeorm',
      },
      renames: renamesParameter,
      fills: fillsParameter,
      project: projectParameter,
      maxTokens: maxTokensParameter,
    },
    additionalProperties: false,
    examples: [{ name: 'AddNotes', renames: ['orders.client=customer'], fills: ["orders.note='none'"] }],
  },
  async run(input, context) {
    const answer = await planned(input, context);
    const { plan, path, name, text } = answer.planned;
    if (plan.changes.length === 0)
      return {
        structured: answer.hide({
          ...{ project: answer.root, dialect: plan.dialect, from: input.from, changes: [] },
          ...notFollowed(answer),
        }),
      };
    const rest = {
      ...{ project: answer.root, dialect: plan.dialect, from: input.from, name, path },
      ...openQuestions(answer),
      warnings: plan.warnings.map(({ message }) => message).filter((message) => !plan.losses.includes(message)),
      transactional: plan.transactional,
      ...notFollowed(answer),
    };
    const { kept, left } = fit([...plan.words], input.maxTokens / 3, tokensOf);
    const room = input.maxTokens - tokensOf(rest) - tokensOf(kept) - 100;
    const whole = tokensOf(text) <= room;
    return {
      structured: answer.hide({
        ...rest,
        changes: kept,
        ...(whole ? { text } : {}),
        ...(whole && left.length === 0
          ? {}
          : {
              cut: {
                reason: `${left.length === 0 ? '' : `${left.length} more changes `}${whole ? '' : 'the text of the migration '}do not fit into ${input.maxTokens} tokens.`,
                how: 'Allow more "maxTokens".',
              },
            }),
      }),
    };
  },
};
