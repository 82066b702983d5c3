/** All classes of a project by name, parts of partial classes put together, and what their names mean from where they are written. */
import type {
  FileDeclarations,
  FieldDeclaration,
  MethodDeclaration,
  PropertyDeclaration,
  TypeDeclaration,
  UsingDirective,
} from './declarations.ts';
import { simpleName } from './types.ts';
import type { TypeRef } from './types.ts';

export interface ClassInfo {
  /** `Shop.Orders.Order`; nested types after those around them. With the number of type parameters where it has any: `Entity`1`. */
  readonly key: string;
  readonly name: string;
  readonly namespace: string;
  readonly kind: TypeDeclaration['kind'];
  /** Parts in the order of the files. */
  readonly parts: readonly TypeDeclaration[];
  readonly files: readonly string[];
  readonly typeParameters: readonly string[];
  readonly abstract: boolean;
}

export type TypeArguments = ReadonlyMap<string, TypeRef>;

export interface ClassOfChain {
  readonly info: ClassInfo;
  readonly args: TypeArguments;
}

export interface CsProject {
  readonly classes: readonly ClassInfo[];
  /** Null = outside of the project. */
  resolve(type: TypeRef, from: ClassInfo): ClassInfo | null;
  byKey(key: string): ClassInfo | null;
  /** By the simple name alone. */
  named(name: string): readonly ClassInfo[];
  /** The class and the classes it extends, nearest first, with what their type parameters stand for. */
  chain(info: ClassInfo, args?: TypeArguments): readonly ClassOfChain[];
  /** Base types and interfaces written on a class, canonical. */
  basesOf(info: ClassInfo, args?: TypeArguments): readonly TypeRef[];
  /** Whether a class extends or implements, at any distance, a type of that simple name. */
  derivesFrom(info: ClassInfo, name: string): boolean;
  /** Type parameters replaced, and names that the project knows made absolute, so that they mean the same elsewhere. */
  canonical(type: TypeRef, from: ClassInfo, args?: TypeArguments): TypeRef;
}

export interface CsFile {
  readonly file: string;
  readonly declarations: FileDeclarations;
}

export function keyOf({
  namespace,
  outer,
  name,
  typeParameters,
}: Pick<TypeDeclaration, 'namespace' | 'outer' | 'name' | 'typeParameters'>): string {
  const arity = typeParameters.length > 0 ? `\`${String(typeParameters.length)}` : '';
  return [...(namespace === '' ? [] : [namespace]), ...outer, name].join('.') + arity;
}

function isOwn({ files: [file = ''] }: ClassInfo): boolean {
  return file !== '';
}

function rootOf(namespace: string): string {
  return namespace.split('.')[0] ?? '';
}

/** @param assemblyOf unit that a file is compiled in: global usings hold within it. By default all files are one */
export function createProject(files: readonly CsFile[], assemblyOf: (file: string) => string = () => ''): CsProject {
  const collected = new Map<string, { parts: TypeDeclaration[]; files: string[]; usings: UsingDirective[] }>();
  const globals = new Map<string, UsingDirective[]>();
  for (const { file, declarations } of files) {
    const global = declarations.usings.filter((using) => using.global);
    if (global.length > 0) globals.set(assemblyOf(file), [...(globals.get(assemblyOf(file)) ?? []), ...global]);
    for (const type of declarations.types) {
      const key = keyOf(type);
      let entry = collected.get(key);
      if (!entry) collected.set(key, (entry = { parts: [], files: [], usings: [] }));
      entry.parts.push(type);
      entry.files.push(file);
      entry.usings.push(...declarations.usings);
    }
  }
  const usings = new Map<string, readonly UsingDirective[]>();
  const infos = new Map<string, ClassInfo>();
  const bySimple = new Map<string, ClassInfo[]>();
  for (const [key, { parts, files: paths, usings: own }] of collected) {
    const [first] = parts;
    if (!first) continue;
    const info: ClassInfo = {
      key,
      name: first.name,
      namespace: first.namespace,
      kind: first.kind,
      parts,
      files: paths,
      typeParameters: first.typeParameters,
      abstract: parts.some(({ abstract }) => abstract),
    };
    infos.set(key, info);
    usings.set(key, own);
    const known = bySimple.get(info.name);
    if (known) known.push(info);
    else bySimple.set(info.name, [info]);
  }
  const chains = new Map<ClassInfo, readonly ClassOfChain[]>();
  const resolved = new Map<ClassInfo, Map<string, ClassInfo | null>>();

  const effective = new Map<ClassInfo, readonly UsingDirective[]>();
  function usingsOf(from: ClassInfo, home: string): readonly UsingDirective[] {
    let own = effective.get(from);
    if (!own) effective.set(from, (own = [...(usings.get(from.key) ?? []), ...(globals.get(home) ?? [])]));
    return own;
  }

  /** First words of its own namespaces: not every file with one is given. */
  const roots = new Set([...infos.values()].filter(isOwn).map(({ namespace }) => rootOf(namespace)));

  /** A package's class of a namespace that the file does not use, where it uses another package's of that name: ABP's `Identity`. */
  function isHidden(info: ClassInfo, own: readonly UsingDirective[]): boolean {
    if (isOwn(info) || own.some(({ name }) => name === info.namespace)) return false;
    const last = info.namespace.split('.').at(-1);
    return own.some(({ name, alias }) => alias === null && name.split('.').at(-1) === last && !roots.has(rootOf(name)));
  }

  const lookUp = (path: string, arity: string): ClassInfo | null => infos.get(path + arity) ?? null;

  function find(type: TypeRef, from: ClassInfo): ClassInfo | null {
    const arity = type.args.length > 0 ? `\`${String(type.args.length)}` : '';
    const { name } = type;
    const home = assemblyOf(from.files[0] ?? '');
    const own = usingsOf(from, home);
    const alias = own.some((using) => using.alias !== null)
      ? own.find((using) => using.alias !== null && using.alias === name.split('.')[0])
      : undefined;
    const path = alias ? alias.name + name.slice((alias.alias ?? '').length) : name;
    const exact = path.includes('.') || alias ? lookUp(path, arity) : null;
    if (exact) return exact;
    // In the class itself, then in what is around it: outer classes and namespaces.
    for (let around = from.key.replace(/`\d+$/u, ''); around !== ''; around = outsideOf(around)) {
      const found = lookUp(`${around}.${path}`, arity);
      if (found) return found;
    }
    const found = lookUp(path, arity);
    if (found) return found;
    for (const using of own) {
      const found = using.alias === null ? lookUp(`${using.name}.${path}`, arity) : null;
      if (found) return found;
    }
    const candidates = (bySimple.get(simpleName({ ...type, name: path })) ?? []).filter(
      (each) =>
        each.typeParameters.length === type.args.length &&
        (!path.includes('.') || each.key.replace(/`\d+$/u, '').endsWith(`.${path}`)) &&
        !isHidden(each, own),
    );
    if (candidates.length <= 1) return candidates[0] ?? null;
    // The file does not say which one it means (an implicit using): the nearest namespace, then the first.
    const shared = ({ namespace, files: [file = ''] }: ClassInfo): number =>
      sharedLength(namespace.split('.'), from.namespace.split('.')) + (assemblyOf(file) === home ? 100 : 0);
    return candidates.reduce((best, each) => (shared(each) > shared(best) ? each : best));
  }

  function resolve(type: TypeRef, from: ClassInfo): ClassInfo | null {
    let known = resolved.get(from);
    if (!known) resolved.set(from, (known = new Map<string, ClassInfo | null>()));
    const key = `${type.name}\`${String(type.args.length)}`;
    let found = known.get(key);
    if (found === undefined) known.set(key, (found = find(type, from)));
    return found;
  }

  function canonical(type: TypeRef, from: ClassInfo, args?: TypeArguments, depth = 0): TypeRef {
    const stands = type.args.length === 0 ? args?.get(type.name) : undefined;
    if (stands) return { ...stands, nullable: stands.nullable || type.nullable, rank: stands.rank + type.rank };
    const found = resolve(type, from);
    return {
      ...type,
      name: found ? found.key.replace(/`\d+$/u, '') : type.name,
      args: depth > 10 ? type.args : type.args.map((each) => canonical(each, from, args, depth + 1)),
    };
  }

  function basesOf(info: ClassInfo, args?: TypeArguments): readonly TypeRef[] {
    return info.parts.flatMap(({ bases }) => bases.map((base) => canonical(base, info, args)));
  }

  function chain(info: ClassInfo, args?: TypeArguments): readonly ClassOfChain[] {
    const plain = args === undefined || args.size === 0;
    const known = plain ? chains.get(info) : undefined;
    if (known) return known;
    const found: ClassOfChain[] = [];
    const seen = new Set<ClassInfo>();
    for (
      let at: ClassOfChain | null = { info, args: args ?? new Map() };
      at && !seen.has(at.info) && found.length < 40;
    ) {
      seen.add(at.info);
      found.push(at);
      at = baseOf(at);
    }
    if (plain) chains.set(info, found);
    return found;
  }

  function baseOf({ info, args }: ClassOfChain): ClassOfChain | null {
    for (const base of basesOf(info, args)) {
      const found = resolve(base, info);
      if (!found || found.kind === 'interface' || found.kind === 'enum') continue;
      return { info: found, args: argumentsFor(found, base) };
    }
    return null;
  }

  function derivesFrom(info: ClassInfo, name: string): boolean {
    const seen = new Set<ClassInfo>();
    const open = [info];
    for (let at = open.pop(); at; at = open.pop()) {
      if (seen.has(at)) continue;
      seen.add(at);
      for (const base of basesOf(at)) {
        if (simpleName(base) === name) return true;
        const found = resolve(base, at);
        if (found) open.push(found);
      }
    }
    return false;
  }

  return {
    classes: [...infos.values()],
    resolve,
    byKey: (key) => infos.get(key) ?? null,
    named: (name) => bySimple.get(name) ?? [],
    chain,
    basesOf,
    derivesFrom,
    canonical,
  };
}

export function argumentsFor({ typeParameters }: ClassInfo, type: TypeRef): TypeArguments {
  return new Map(
    typeParameters.flatMap((name, at): [string, TypeRef][] => (type.args[at] ? [[name, type.args[at]]] : [])),
  );
}

function sharedLength(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

export function propertiesOf({ parts }: ClassInfo): readonly PropertyDeclaration[] {
  return parts.flatMap(({ properties }) => properties);
}

export function fieldsOf({ parts }: ClassInfo): readonly FieldDeclaration[] {
  return parts.flatMap(({ fields }) => fields);
}

export function methodsOf({ parts }: ClassInfo): readonly MethodDeclaration[] {
  return parts.flatMap(({ methods }) => methods);
}

export function attributesOfClass({ parts }: ClassInfo): TypeDeclaration['attributes'] {
  return parts.flatMap(({ attributes }) => attributes);
}

/** Whether the class stands where `#nullable` is on; null = the project decides. */
export function nullableOf({ parts }: ClassInfo): boolean | null {
  return parts[0]?.nullable ?? null;
}

function outsideOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('.'), 0));
}
