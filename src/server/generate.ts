/** Code around entities, from the files of a project as they are now. Nothing is written here: that is for the editor or the command line. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GenerateResult, Layer } from '../core/generators/generator.ts';
import { createSyntax } from '../core/syntax/syntax.ts';
import type { Syntax } from '../core/syntax/syntax.ts';
import type { Project } from '../core/workspace/snapshot.ts';
import { diskFileSystem } from './disk/fileSystem.ts';
import { openProjectFiles } from './generateFiles.ts';
import { absolutePath } from './paths.ts';

export interface GenerateSetting {
  /** Absolute path of the analysed directory, which `project.root` is relative to. */
  readonly directory: string;
  readonly wasmDirectory: string;
  readonly exclude: readonly string[];
  readonly maxFileSizeKb: number;
  /** Open buffers by path relative to the project's root; empty = none. */
  readonly buffers: ReadonlyMap<string, string>;
}

const syntaxes = new Map<string, Promise<Syntax>>();

async function syntaxFor(wasmDirectory: string): Promise<Syntax> {
  const known = syntaxes.get(wasmDirectory) ?? createSyntax((file) => readFile(join(wasmDirectory, file)));
  syntaxes.set(wasmDirectory, known);
  const syntax = await known;
  await syntax.ensure(['typescript']);
  return syntax;
}

/** Paths of the result are relative to the project's root. */
export async function generateCode(
  project: Project,
  entities: readonly string[],
  layers: readonly Layer[],
  setting: GenerateSetting,
): Promise<GenerateResult> {
  const directory = absolutePath(setting.directory, project.root);
  const { exclude, maxFileSizeKb, buffers } = setting;
  // Generators and the printer behind them are loaded when first asked for.
  const { generate } = await import('../core/generators/generate.ts');
  const result = await generate({
    schema: project.schema,
    profile: project.profile,
    dialect: project.dialect,
    root: project.root,
    files: await openProjectFiles({ directory, exclude, maxFileSizeKb, buffers }),
    syntax: await syntaxFor(setting.wasmDirectory),
    entities,
    layers,
  });
  return result.ok ? withoutHidden(directory, result) : result;
}

/** Files that are ignored, and therefore were not told to the generator, may lie where a new one would. */
async function withoutHidden(
  directory: string,
  result: Extract<GenerateResult, { ok: true }>,
): Promise<GenerateResult> {
  const hidden = new Set<string>();
  for (const { path } of result.files) {
    const isThere = await diskFileSystem.kindOf(absolutePath(directory, path)).then(
      () => true,
      () => false,
    );
    if (isThere) hidden.add(path);
  }
  if (hidden.size === 0) return result;
  return {
    ...result,
    files: result.files.filter(({ path }) => !hidden.has(path)),
    skipped: [
      ...result.skipped,
      ...[...hidden].map((path) => ({
        path,
        reason: 'There is a file of that name already, which is ignored or excluded.',
      })),
    ],
  };
}
