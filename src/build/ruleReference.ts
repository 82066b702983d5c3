/** The reference of all rules as Markdown, and the table of them in the README; written by `npm run manifest`. */
import { renderRule } from '../core/lint/explain.ts';
import { rules } from '../core/lint/registry.ts';

/** One page: a table that leads to the rules, then each as `explain` prints it, a heading level lower. */
export function ruleReference(): string {
  const pages = rules.map((rule) => deeper(renderRule(rule)));
  return `# Rules\n\n${table('#')}\n\n${pages.join('\n')}`;
}

/** The README with the table between its two markers made anew. */
export function withRuleTable(readme: string): string {
  const [start, end] = ['<!-- rules -->', '<!-- /rules -->'];
  const from = readme.indexOf(start);
  const to = readme.indexOf(end);
  if (from < 0 || to < from) throw new Error(`README.md has no ${start} … ${end} for the table of rules.`);
  return `${readme.slice(0, from + start.length)}\n\n${table('media/rules.md#')}\n\n${readme.slice(to)}`;
}

/** `link` is what the anchor of a rule is put behind. */
function table(link: string): string {
  const rows = rules.map(({ id, code, severity, optIn, docs }) => {
    // As GitHub and VS Code make anchors of a heading like `query-in-loop (NP002)`.
    const anchor = `${id}-${code.toLowerCase()}`;
    return `| [\`${id}\`](${link}${anchor}) | ${code} | ${severity}${optIn ? ' (opt-in)' : ''} | ${docs.what.replace(/^Reports /u, '').replace(/^./u, (first) => first.toUpperCase())} |`;
  });
  return ['| rule | code | severity | what it finds |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function deeper(markdown: string): string {
  let inCode = false;
  return markdown
    .split('\n')
    .map((line) => {
      if (line.startsWith('```')) inCode = !inCode;
      return !inCode && line.startsWith('#') ? `#${line}` : line;
    })
    .join('\n');
}
