/** Which statement or import a name of a file is bound by, over all files of a project. */
import type { PyAssignment, PyImport, PyModule, PyStatement } from './declarations.ts';
import { submodule } from './declarations.ts';

export interface PyFile {
  readonly file: string;
  readonly module: PyModule;
}

export type PyBinding =
  | { readonly is: 'statement'; readonly file: string; readonly statement: PyStatement }
  /** A module of the workspace; `file` null = a folder without `__init__.py`. */
  | { readonly is: 'module'; readonly file: string | null; readonly module: string; readonly from: string }
  | { readonly is: 'external'; readonly path: string };

export interface ModuleGraph {
  readonly files: ReadonlyMap<string, PyModule>;
  /** Follows imports and re-exports; undefined = the file binds no such name. */
  binding(file: string, name: string): PyBinding | undefined;
  /** A name of a module, or its submodule. */
  memberOfModule(
    module: { readonly file: string | null; readonly module: string; readonly from: string },
    name: string,
  ): PyBinding | undefined;
  /** `User.orders = …` of a file, whose target is an attribute of something. */
  attributeAssignments(file: string): readonly PyAssignment[];
}

/** Re-exports followed at most. */
const deepest = 20;

interface Names {
  readonly statements: ReadonlyMap<string, PyStatement>;
  readonly imports: ReadonlyMap<string, PyImport>;
  readonly stars: readonly PyImport[];
  readonly attributes: readonly PyAssignment[];
}

const namesOfModules = new WeakMap<PyModule, Names>();

function namesOf(module: PyModule): Names {
  let names = namesOfModules.get(module);
  if (!names) namesOfModules.set(module, (names = collect(module)));
  return names;
}

function collect({ imports, statements }: PyModule): Names {
  const byName = new Map<string, PyStatement>();
  const imported = new Map<string, PyImport>();
  const attributes: PyAssignment[] = [];
  for (const each of imports) {
    if (each.local === '*' || each.local === '' || (each.fallback === true && imported.has(each.local))) continue;
    imported.set(each.local, each);
  }
  for (const statement of statements) {
    const name = nameOf(statement);
    if (name === null) continue;
    if (name.includes('.')) {
      if (statement.kind === 'assign') attributes.push(statement);
    } else if (!('fallback' in statement) || !(byName.has(name) || imported.has(name))) byName.set(name, statement);
  }
  return { statements: byName, imports: imported, stars: imports.filter(({ local }) => local === '*'), attributes };
}

/** Name that a statement binds. */
export function nameOf(statement: PyStatement): string | null {
  if (statement.kind === 'class' || statement.kind === 'function') return statement.name;
  if (statement.kind !== 'assign') return null;
  // `items += [x]` binds nothing anew; an annotation alone binds nothing either, except in a class.
  return statement.operator !== undefined || statement.value === null ? null : statement.target;
}

export function createModuleGraph(
  files: readonly PyFile[],
  resolve: (fromFile: string, module: string) => readonly string[],
): ModuleGraph {
  const modules = new Map(files.map(({ file, module }) => [file, module]));

  function importedBinding(file: string, each: PyImport, depth: number): PyBinding | undefined {
    const target = resolve(file, each.module)[0] ?? null;
    if (each.name === null)
      return target === null && !isNamespace(file, each.module)
        ? { is: 'external', path: each.module }
        : { is: 'module', file: target, module: each.module, from: file };
    const inside = target === null ? undefined : binding(target, each.name, depth + 1);
    if (inside) return inside;
    const child = submodule(each.module, each.name);
    const childFile = resolve(file, child)[0];
    if (childFile !== undefined) return { is: 'module', file: childFile, module: child, from: file };
    return { is: 'external', path: child };
  }

  /** `import app` of a folder without `__init__.py`: some file below is imported by its path. */
  function isNamespace(file: string, module: string): boolean {
    return (modules.get(file)?.imports ?? []).some(
      (other) => other.module.startsWith(`${module}.`) && resolve(file, other.module).length > 0,
    );
  }

  function binding(file: string, name: string, depth: number): PyBinding | undefined {
    const module = modules.get(file);
    if (!module || depth > deepest) return undefined;
    const { statements, imports, stars } = namesOf(module);
    const statement = statements.get(name);
    if (statement) return { is: 'statement', file, statement };
    const imported = imports.get(name);
    if (imported) return importedBinding(file, imported, depth);
    if (name.startsWith('_')) return undefined;
    for (const star of stars.toReversed()) {
      const target = resolve(file, star.module)[0];
      const found = target === undefined || target === file ? undefined : binding(target, name, depth + 1);
      if (found) return found;
    }
    // What a module outside of the workspace exports is not known: the first star may mean it.
    const outside = stars.find((star) => resolve(file, star.module).length === 0 && !star.module.startsWith('.'));
    return outside && { is: 'external', path: `${outside.module}.${name}` };
  }

  return {
    files: modules,
    binding: (file, name) => binding(file, name, 0),
    memberOfModule({ file, module, from }, name) {
      const inside = file === null ? undefined : binding(file, name, 0);
      if (inside) return inside;
      const child = submodule(module, name);
      const target = resolve(from, child)[0];
      if (target !== undefined) return { is: 'module', file: target, module: child, from };
      return file === null ? { is: 'module', file: null, module: child, from } : undefined;
    },
    attributeAssignments(file) {
      const module = modules.get(file);
      return module ? namesOf(module).attributes : [];
    },
  };
}
