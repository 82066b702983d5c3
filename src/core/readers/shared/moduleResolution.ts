/**
 * Where an import leads, over a set of known paths: relative paths, tsconfig `paths` and `baseUrl`, and the packages of the
 * workspace itself; for Python files see `python/resolution.ts`. Follows TypeScript's module resolution (handbook, "Modules – Reference"), with two leniencies: a
 * package's build output stands for its source, and configurations further up are tried where the nearest has no answer.
 */
import { createJavaPackages } from './java/packages.ts';
import { ancestorsOf, directoryOf, joinPath } from './paths.ts';
import { createPythonResolver, isPython } from './python/resolution.ts';
import { readTsconfigs } from './tsconfig.ts';
import type { Tsconfig, TsconfigSource } from './tsconfig.ts';

export interface PackageSource {
  /** Its `package.json`, or the folder of it. */
  readonly path: string;
  readonly name: string;
  readonly main: string | null;
}

export interface ResolverInput {
  /** All source files known, relative to the analysed directory. */
  readonly files: ReadonlySet<string>;
  readonly tsconfigs: readonly TsconfigSource[];
  readonly packages: readonly PackageSource[];
}

/** The files an import may mean; [] = outside the workspace. */
export type Resolver = (fromFile: string, module: string) => readonly string[];

const extensions = ['.ts', '.tsx', '.mts', '.cts', '.d.ts', '.js', '.jsx', '.mjs', '.cjs'];
/** An import names the file that will be there after compilation. */
const compiled: readonly (readonly [string, readonly string[]])[] = [
  ['.js', ['.ts', '.tsx', '.d.ts']],
  ['.jsx', ['.tsx']],
  ['.mjs', ['.mts']],
  ['.cjs', ['.cts']],
];
const outputFolders = /^(?:dist|lib|build|out)\//;

export function createResolver(input: ResolverInput): Resolver {
  const configs = configsByFolder(readTsconfigs(input.tsconfigs));
  const packages = input.packages
    .map(({ path, name, main }) => ({ folder: path.replace(/(?:^|\/)package\.json$/, ''), name, main }))
    .sort((a, b) => b.name.length - a.name.length);
  const known = new Map<string, readonly string[]>();

  function atPath(path: string | null): string | null {
    if (path === null) return null;
    if (input.files.has(path)) return path;
    for (const [output, sources] of compiled) {
      if (!path.endsWith(output)) continue;
      const stem = path.slice(0, -output.length);
      for (const source of sources) if (input.files.has(stem + source)) return stem + source;
    }
    for (const extension of extensions) if (input.files.has(path + extension)) return path + extension;
    const index = path === '' ? 'index' : `${path}/index`;
    for (const extension of extensions) if (input.files.has(index + extension)) return index + extension;
    return null;
  }

  function byConfig(config: Tsconfig, module: string): string | null {
    const mapping = bestMapping(config, module);
    if (mapping) {
      for (const target of mapping.targets) {
        const file = atPath(
          joinPath(
            '',
            target.replace('*', () => mapping.matched),
          ),
        );
        if (file !== null) return file;
      }
    }
    return config.baseUrl === null ? null : atPath(joinPath(config.baseUrl, module));
  }

  function byPackage(module: string): string | null {
    for (const { folder, name, main } of packages) {
      if (module !== name && !module.startsWith(`${name}/`)) continue;
      const inside = module.slice(name.length + 1);
      const entry = inside === '' ? (main ?? 'index').replace(/^\.\//, '') : inside;
      const source = entry.replace(outputFolders, '');
      const tries = [entry, `src/${source}`, source, ...(inside === '' ? ['src/index', 'src/main', 'index'] : [])];
      for (const attempt of tries) {
        const file = atPath(joinPath(folder, attempt));
        if (file !== null) return file;
      }
    }
    return null;
  }

  function find(folder: string, module: string): string | null {
    if (/^\.{0,2}(?:\/|$)/.test(module)) return module.startsWith('/') ? null : atPath(joinPath(folder, module));
    for (const ancestor of ancestorsOf(folder)) {
      for (const config of configs.get(ancestor) ?? []) {
        const file = byConfig(config, module);
        if (file !== null) return file;
      }
    }
    return byPackage(module);
  }

  const ofPython = createPythonResolver(input.files);
  const javaPackages = createJavaPackages(input.files);
  return (fromFile, module) => {
    if (isPython(fromFile)) return ofPython(fromFile, module);
    if (fromFile.endsWith('.java') || fromFile.endsWith('.kt')) return javaPackages.find(module, fromFile);
    const folder = directoryOf(fromFile);
    const key = `${folder}\0${module}`;
    let answer = known.get(key);
    if (!answer) {
      const file = find(folder, module);
      known.set(key, (answer = file === null ? [] : [file]));
    }
    return answer;
  };
}

/** `tsconfig.json` first, then `tsconfig.app.json` and the like, which a solution-style `tsconfig.json` only refers to. */
function configsByFolder(configs: readonly Tsconfig[]): ReadonlyMap<string, readonly Tsconfig[]> {
  const rank = (config: Tsconfig): number => (/(?:^|\/)tsconfig\.json$/.test(config.path) ? 0 : 1);
  const sorted = configs.toSorted((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1));
  const byFolder = new Map<string, Tsconfig[]>();
  for (const config of sorted) {
    const folder = directoryOf(config.path);
    const here = byFolder.get(folder);
    if (here) here.push(config);
    else byFolder.set(folder, [config]);
  }
  return byFolder;
}

/** An exact pattern wins, then the one with the longest part before its `*`. */
function bestMapping(
  config: Tsconfig,
  module: string,
): { readonly targets: readonly string[]; readonly matched: string } | null {
  let best: { readonly targets: readonly string[]; readonly matched: string; readonly length: number } | null = null;
  for (const { pattern, targets } of config.paths) {
    const star = pattern.indexOf('*');
    if (star === -1) {
      if (pattern === module) return { targets, matched: '' };
      continue;
    }
    const suffix = pattern.slice(star + 1);
    if (module.length < pattern.length - 1 || !module.startsWith(pattern.slice(0, star)) || !module.endsWith(suffix))
      continue;
    if (best && best.length >= star) continue;
    best = { targets, matched: module.slice(star, module.length - suffix.length), length: star };
  }
  return best;
}
