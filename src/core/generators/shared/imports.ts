/** Imports of a generated file: collected while its text is made, printed as the neighbours print theirs. */
import { directoryOf } from '../../readers/shared/paths.ts';
import type { NamedFile } from './entityPlan.ts';
import type { ProjectPlan } from './project.ts';

interface Names {
  /** A file of the project, not a package. */
  readonly own: boolean;
  readonly values: Set<string>;
  readonly types: Set<string>;
}

export class Imports {
  readonly #project: ProjectPlan;
  readonly #from: string;
  readonly #modules = new Map<string, Names>();
  readonly #defaults = new Map<string, string>();

  /** `from` is the path of the file that imports. */
  constructor(project: ProjectPlan, from: string) {
    this.#project = project;
    this.#from = from;
  }

  /** Names that are there at run time: classes that are called, injected or named in a decorator, functions, enums. */
  use(module: string, ...names: string[]): void {
    for (const name of names) this.#names(module, false).values.add(name);
  }

  /** Names that are types, or classes used as types only. */
  useType(module: string, ...names: string[]): void {
    for (const name of names) this.#names(module, false).types.add(name);
  }

  /** `import request from 'supertest'` */
  useDefault(module: string, local: string): void {
    this.#defaults.set(module, local);
    this.#names(module, false);
  }

  useDefaultFile(path: string, local: string): void {
    if (path === this.#from) return;
    const module = specifierOf(this.#project, this.#from, path);
    this.#defaults.set(module, local);
    this.#names(module, true);
  }

  useFile(path: string, ...names: string[]): void {
    if (path === this.#from) return;
    for (const name of names) this.#names(specifierOf(this.#project, this.#from, path), true).values.add(name);
  }

  useFileType(path: string, ...names: string[]): void {
    if (path === this.#from) return;
    for (const name of names) this.#names(specifierOf(this.#project, this.#from, path), true).types.add(name);
  }

  useEntity({ path, name }: NamedFile): void {
    this.useFile(path, name);
  }

  /** Ends with an empty line; '' where nothing is imported. */
  toString(): string {
    const modules = [...this.#modules].toSorted(([a, x], [b, y]) => rank(a, x) - rank(b, y) || (a < b ? -1 : 1));
    const lines = modules.flatMap(([module, { values, types }]) => {
      const local = this.#defaults.get(module);
      const byDefault = local === undefined ? [] : [`import ${local} from '${module}';`];
      return [...byDefault, ...this.#statements(module, values, types)];
    });
    return lines.length === 0 ? '' : `${lines.join('\n')}\n\n`;
  }

  #statements(module: string, values: ReadonlySet<string>, types: ReadonlySet<string>): string[] {
    const onlyTypes = [...types].filter((name) => !values.has(name));
    const statement = (keyword: string, names: readonly string[]): string[] =>
      names.length === 0 ? [] : [`${keyword} { ${names.toSorted(byName).join(', ')} } from '${module}';`];
    if (!this.#project.style.typeImports) return statement('import', [...values, ...onlyTypes]);
    return [...statement('import type', onlyTypes), ...statement('import', [...values])];
  }

  #names(module: string, own: boolean): Names {
    let names = this.#modules.get(module);
    if (!names) this.#modules.set(module, (names = { own, values: new Set(), types: new Set() }));
    return names;
  }
}

function byName(a: string, b: string): number {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  return x < y ? -1 : x > y ? 1 : a < b ? -1 : 1;
}

/** Packages, then the project's own files by alias, then relative ones from far to near. */
function rank(module: string, { own }: Names): number {
  if (module.startsWith('./')) return 3;
  if (module.startsWith('../')) return 2;
  return own ? 1 : 0;
}

/** What an import of `to` says in `from`: relative within a module, by the project's path alias across modules if it has one. */
export function specifierOf(project: ProjectPlan, from: string, to: string): string {
  const stem = to.replace(/\.[cm]?tsx?$/, '');
  const ending = endingOf(project, to);
  const relative = relativePath(directoryOf(from), stem);
  const alias = sameModule(project, from, to) ? null : aliasOf(project, stem);
  return (alias ?? relative) + ending;
}

function relativePath(folder: string, to: string): string {
  const source = folder === '' ? [] : folder.split('/');
  const target = to.split('/');
  let same = 0;
  while (same < source.length && same < target.length - 1 && source[same] === target[same]) same++;
  const up = source.length - same;
  return `${up === 0 ? './' : '../'.repeat(up)}${target.slice(same).join('/')}`;
}

/** The first folder below the sources is the module. */
function sameModule(project: ProjectPlan, from: string, to: string): boolean {
  const moduleOf = (path: string): string => {
    const parts = directoryOf(path).split('/');
    return parts.slice(0, project.sharedFolder.split('/').length).join('/');
  };
  return moduleOf(from) === moduleOf(to);
}

/** By the alias with the longest fixed part whose like other files of the project use. */
function aliasOf(project: ProjectPlan, stem: string): string | null {
  const used = modulesUsed(project);
  const candidates = project.tsconfigs.flatMap(({ baseUrl, paths }) => [
    ...paths.flatMap(({ pattern, targets }) => targets.map((target) => ({ pattern, target }))),
    ...(baseUrl === null ? [] : [{ pattern: '*', target: baseUrl === '' ? '*' : `${baseUrl}/*` }]),
  ]);
  const matching = candidates.flatMap(({ pattern, target }) => {
    const fixed = target.split('*')[0] ?? '';
    if (!pattern.endsWith('*') || !target.endsWith('*') || !stem.startsWith(fixed)) return [];
    const module = pattern.slice(0, -1) + stem.slice(fixed.length);
    const head = pattern === '*' ? `${module.split('/')[0] ?? ''}/` : pattern.slice(0, -1);
    return used.some((each) => each.startsWith(head)) ? [{ module, length: fixed.length }] : [];
  });
  return matching.toSorted((a, b) => b.length - a.length)[0]?.module ?? null;
}

function endingOf(project: ProjectPlan, to: string): string {
  const relative = modulesUsed(project).filter((module) => module.startsWith('.'));
  const withJs = relative.filter((module) => /\.[cm]?js$/.test(module)).length;
  const withTs = relative.filter((module) => /\.[cm]?ts$/.test(module)).length;
  const extension = /\.([cm]?)tsx?$/.exec(to)?.[1] ?? '';
  if (withTs * 2 > relative.length && relative.length > 0) return `.${extension}ts`;
  if (withJs * 2 > relative.length && relative.length > 0) return `.${extension}js`;
  return relative.length === 0 && project.manifest.esm ? `.${extension}js` : '';
}

const modules = new WeakMap<ProjectPlan, readonly string[]>();

/** Every module that files of the project import. */
function modulesUsed(project: ProjectPlan): readonly string[] {
  let found = modules.get(project);
  if (!found) {
    found = project.request.schema.code.files.flatMap(({ imports }) => imports.map(({ module }) => module));
    modules.set(project, found);
  }
  return found;
}
