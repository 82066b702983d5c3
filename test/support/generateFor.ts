/** Generates code for a few files as the product does; only the disk is left out. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generate } from '../../src/core/generators/generate.ts';
import type { GenerateResult, Layer } from '../../src/core/generators/generator.ts';
import { layers as allLayers } from '../../src/core/generators/generator.ts';
import type { Dialect } from '../../src/core/schema/model.ts';
import type { Project } from '../../src/core/workspace/snapshot.ts';
import { applyEdits } from '../../src/core/writers/shared/edits.ts';
import { analyzeFiles, realSyntax } from './analyze.ts';

export type Files = Readonly<Record<string, string>>;

export interface Generated {
  /** Every file of the project as it is afterwards. */
  readonly files: Files;
  /** Paths that were not there before. */
  readonly added: readonly string[];
  readonly result: Extract<GenerateResult, { ok: true }>;
}

/** The files of one of the example workspaces by path. */
export function workspaceFiles(name: string): Files {
  const folder = fileURLToPath(new URL(`../workspaces/${name}/`, import.meta.url));
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/'));
  const texts = paths.filter((path) => /\.(?:ts|json|md|js|mjs)$|prettierrc$|editorconfig$/u.test(path));
  return Object.fromEntries(
    texts
      .filter((path) => !/(?:^|\/)(?:node_modules|dist)\//u.test(path))
      .map((path) => [path, readFileSync(folder + path, 'utf8')]),
  );
}

export async function generateFor(
  files: Files,
  entities: readonly string[],
  layers: readonly Layer[] = allLayers,
  dialect: Dialect | null = null,
): Promise<Generated> {
  const project = await analyzed(files, dialect);
  const syntax = await realSyntax();
  await syntax.ensure(['typescript']);
  const result = await generate({
    schema: project.schema,
    profile: project.profile,
    dialect: project.dialect,
    files: { paths: Object.keys(files).toSorted(), read: (path) => files[path] ?? null },
    syntax,
    entities,
    layers,
  });
  assert.ok(result.ok, result.ok ? '' : result.reason);
  const after: Record<string, string> = { ...files };
  for (const { path, text } of result.files) after[path] = text;
  for (const { path, edits } of result.edits) after[path] = applyEdits(files[path] ?? '', edits);
  return { files: after, added: result.files.map(({ path }) => path), result };
}

const known = new WeakMap<Files, Map<Dialect | null, Promise<Project>>>();

/** Analysed once for all tests of the same files. */
function analyzed(files: Files, dialect: Dialect | null): Promise<Project> {
  const projects = known.get(files) ?? new Map<Dialect | null, Promise<Project>>();
  known.set(files, projects);
  const sources = Object.fromEntries(Object.entries(files).filter(([path]) => /\.(?:ts|json|md)$/u.test(path)));
  const project = projects.get(dialect) ?? analyzeFiles(sources, dialect);
  projects.set(dialect, project);
  return project;
}

/** The text of a file that must be there. */
export function textOf({ files }: Pick<Generated, 'files'>, path: string): string {
  const text = files[path];
  assert.ok(text !== undefined, `${path} is not there; there are ${Object.keys(files).join(', ')}`);
  return text;
}
