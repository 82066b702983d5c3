/** Writes the comment that silences a rule on one line, in the language of the file. */
import type { TextEdit } from '../core/schema/source.ts';

const directive = 'data-engineer-disable-next-line';

/** How a line comment begins, by file extension; languages without one take a block on a line of its own. */
const comments: readonly { readonly files: RegExp; readonly open: string; readonly close: string }[] = [
  { files: /\.(?:py|pyi|rb|sh|ya?ml|toml|graphql|gql)$/i, open: '# ', close: '' },
  { files: /\.(?:sql|lua|hs)$/i, open: '-- ', close: '' },
  { files: /\.(?:xml|html|md|csproj)$/i, open: '<!-- ', close: ' -->' },
  { files: /\.(?:[cm]?[jt]sx?|prisma|java|kts?|scala|groovy|cs|go|rs|php|swift)$/i, open: '// ', close: '' },
];

/**
 * The insertion that disables `rule` on `line` (from 1): a comment above it with its indentation and line ends, or the rule's
 * name added to a comment that is there already. Null where the language has no comments (JSON).
 */
export function disableNextLine(file: string, text: string, line: number, rule: string): TextEdit | null {
  const style = comments.find(({ files }) => files.test(file));
  if (!style) return null;
  const lines = text.split(/(?<=\r\n|\n|\r(?!\n))/);
  const target = lines[line - 1];
  if (target === undefined) return null;
  const start = lines.slice(0, line - 1).reduce((sum, part) => sum + part.length, 0);
  const above = lines[line - 2] ?? '';
  const existing = new RegExp(`${directive}[ \\t]+[\\w*][\\w*-]*(?:[ \\t]*,[ \\t]*[\\w*-]+)*`).exec(above);
  if (existing) {
    const end = start - above.length + existing.index + existing[0].length;
    return { file, start: end, end, newText: `, ${rule}` };
  }
  const mark = line === 1 && target.startsWith('\uFEFF') ? 1 : 0;
  const indent = /^[ \t]*/.exec(target.slice(mark))?.[0] ?? '';
  const lineEnd = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
  const newText = `${indent}${style.open}${directive} ${rule}${style.close}${lineEnd}`;
  return { file, start: start + mark, end: start + mark, newText };
}
