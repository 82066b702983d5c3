import { engines } from '../dialects/registry.ts';
import type { Rule, RuleExample } from './rule.ts';

/** The documentation of a rule as Markdown: what `explain` prints, the editor's rule page and the SARIF help show. */
export function renderRule(rule: Rule): string {
  const { docs } = rule;
  const firstFile = (example: RuleExample | undefined): string => Object.keys(example?.files ?? {})[0] ?? '';
  return (
    [
      `# ${rule.id} (${rule.code})`,
      docs.what,
      `Severity: ${rule.severity}.`,
      `## Why\n\n${docs.why}`,
      ...section('Bad', docs.bad),
      ...section('Good', docs.good),
      `## How to fix\n\n${docs.fix}`,
      `## How to suppress\n\n${suppression(rule, firstFile(docs.bad[0]))}`,
      `## References\n\n${docs.references.map(({ title, url }) => `- [${title}](${url})`).join('\n')}`,
    ].join('\n\n') + '\n'
  );
}

/** Each file once: further examples show only what differs. */
function section(title: string, examples: readonly RuleExample[]): readonly string[] {
  const shown = new Set<string>();
  return [
    ...(examples.length > 0 ? [`## ${title}`] : []),
    ...examples.map((example) => {
      const files = Object.entries(example.files).filter(([, text]) => !shown.has(text));
      for (const [, text] of files) shown.add(text);
      const heading = `${engines[example.dialect].label}.${example.note === undefined ? '' : ` ${example.note}`}`;
      return [heading, ...files.map(([path, text]) => `\`${path}\`\n\n${fence(path, text)}`)].join('\n\n');
    }),
  ];
}

function fence(path: string, text: string): string {
  return `\`\`\`${path.slice(path.lastIndexOf('.') + 1)}\n${text.trimEnd()}\n\`\`\``;
}

function suppression(rule: Rule, example: string): string {
  const [open, close] = commentOf(example);
  const comment = (directive: string): string => `${open} data-engineer-disable${directive} ${rule.id} -- why${close}`;
  return [
    'For one declaration, with a comment above it (or behind it, with `-line` instead of `-next-line`):',
    fence(example, comment('-next-line')),
    `For a whole file: \`${comment('')}\`.`,
    "For a table of the project, or altogether, in `.data-engineer.json` at the project's root:",
    fence(
      '.json',
      JSON.stringify(
        { suppressions: [{ rule: rule.id, table: 'orders', reason: 'why' }], rules: { [rule.id]: 'off' } },
        null,
        2,
      ),
    ),
  ].join('\n\n');
}

/** Comment marks of the language of a path. */
function commentOf(path: string): readonly [open: string, close: string] {
  if (/\.(?:py|rb|ya?ml)$/u.test(path)) return ['#', ''];
  if (path.endsWith('.sql')) return ['--', ''];
  return path.endsWith('.xml') ? ['<!--', ' -->'] : ['//', ''];
}
