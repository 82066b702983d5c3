/** Classes of all files by name, and what names and constants in them mean. */
import type { JavaAnnotation, JavaClass, JavaFile, JavaType, JavaValue } from './model.ts';
import { simpleName } from './typeText.ts';

/** A class with the file it stands in. */
export interface KnownClass {
  readonly qualified: string;
  readonly declaration: JavaClass;
  readonly file: JavaFile;
  readonly path: string;
}

export interface JavaWorld {
  readonly classes: readonly KnownClass[];
  /** By its full name: `shop.Order.Status`. */
  byName(qualified: string): KnownClass | undefined;
  /** What a name means where it is written; undefined = a class of a library, or none. */
  resolve(name: string, from: KnownClass): KnownClass | undefined;
  /** Full name of a type that is written somewhere: as imported where it is not one of ours. */
  qualify(name: string, from: KnownClass): string;
  /** Constants put in and texts joined; null where it is not known. */
  text(value: JavaValue | undefined, from: KnownClass): string | null;
  number(value: JavaValue | undefined, from: KnownClass): number | null;
  flag(value: JavaValue | undefined, from: KnownClass): boolean | null;
}

export function createWorld(files: readonly { readonly path: string; readonly java: JavaFile }[]): JavaWorld {
  const classes = files.flatMap(({ path, java }) =>
    java.classes.map((declaration): KnownClass => ({
      qualified: java.package === '' ? declaration.name : `${java.package}.${declaration.name}`,
      declaration,
      file: java,
      path,
    })),
  );
  const byQualified = new Map<string, KnownClass>();
  const bySimple = new Map<string, KnownClass | null>();
  for (const each of classes) {
    if (!byQualified.has(each.qualified)) byQualified.set(each.qualified, each);
    const simple = simpleName(each.declaration.name);
    bySimple.set(simple, bySimple.has(simple) ? null : each);
  }
  /** Constants that Kotlin declares outside of classes, by their full names. */
  const topLevel = new Map<string, KnownClass>();
  for (const each of classes)
    if (each.declaration.facade)
      for (const { name } of each.declaration.fields)
        topLevel.set(each.file.package === '' ? name : `${each.file.package}.${name}`, each);
  const answers = new Map<KnownClass, Map<string, KnownClass | null>>();

  function resolve(name: string, from: KnownClass): KnownClass | undefined {
    let known = answers.get(from);
    if (!known) answers.set(from, (known = new Map<string, KnownClass | null>()));
    let found = known.get(name);
    if (found === undefined) known.set(name, (found = find(name, from) ?? null));
    return found ?? undefined;
  }

  function find(name: string, from: KnownClass): KnownClass | undefined {
    const { file } = from;
    const [first = '', ...rest] = name.split('.');
    // Nested in the class itself or in those around it.
    for (let outer = from.qualified; outer !== file.package && outer !== ''; outer = parentOf(outer)) {
      const nested = byQualified.get(`${outer}.${name}`);
      if (nested) return nested;
    }
    const nestedIn = inherited(first, from, 0);
    if (nestedIn && rest.length === 0) return nestedIn;
    const imported = importedAs(file).get(first);
    if (imported !== undefined) return byQualified.get([imported, ...rest].join('.'));
    const here = byQualified.get(file.package === '' ? name : `${file.package}.${name}`);
    if (here) return here;
    for (const each of file.imports) {
      const found = each.wildcard ? byQualified.get(`${each.name}.${name}`) : undefined;
      if (found) return found;
    }
    // Written with its package; or, in half-typed code, not imported yet.
    return (
      byQualified.get(name) ?? (rest.length === 0 && !isLibrary(first) ? (bySimple.get(first) ?? undefined) : undefined)
    );
  }

  /** A class may use the names of those nested in its superclass. */
  function inherited(name: string, from: KnownClass, depth: number): KnownClass | undefined {
    const base = from.declaration.extends;
    if (base === null || depth > 5) return undefined;
    const baseName = base.name;
    const { file } = from;
    const parent =
      byQualified.get(
        importedAs(file).get(baseName) ?? `${file.package === '' ? '' : `${file.package}.`}${baseName}`,
      ) ?? undefined;
    if (!parent || parent === from) return undefined;
    return byQualified.get(`${parent.qualified}.${name}`) ?? inherited(name, parent, depth + 1);
  }

  function qualify(name: string, from: KnownClass): string {
    const known = resolve(name, from);
    if (known) return known.qualified;
    const [first = '', ...rest] = name.split('.');
    const imported = from.file.imports.find(
      (each) => !each.wildcard && !each.static && simpleName(each.name) === first,
    );
    return imported ? [imported.name, ...rest].join('.') : name;
  }

  function constant(name: string, from: KnownClass, depth: number): { value: JavaValue; owner: KnownClass } | null {
    const dot = name.lastIndexOf('.');
    const field = simpleName(name);
    const owners: (KnownClass | undefined)[] = [];
    if (dot !== -1) owners.push(resolve(name.slice(0, dot), from));
    else {
      for (let outer = from.qualified; outer !== from.file.package && outer !== ''; outer = parentOf(outer))
        owners.push(byQualified.get(outer));
      for (const each of from.file.imports) {
        if (each.wildcard)
          owners.push(each.static ? byQualified.get(each.name) : topLevel.get(`${each.name}.${field}`));
        else if (simpleName(each.name) === field)
          owners.push(byQualified.get(parentOf(each.name)), topLevel.get(each.name));
      }
      owners.push(topLevel.get(from.file.package === '' ? field : `${from.file.package}.${field}`));
    }
    for (const owner of owners) {
      const found = owner && fieldOf(owner, field, depth);
      if (found) return found;
    }
    return null;
  }

  function fieldOf(owner: KnownClass, name: string, depth: number): { value: JavaValue; owner: KnownClass } | null {
    const value = owner.declaration.fields.find((field) => field.name === name)?.value;
    if (value) return { value, owner };
    if (depth > 6) return null;
    for (const base of [owner.declaration.extends, ...owner.declaration.implements]) {
      const parent = base ? resolve(base.name, owner) : undefined;
      const found = parent && parent !== owner ? fieldOf(parent, name, depth + 1) : null;
      if (found) return found;
    }
    return null;
  }

  function evaluate(value: JavaValue | undefined, from: KnownClass, depth: number): string | number | boolean | null {
    if (!value || depth > 40) return null;
    switch (value.kind) {
      case 'string':
      case 'number':
      case 'boolean':
        return value.value;
      case 'name': {
        const found = constant(value.name, from, 0);
        return found ? evaluate(found.value, found.owner, depth + 1) : null;
      }
      case 'binary': {
        const left = evaluate(value.left, from, depth + 1);
        const right = evaluate(value.right, from, depth + 1);
        if (left === null || right === null) return null;
        return operate(value.operator, left, right);
      }
      case 'list':
        return value.items.length === 1 ? evaluate(value.items[0], from, depth + 1) : null;
      default:
        return null;
    }
  }

  return {
    classes,
    byName: (qualified) => byQualified.get(qualified),
    resolve,
    qualify,
    text(value, from) {
      const found = evaluate(value, from, 0);
      return typeof found === 'string' ? found : null;
    },
    number(value, from) {
      const found = evaluate(value, from, 0);
      return typeof found === 'number' ? found : null;
    },
    flag(value, from) {
      const found = evaluate(value, from, 0);
      return typeof found === 'boolean' ? found : null;
    },
  };
}

function operate(
  operator: string,
  left: string | number | boolean,
  right: string | number | boolean,
): string | number | null {
  if (operator === '+' && (typeof left === 'string' || typeof right === 'string')) return `${left}${right}`;
  if (typeof left !== 'number' || typeof right !== 'number') return null;
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    default:
      return null;
  }
}

const importsOf = new WeakMap<JavaFile, ReadonlyMap<string, string>>();

/** Full names by the simple ones that a file imports; of two the first. */
function importedAs(file: JavaFile): ReadonlyMap<string, string> {
  let names = importsOf.get(file);
  if (!names)
    importsOf.set(
      file,
      (names = new Map(
        file.imports
          .filter(({ wildcard }) => !wildcard)
          .toReversed()
          .map(({ name }) => [simpleName(name), name]),
      )),
    );
  return names;
}

function parentOf(qualified: string): string {
  return qualified.slice(0, Math.max(qualified.lastIndexOf('.'), 0));
}

/** Names of java.lang and java.util that a project seldom has of its own. */
function isLibrary(name: string): boolean {
  return /^(?:String|Integer|Long|Short|Byte|Boolean|Character|Double|Float|Object|Number|List|Set|Map|Collection|Date|UUID|BigDecimal|BigInteger|Locale|Currency|Optional)$/u.test(
    name,
  );
}

/** Arguments of an annotation by name. */
export function argument(annotation: JavaAnnotation | undefined, name: string): JavaValue | undefined {
  return annotation?.arguments.find((each) => each.name === name)?.value;
}

/** Items of a list, or the one value that stands for a list of one. */
export function items(value: JavaValue | undefined): readonly JavaValue[] {
  return value === undefined ? [] : value.kind === 'list' ? value.items : [value];
}

/** Annotations nested in an annotation's argument. */
export function nested(annotation: JavaAnnotation | undefined, name: string): readonly JavaAnnotation[] {
  return items(argument(annotation, name)).flatMap((value) => (value.kind === 'annotation' ? [value.annotation] : []));
}

/** Last part of an enumeration's constant: `LAZY` of `FetchType.LAZY`. */
export function constantName(value: JavaValue | undefined): string | null {
  return value?.kind === 'name' ? simpleName(value.name) : null;
}

/** `T` replaced by what the subclass puts in for it. */
export function substituted(type: JavaType, environment: ReadonlyMap<string, JavaType>): JavaType {
  const replacement = environment.get(type.name);
  if (replacement) return type.array ? { ...replacement, array: true } : replacement;
  return type.arguments.length === 0
    ? type
    : { ...type, arguments: type.arguments.map((each) => substituted(each, environment)) };
}
