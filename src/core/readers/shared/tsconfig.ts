/** What of `tsconfig.json` decides where an import leads: `baseUrl` and `paths`, through `extends`. */
import { directoryOf, joinPath } from './paths.ts';

export interface TsconfigSource {
  readonly path: string;
  readonly text: string;
}

export interface PathMapping {
  /** `@app/*`, at most one `*`. */
  readonly pattern: string;
  /** Targets relative to the analysed directory, `*` not yet filled in. */
  readonly targets: readonly string[];
}

export interface Tsconfig {
  readonly path: string;
  readonly baseUrl: string | null;
  readonly paths: readonly PathMapping[];
}

interface RawOptions {
  /** Folder of the file that states `baseUrl`, and the value. */
  readonly baseUrl: { readonly folder: string; readonly value: string } | null;
  readonly paths: { readonly folder: string; readonly value: Readonly<Record<string, unknown>> } | null;
}

/** Configurations that are not JSON are left out: an editor says so, and imports still resolve by their other ways. */
export function readTsconfigs(sources: readonly TsconfigSource[]): readonly Tsconfig[] {
  const texts = new Map(sources.map(({ path, text }) => [path, text]));
  return sources.map(({ path }) => {
    const raw = optionsOf(path, texts, new Set());
    const folder = directoryOf(path);
    const place = (base: string, value: string): string | null =>
      value.startsWith('${configDir}') ? joinPath(folder, value.slice(12)) : joinPath(base, value);
    const baseUrl = raw.baseUrl && place(raw.baseUrl.folder, raw.baseUrl.value);
    const pathsBase = baseUrl ?? raw.paths?.folder ?? folder;
    const paths = Object.entries(raw.paths?.value ?? {}).map(([pattern, targets]) => ({
      pattern,
      targets: (Array.isArray(targets) ? targets : [])
        .filter((target): target is string => typeof target === 'string')
        .map((target) => place(pathsBase, target))
        .filter((target) => target !== null),
    }));
    return { path, baseUrl, paths };
  });
}

function optionsOf(path: string, texts: ReadonlyMap<string, string>, seen: Set<string>): RawOptions {
  const nothing: RawOptions = { baseUrl: null, paths: null };
  const text = texts.get(path);
  if (text === undefined || seen.has(path)) return nothing;
  seen.add(path);
  const json = parseJsonc(text);
  if (!isObject(json)) return nothing;
  const folder = directoryOf(path);
  const bases = (Array.isArray(json.extends) ? json.extends : [json.extends]).filter(
    (base): base is string => typeof base === 'string',
  );
  let merged = nothing;
  for (const base of bases) {
    const file = baseFile(folder, base, texts);
    if (file === null) continue;
    const inherited = optionsOf(file, texts, seen);
    merged = { baseUrl: inherited.baseUrl ?? merged.baseUrl, paths: inherited.paths ?? merged.paths };
  }
  const own = isObject(json.compilerOptions) ? json.compilerOptions : {};
  return {
    baseUrl: typeof own.baseUrl === 'string' ? { folder, value: own.baseUrl } : merged.baseUrl,
    paths: isObject(own.paths) ? { folder, value: own.paths } : merged.paths,
  };
}

/** A base named by a package (`@tsconfig/node22`) is outside the workspace and states no paths of this workspace. */
function baseFile(folder: string, base: string, texts: ReadonlyMap<string, string>): string | null {
  if (!base.startsWith('.') && !base.startsWith('${configDir}')) return null;
  const path = joinPath(folder, base.replace('${configDir}', '.'));
  if (path === null) return null;
  return [path, `${path}.json`, `${path}/tsconfig.json`].find((candidate) => texts.has(candidate)) ?? null;
}

/** JSON with comments, trailing commas and a byte order mark, as `tsc` reads it; null where it is not even that. */
export function parseJsonc(text: string): unknown {
  let plain = '';
  for (let i = text.charCodeAt(0) === 0xfeff ? 1 : 0; i < text.length;) {
    const char = text[i] ?? '';
    if (char === '"') {
      let end = i + 1;
      while (end < text.length && text[end] !== '"' && text[end] !== '\n') end += text[end] === '\\' ? 2 : 1;
      plain += text.slice(i, end + 1);
      i = end + 1;
    } else if (char === '/' && text[i + 1] === '/') {
      while (i < text.length && text[i] !== '\n') i++;
    } else if (char === '/' && text[i + 1] === '*') {
      const end = text.indexOf('*/', i + 2);
      i = end === -1 ? text.length : end + 2;
    } else {
      if (char === '}' || char === ']') plain = plain.replace(/,\s*$/, '');
      plain += char;
      i++;
    }
  }
  try {
    return JSON.parse(plain) as unknown;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
