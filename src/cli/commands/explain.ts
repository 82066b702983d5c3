import { renderRule } from '../../core/lint/explain.ts';
import { findRule, rules } from '../../core/lint/registry.ts';
import { alignRows } from '../../core/report/style.ts';
import type { Style } from '../../core/report/style.ts';
import type { Command } from '../command.ts';
import { UsageError } from '../usageError.ts';

export const explainCommand: Command = {
  name: 'explain',
  summary: 'say what a rule checks, why, and how to mend it; without a rule, list them',
  argument: '[rule]',
  options: {},
  optionHelp: [],
  examples: ['data-engineer explain', 'data-engineer explain missing-foreign-key-index'],
  run: async ({ positionals, terminal }) => {
    const { style } = terminal;
    const [name, ...others] = positionals;
    if (others.length > 0) throw new UsageError('One rule at a time.');
    if (name === undefined) {
      const rows = rules.map((rule) => [
        { text: rule.code, dress: style.dim },
        { text: rule.id, dress: style.bold },
        { text: rule.severity },
        { text: rule.docs.what },
      ]);
      await terminal.write(`${alignRows(rows).join('\n')}\n`);
      return 0;
    }
    const rule = findRule(name);
    if (!rule) throw new UsageError(`There is no rule "${name}"; \`data-engineer explain\` lists them.`);
    await terminal.write(dressed(renderRule(rule), style));
    return 0;
  },
};

/** Markdown stays Markdown; headings, code and examples stand out where there are colours. */
function dressed(markdown: string, style: Style): string {
  let isCode = false;
  return markdown
    .split('\n')
    .map((line) => {
      if (line.startsWith('```')) {
        isCode = !isCode;
        return style.dim(line);
      }
      if (isCode) return style.green(line);
      if (line.startsWith('#')) return style.bold(line);
      return line.replace(/`[^`]+`/gu, (code) => style.cyan(code));
    })
    .join('\n');
}
