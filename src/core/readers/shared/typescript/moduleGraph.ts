/** Follows names across files: imports, re-exports, namespaces. Built anew for each link; the declarations are shared. */
import type { Consulted } from './consulted.ts';
import type { ClassDeclaration, Declarations, EnumDeclaration, TypeShape, Value } from './declarations.ts';

/** What a name stands for. */
export type Declared =
  | { readonly is: 'class'; readonly file: string; readonly declaration: ClassDeclaration }
  | { readonly is: 'value'; readonly file: string; readonly name: string; readonly value: Value }
  | { readonly is: 'enum'; readonly file: string; readonly declaration: EnumDeclaration }
  /** A type alias; null for an interface. */
  | { readonly is: 'type'; readonly file: string; readonly name: string; readonly type: TypeShape | null }
  | { readonly is: 'namespace'; readonly file: string }
  /** From a package outside the workspace, or a file that was not read. */
  | { readonly is: 'external'; readonly module: string; readonly name: string };

/** Values and types have name spaces of their own: `const Status = …; type Status = …`. */
export type NameSpace = 'value' | 'type';

export interface ModuleGraph {
  /** Dotted names go through namespaces: `orm.Column`; Null = not declared anywhere known. */
  lookup(file: string, name: string, space: NameSpace): Declared | null;
  /** What look-ups went through; evaluation adds what it reads of classes. */
  readonly consulted: Consulted;
}

/** What `require('./message').Message` stands for, which no import declares; null = it is something else, or not known. */
export function requiredInPlace(graph: ModuleGraph, file: string, object: Value, key: unknown): Declared | null {
  if (object.is !== 'call' || object.callee.is !== 'name' || object.callee.name !== 'require') return null;
  const [module] = object.arguments;
  return module?.is === 'literal' && typeof key === 'string'
    ? graph.lookup(file, `require(${module.value}).${key}`, 'value')
    : null;
}

interface FileNames {
  readonly values: Map<string, Declared>;
  readonly types: Map<string, Declared>;
  readonly declarations: Declarations;
}

export function createModuleGraph(
  files: readonly { readonly file: string; readonly declarations: Declarations }[],
  resolve: (fromFile: string, module: string) => readonly string[],
  consulted: Consulted,
): ModuleGraph {
  /** The file whose look-up is under way. */
  let asking = '';
  const sources = new Map(files.map(({ file, declarations }) => [file, declarations]));
  const names = new Map<string, FileNames>();
  const imports = new Map<string, ReadonlyMap<string, { readonly imported: string; readonly module: string }>>();

  function namesOf(file: string): FileNames | null {
    const known = names.get(file);
    if (known) return known;
    const declarations = sources.get(file);
    if (!declarations) return null;
    const here = collectOnce(file, declarations);
    names.set(file, here);
    return here;
  }

  function importsOf(
    file: string,
    declarations: Declarations,
  ): ReadonlyMap<string, { imported: string; module: string }> {
    let known = imports.get(file);
    if (!known) imports.set(file, (known = new Map(declarations.imports.map((each) => [each.local, each]))));
    return known;
  }

  function fromModule(file: string, module: string, name: string, space: NameSpace, seen: Set<string>): Declared {
    const external: Declared = { is: 'external', module, name };
    for (const target of resolve(file, module)) {
      if (name === '*') return sources.has(target) ? { is: 'namespace', file: target } : external;
      const found = exported(target, name, space, seen);
      if (found) return found;
    }
    return external;
  }

  function exported(file: string, name: string, space: NameSpace, seen: Set<string>): Declared | null {
    const key = `${file}\0${name}`;
    const here = namesOf(file);
    if (!here || seen.has(key)) return null;
    seen.add(key);
    consulted.named(asking, file);
    let outside: Declared | null = null;
    for (const each of here.declarations.exports) {
      if (each.exported !== name) continue;
      const found =
        each.module === null
          ? local(file, each.local, space, seen)
          : fromModule(file, each.module, each.local, space, seen);
      if (found && found.is !== 'external') return found;
      outside ??= found;
    }
    const own = (space === 'type' ? here.types.get(name) : undefined) ?? here.values.get(name) ?? here.types.get(name);
    if (own) return own;
    for (const each of here.declarations.exports) {
      if (each.exported !== '*' || each.module === null) continue;
      const found = fromModule(file, each.module, name, space, seen);
      if (found.is !== 'external') return found;
      // `export * from 'typeorm'`: a name nobody here declares may come from there.
      if (resolve(file, each.module).length === 0) outside ??= found;
    }
    return outside;
  }

  function local(file: string, name: string, space: NameSpace, seen: Set<string>): Declared | null {
    const here = namesOf(file);
    if (!here) return null;
    const own = space === 'type' ? (here.types.get(name) ?? here.values.get(name)) : here.values.get(name);
    if (own) return own;
    const imported = importsOf(file, here.declarations).get(name);
    if (imported) return fromModule(file, imported.module, imported.imported, space, seen);
    return here.types.get(name) ?? null;
  }

  function find(file: string, name: string, space: NameSpace): Declared | null {
    const found = local(file, name, space, new Set());
    if (found) return found;
    const dot = name.indexOf('.');
    if (dot === -1) return null;
    const [, module, given] = /^require\(([^)]+)\)\.(\w+)$/.exec(name) ?? [];
    if (module !== undefined && given !== undefined) return fromModule(file, module, given, space, new Set());
    const head = local(file, name.slice(0, dot), 'value', new Set());
    const rest = name.slice(dot + 1);
    if (head?.is === 'namespace') return exported(head.file, rest, space, new Set());
    if (head?.is === 'external' && head.name === '*') return { ...head, name: rest };
    return null;
  }

  /** Every file asks for `Column` and the like once per member. */
  const found = {
    value: new Map<string, Map<string, Declared | null>>(),
    type: new Map<string, Map<string, Declared | null>>(),
  };

  return {
    lookup(file, name, space) {
      let inFile = found[space].get(file);
      if (!inFile) found[space].set(file, (inFile = new Map<string, Declared | null>()));
      let declared = inFile.get(name);
      if (declared === undefined) {
        asking = file;
        inFile.set(name, (declared = find(file, name, space)));
        // A class is no more than a name until something reads its members.
        if (declared?.is === 'value' || declared?.is === 'enum' || declared?.is === 'type')
          consulted.read(file, declared.file);
      }
      return declared;
    },
    consulted,
  };
}

/** Declarations outlive the graph, and so do their names: only changed files are collected again. */
const collected = new WeakMap<Declarations, { readonly file: string; readonly names: FileNames }>();

function collectOnce(file: string, declarations: Declarations): FileNames {
  let known = collected.get(declarations);
  if (known?.file !== file) collected.set(declarations, (known = { file, names: collect(file, declarations) }));
  return known.names;
}

function collect(file: string, declarations: Declarations): FileNames {
  const values = new Map<string, Declared>();
  const types = new Map<string, Declared>();
  for (const { name, type } of declarations.types) types.set(name, { is: 'type', file, name, type });
  for (const [name, value] of declarations.values) values.set(name, { is: 'value', file, name, value });
  for (const declaration of declarations.enums) {
    const declared: Declared = { is: 'enum', file, declaration };
    values.set(declaration.name, declared);
    types.set(declaration.name, declared);
  }
  for (const declaration of declarations.classes) {
    const declared: Declared = { is: 'class', file, declaration };
    values.set(declaration.name, declared);
    types.set(declaration.name, declared);
  }
  return { values, types, declarations };
}
