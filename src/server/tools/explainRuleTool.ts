import { renderRule } from '../../core/lint/explain.ts';
import { findRule, rules } from '../../core/lint/registry.ts';
import { ToolError } from './tool.ts';
import type { Tool } from './tool.ts';

interface Input {
  readonly rule?: string;
}

export const explainRuleTool: Tool<Input> = {
  name: 'explain_rule',
  title: 'Explain Rule',
  description:
    'What a rule of lint_schema checks, why it matters, bad and good code, how to mend it and how to suppress it, as Markdown with references. Without "rule": the list of rules.',
  readOnly: true,
  inputSchema: {
    type: 'object',
    properties: {
      rule: {
        type: 'string',
        description: 'Id ("missing-primary-key") or code ("SCH001").',
        minLength: 1,
        maxLength: 100,
      },
    },
    additionalProperties: false,
    examples: [{ rule: 'missing-foreign-key-index' }, {}],
  },
  run({ rule: name }) {
    if (name === undefined)
      return {
        structured: { rules: rules.map(({ id, code, severity, docs }) => ({ id, code, severity, what: docs.what })) },
      };
    const rule = findRule(name.trim());
    if (!rule)
      throw new ToolError(
        `There is no rule "${name}". The rules are ${rules.map(({ id, code }) => `${id} (${code})`).join(', ')}.`,
      );
    const markdown = renderRule(rule);
    return { structured: { id: rule.id, code: rule.code, severity: rule.severity, markdown }, text: markdown };
  },
};
