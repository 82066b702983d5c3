/** Markdown of the briefs. Names come from the user's source, so they are always set as code: they can form no link and no heading. */
import type { SourceRange } from '../schema/source.ts';

/** Inline code; a fence longer than any run of backticks inside, and no pipe that would end a table's cell. */
export function code(text: string): string {
  const flat = text.replace(/\s+/gu, ' ').replaceAll('|', '\\|');
  const longest = Math.max(0, ...[...flat.matchAll(/`+/gu)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${flat}${fence}` : `${fence} ${flat} ${fence}`;
}

export function codes(texts: readonly string[]): string {
  return texts.map(code).join(', ');
}

export function place({ file, line }: SourceRange): string {
  return code(`${file}:${line}`);
}

/** Empty where there are no rows, so that the section falls away. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

export function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

export interface Section {
  readonly title: string;
  /** Markdown; '' = nothing is known of it, and the section is left out. */
  readonly body: string;
}

/** One more paragraph before a body, unless the body is empty. */
export function introduced(introduction: string, body: string): string {
  return body === '' ? '' : `${introduction}\n\n${body}`;
}
