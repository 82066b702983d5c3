/** `--view <name>`: a view that was saved in the project, read back. */
import { readFile, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { defaultName, nameProblem, nothingSaved, parseSaved, savedFolder } from '../core/diagram/saved.ts';
import type { SavedDiagram } from '../core/diagram/saved.ts';
import type { Invocation } from './command.ts';
import { UsageError } from './usageError.ts';

/** @param root of the project, relative to the directory of the invocation */
export async function readSavedView({ positionals, values }: Invocation, root: string): Promise<SavedDiagram> {
  if (typeof values.view !== 'string') return nothingSaved;
  const name = values.view.replace(/\.json$/u, '');
  const folder = join(resolve(positionals[0] ?? '.'), root, ...savedFolder.split('/'));
  if (nameProblem(name, []) !== null) throw new UsageError(`"${values.view}" cannot be the name of a view.`);
  let text: string;
  try {
    text = await readFile(join(folder, `${name}.json`), 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code !== 'ENOENT' && code !== 'ENOTDIR')
      throw new UsageError(
        `The view "${name}" cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      );
    // The default view is there without a file: nothing was changed in it.
    if (name === defaultName) return nothingSaved;
    const names = await namesIn(folder);
    throw new UsageError(
      `There is no view "${name}" in ${join(root, savedFolder)}; there is ${names.join(', ') || 'none'}.`,
    );
  }
  const parsed = parseSaved(text);
  if ('problem' in parsed) throw new UsageError(`${join(folder, `${name}.json`)} ${parsed.problem}.`);
  return parsed.saved;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    const files = await readdir(folder);
    return files.flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -'.json'.length)] : [])).sort();
  } catch {
    return [];
  }
}
