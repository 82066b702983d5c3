/** The tools for language models: each call goes to the server, which checks its input. */
import * as vscode from 'vscode';
import type { ToolName } from '../../contributions.ts';
import { toolDescriptions, toolPrefix } from '../../contributions.ts';
import type { HostContext } from '../../hostContext.ts';

type Input = Readonly<Record<string, unknown>>;

export function activateTools({ extension, client }: HostContext): void {
  for (const name of Object.keys(toolDescriptions) as ToolName[])
    extension.subscriptions.push(
      vscode.lm.registerTool<Input>(`${toolPrefix}${name}`, {
        prepareInvocation: ({ input }) => ({ invocationMessage: invocationMessage(name, input) }),
        async invoke({ input, tokenizationOptions }, token) {
          // A model may ask before the first analysis is there: it shall not be told that there is nothing.
          await client.ready;
          const params = { name, input, tokenBudget: tokenizationOptions?.tokenBudget ?? null };
          const { text, isError } = await client.request('dataEngineer/tool', params, token);
          // What is thrown is what the model is told.
          if (isError) throw new Error(text);
          return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
        },
      }),
    );
}

/** What people see while a tool runs. The input has not been checked yet. */
function invocationMessage(name: ToolName, input: Input): string {
  const { tables, question, rule } = input;
  const names = Array.isArray(tables) ? tables.filter((each) => typeof each === 'string').join(', ') : '';
  switch (name) {
    case 'get_schema':
      return names === '' ? vscode.l10n.t('Reading the schema') : vscode.l10n.t('Reading the schema of {0}', names);
    case 'lint_schema':
      return names === '' ? vscode.l10n.t('Checking the data model') : vscode.l10n.t('Checking {0}', names);
    case 'find_tables':
      return typeof question === 'string'
        ? vscode.l10n.t('Looking for tables: {0}', question)
        : vscode.l10n.t('Looking for tables');
    case 'explain_rule':
      return typeof rule === 'string'
        ? vscode.l10n.t('Looking up the rule {0}', rule)
        : vscode.l10n.t('Looking up the rules');
    case 'diff_schema':
      return vscode.l10n.t('Comparing the entities with what the migrations build');
    case 'plan_migration':
      return vscode.l10n.t('Planning a migration');
    case 'verify_migration':
      return vscode.l10n.t('Running the migration on an embedded database');
    case 'generate_code':
      return vscode.l10n.t('Writing code around entities, without saving it');
    case 'get_profile':
      return vscode.l10n.t('Reading what is known of the project');
  }
}
