/** Parameters that several tools take, so that they are named and described alike. */
import type { PropertySchema } from './tool.ts';

/** About a page; a model that wants more asks for it. */
export const defaultMaxTokens = 4000;

export const maxTokensParameter: PropertySchema = {
  type: 'integer',
  description: 'Most tokens of the answer. What does not fit is left out, and the answer says what and how to get it.',
  minimum: 200,
  maximum: 50_000,
  default: defaultMaxTokens,
};

export const projectParameter: PropertySchema = {
  type: 'string',
  description: 'Root folder of one project, as get_schema names it. Without it: all projects of the workspace.',
  maxLength: 500,
};

export const tablesParameter: PropertySchema = {
  type: 'array',
  description: 'Tables by name ("orders", "sales.orders") or by entity ("Order").',
  items: { type: 'string', minLength: 1, maxLength: 200 },
  minItems: 1,
  maxItems: 100,
};
