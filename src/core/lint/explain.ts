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
      `Severity: ${rule.severity}${rule.optIn ? ', once the settings switch it on' : ''}.`,
      `## Why\n\n${docs.why}`,
      ...section('Bad', docs.bad, docs.bad[0]),
      ...section('Good', docs.good, docs.bad[0]),
      `## How to fix\n\n${docs.fix}`,
      `## How to suppress\n\n${suppression(rule, firstFile(docs.bad[0]))}`,
      `## References\n\n${docs.references.map(({ title, url }) => `- [${title}](${url})`).join('\n')}`,
    ].join('\n\n') + '\n'
  );
}

/** The first example whole; of the others only the lines that differ from it, with their surroundings. */
function section(title: string, examples: readonly RuleExample[], first: RuleExample | undefined): readonly string[] {
  return [
    ...(examples.length > 0 ? [`## ${title}`] : []),
    ...examples.map((example) => {
      const heading = `${engines[example.dialect].label}.${example.note === undefined ? '' : ` ${example.note}`}`;
      const files = Object.entries(example.files).flatMap(([path, text]) => {
        const known = example === first ? undefined : first?.files[path];
        const shown = known === undefined ? text.trimEnd() : difference(known, text, commentOf(path)[0]);
        return shown === null ? [] : [`\`${path}\`\n\n${fence(path, shown)}`];
      });
      return [files.length === 0 ? `${heading} The source is the same.` : heading, ...files].join('\n\n');
    }),
  ];
}

/** Lines shown before and after what differs. */
const surroundings = 2;

/** The stretch of `text` that differs from `known`; imports do not count. Null = none does. */
function difference(known: string, text: string, comment: string): string | null {
  const [before, after] = [known, text].map((source) =>
    source.split('\n').filter((line) => !/^(?:import|from)\b/u.test(line)),
  ) as [string[], string[]];
  const shortest = Math.min(before.length, after.length);
  let start = 0;
  while (start < shortest && before[start] === after[start]) start++;
  if (start === before.length && start === after.length) return null;
  let end = 0;
  while (end < shortest - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const from = Math.max(0, start - surroundings);
  const to = Math.min(after.length, after.length - end + surroundings);
  const lines = after.slice(from, to);
  return [...(from > 0 ? [`${comment} …`] : []), ...lines, ...(to < after.length ? [`${comment} …`] : [])]
    .join('\n')
    .replace(/^\n+/u, '')
    .trimEnd();
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
  if (/\.[sc]ql$/u.test(path)) return ['--', ''];
  return path.endsWith('.xml') ? ['<!--', ' -->'] : ['//', ''];
}
