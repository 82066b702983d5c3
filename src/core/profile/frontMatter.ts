/** The YAML head of instruction files: `applyTo` says which files they are for. */
import { yamlEntries } from '../syntax/yaml.ts';

const head = /^\uFEFF?---[^\S\r\n]*\r?\n([\s\S]*?)\r?\n---[^\S\r\n]*(?:\r?\n|$)/u;

/** Globs of `applyTo`, as VS Code reads them: separated by commas, braces left as they are; null = it says nothing. */
export function applyToOf(text: string): readonly string[] | null {
  const yaml = head.exec(text)?.[1];
  if (yaml === undefined) return null;
  const values = yamlEntries(yaml)
    .filter(({ key }) => /^applyTo(?:\[\d+\])?$/u.test(key))
    .flatMap(({ value }) => splitGlobs(value))
    .filter((glob) => glob !== '');
  return values.length === 0 ? null : values;
}

/** Commas within braces belong to the glob: `src/**\/*.{ts,tsx}`. */
function splitGlobs(value: string): readonly string[] {
  const globs: string[] = [''];
  let depth = 0;
  for (const character of value) {
    if (character === '{') depth++;
    if (character === '}') depth--;
    if (character === ',' && depth <= 0) globs.push('');
    else globs.push(`${globs.pop() ?? ''}${character}`);
  }
  return globs.map((glob) => glob.trim());
}

/** The text with its head blanked out, so that offsets stay what they are. */
export function withoutFrontMatter(text: string): string {
  const found = head.exec(text)?.[0];
  return found === undefined ? text : found.replace(/[^\r\n]/gu, ' ') + text.slice(found.length);
}
