/** The example shop, and projects made up of a few files, as generators get them. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GenerateRequest, GenerateResult, Layer } from '../../../src/core/generators/generator.ts';
import { generate } from '../../../src/core/generators/generate.ts';
import { applyEdits } from '../../../src/core/writers/shared/edits.ts';
import type { Dialect } from '../../../src/core/schema/model.ts';
import { analyzeFiles, realSyntax } from '../../support/analyze.ts';

export type Files = Readonly<Record<string, string>>;
export type Generated = Extract<GenerateResult, { ok: true }>;

const shop = fileURLToPath(new URL('../../workspaces/shop', import.meta.url));

export function shopFiles(): Files {
  const names = readdirSync(shop, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(shop.length + 1)
        .replaceAll('\\', '/'),
    );
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(shop, name), 'utf8')]));
}

/** The shop without services, controllers and DTOs of its own, so that all of them are new. */
export function bareShopFiles(): Files {
  const own = /(?:\.(?:service|controller|subscriber|dto)\.ts|payment-gateway\.service\.ts)$/;
  const kept = Object.entries(shopFiles()).filter(([path]) => !own.test(path));
  return Object.fromEntries(kept.map(([path, text]) => [path, path.endsWith('.module.ts') ? withoutOwn(text) : text]));
}

function withoutOwn(text: string): string {
  const dropped = [...text.matchAll(/^import \{ (\w+) \} from '[^']*\.(?:service|controller|subscriber)';\n/gm)];
  const names = dropped.map(([, name = '']) => name);
  const imports = dropped.reduce((result, [line]) => result.replace(line, ''), text);
  return names
    .reduce((result, name) => result.replace(new RegExp(`\\b${name}\\b,?\\s*`, 'g'), ''), imports)
    .replace(/^ {2}(?:controllers|providers|exports): \[\s*\],\n/gm, '');
}

export async function requestFor(
  files: Files,
  over: Partial<GenerateRequest> = {},
  dialect: Dialect | null = 'postgresql',
): Promise<GenerateRequest> {
  const project = await analyzeFiles(files, dialect);
  const syntax = await realSyntax();
  await syntax.ensure(['typescript']);
  return {
    schema: project.schema,
    profile: project.profile,
    dialect: project.dialect,
    syntax,
    files: { paths: Object.keys(files).sort(), read: (path) => files[path] ?? null },
    entities: [],
    layers: ['repository', 'service', 'dto'],
    ...over,
  };
}

export async function generated(
  files: Files,
  entities: readonly string[] = [],
  layers: readonly Layer[] = ['repository', 'service', 'dto'],
): Promise<Generated> {
  const result = await generate(await requestFor(files, { entities, layers }));
  if (!result.ok) throw new Error(result.reason);
  return result;
}

/** The files as they are when the result has been written. */
export function written(files: Files, result: Generated): Files {
  const edited = result.edits.map(({ path, edits }) => [path, applyEdits(files[path] ?? '', edits)] as const);
  return {
    ...files,
    ...Object.fromEntries(edited),
    ...Object.fromEntries(result.files.map(({ path, text }) => [path, text])),
  };
}

/** Text of the one file whose path ends so. */
export function textOf({ files }: Generated, ending: string): string {
  const found = files.filter(({ path }) => path.endsWith(ending));
  if (found.length !== 1) throw new Error(`${found.length} generated files end with ${ending}`);
  return found[0]?.text ?? '';
}
