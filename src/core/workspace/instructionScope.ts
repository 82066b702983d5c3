/** Which projects an instructions file speaks of: `applyTo` in its head, globs that are looked for at any depth as VS Code does. */
import ignore from 'ignore';
import { applyToOf } from '../profile/frontMatter.ts';
import { folderOfProfileFile } from '../profile/files.ts';

/** Whether one of the files (of a project) is among those the instructions are for; without `applyTo` they are for all. */
export function speaksOf(path: string, text: string, files: readonly string[]): boolean {
  const globs = applyToOf(text);
  if (globs === null || globs.some((glob) => /^(?:\*\*|\*|\*\*\/\*)$/u.test(glob))) return true;
  const folder = folderOfProfileFile(path);
  const start = folder === '' ? 0 : folder.length + 1;
  const rules = ignore().add(
    globs.flatMap(alternatives).map((glob) => (/^(?:\/|\*\*\/)/u.test(glob) ? glob : `**/${glob}`)),
  );
  return files.some((file) => (folder === '' || file.startsWith(`${folder}/`)) && rules.ignores(file.slice(start)));
}

/** `{a,b}` is no part of gitignore's globs: one glob each. At most as many as anyone writes. */
function alternatives(glob: string): readonly string[] {
  const braces = /\{([^{}]*)\}/u.exec(glob);
  if (!braces) return [glob];
  return (braces[1] ?? '')
    .split(',')
    .slice(0, 20)
    .flatMap((each) => alternatives(glob.replace(braces[0], () => each.trim())))
    .slice(0, 100);
}
