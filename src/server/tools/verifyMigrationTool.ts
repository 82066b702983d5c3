import { splitStatements } from '../../core/syntax/sql/split.ts';
import type { MigrationPlan } from '../../core/migrations/shared/plan.ts';
import { provePlan } from '../migrationProof.ts';
import {
  fillsParameter,
  fromParameter,
  notFollowed,
  openQuestions,
  planned,
  renamesParameter,
} from './migrationInput.ts';
import type { MigrationInput } from './migrationInput.ts';
import { projectParameter } from './parameters.ts';
import { ToolError } from './tool.ts';
import type { Tool } from './tool.ts';

type Input = MigrationInput & { readonly up?: string; readonly down?: string };

export const verifyMigrationTool: Tool<Input> = {
  name: 'verify_migration',
  title: 'Verify Migration',
  description:
    'Runs a migration before anyone writes it: the schema of today with sample rows, up, compared with what the entities say, down, compared with the start, up again; on an embedded PostgreSQL or SQLite in a process of its own. ' +
    'Without "up" it runs what plan_migration plans for the same input; with "up" and "down" it runs that SQL. Tells what failed, what differs and which rows are lost. Nothing of the project and no database of the user is touched.',
  readOnly: true,
  inputSchema: {
    type: 'object',
    properties: {
      from: fromParameter,
      renames: renamesParameter,
      fills: fillsParameter,
      up: {
        type: 'string',
        description: 'SQL to run instead of the planned one; statements end with a semicolon.',
        minLength: 1,
        maxLength: 100_000,
      },
      down: { type: 'string', description: 'SQL that undoes "up".', minLength: 1, maxLength: 100_000 },
      project: projectParameter,
    },
    additionalProperties: false,
    examples: [{ renames: ['orders.client=customer'] }],
  },
  async run(input, context) {
    const answer = await planned(input, context);
    const { plan } = answer.planned;
    if (input.up === undefined && input.down !== undefined)
      throw new ToolError('"down" undoes "up": give both, or neither to run the planned migration.');
    if (input.up === undefined && plan.changes.length === 0)
      throw new ToolError(
        'There is nothing to migrate: both sides say the same. diff_schema compares with other sides.',
      );
    const given: MigrationPlan =
      input.up === undefined
        ? plan
        : { ...plan, up: statementsOf(input.up, plan), down: statementsOf(input.down ?? '', plan) };
    const { outcome, words } = await provePlan(given, {
      ...(context.signal ? { signal: context.signal } : {}),
      ...(input.up !== undefined && input.down === undefined ? { withoutDown: true } : {}),
    });
    return {
      structured: answer.hide({
        ...{ project: answer.root, dialect: plan.dialect, from: input.from, outcome, result: words },
        statements: given.up.length,
        ...(input.up === undefined ? openQuestions(answer) : {}),
        ...notFollowed(answer),
      }),
    };
  },
};

function statementsOf(sql: string, { dialect }: MigrationPlan): MigrationPlan['up'] {
  return splitStatements(sql, dialect).map(({ start, end }) => ({
    sql: sql.slice(start, end),
    outsideTransaction: false,
  }));
}
