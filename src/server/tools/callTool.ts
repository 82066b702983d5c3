/** The one way into a tool: checks the input, keeps the budget, hides secrets, and turns what went wrong into words. */
import { defaultMaxTokens } from './parameters.ts';
import { redact, redactJson } from './redact.ts';
import { tools } from './registry.ts';
import { ToolError } from './tool.ts';
import type { Tool, ToolAnswer, ToolContext } from './tool.ts';
import { validateInput } from './validateInput.ts';

/** Never throws for what a model did wrong; an error of ours is thrown, for the log of whoever asked. */
export async function callTool(name: string, input: unknown, context: ToolContext): Promise<ToolAnswer> {
  try {
    const tool = tools.find((each) => each.name === name);
    if (!tool)
      throw new ToolError(`There is no tool "${name}". The tools are ${tools.map((each) => each.name).join(', ')}.`);
    const { structured, text } = await tool.run(bounded(tool, validateInput(tool, input), context), context);
    const clean = redactJson(structured);
    return { text: text === undefined ? JSON.stringify(clean) : redact(text), structured: clean, isError: false };
  } catch (error) {
    if (error instanceof ToolError) return { text: redact(error.message), structured: null, isError: true };
    throw error;
  }
}

/** `maxTokens` no larger than the asker can take. `never`: each tool knows the type of its own input, which was just checked. */
function bounded({ inputSchema }: Tool, input: unknown, { tokenBudget }: ToolContext): never {
  const value = input as Readonly<Record<string, unknown>>;
  if (tokenBudget === null || inputSchema.properties.maxTokens === undefined) return value as never;
  const wanted = typeof value.maxTokens === 'number' ? value.maxTokens : defaultMaxTokens;
  return {
    ...value,
    maxTokens: Math.max(inputSchema.properties.maxTokens.minimum ?? 0, Math.min(wanted, tokenBudget)),
  } as never;
}
