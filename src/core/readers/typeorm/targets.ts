/** All classes and schemas of a project that TypeORM would know, and what references to them mean. */
import type { Declarations, Value } from '../shared/typescript/declarations.ts';
import { isClass, isFunction } from '../shared/typescript/results.ts';
import type { Evaluator } from '../shared/typescript/evaluate.ts';
import type { ClassNode, Result } from '../shared/typescript/results.ts';
import { emptyArgs } from './args.ts';
import { fillFromClass } from './argsFromClass.ts';
import { fillFromSchema, isSchemaCall } from './argsFromSchema.ts';
import type { EntityMeta, Target, TargetReference } from './model.ts';

export interface Targets {
  /** Those of the files added so far that have a table, sorted by file and position. */
  readonly tables: readonly Target[];
  /** Takes the classes and schemas of one more file in, and returns those with a table. A second time it adds nothing. */
  add(file: DeclaredFile): readonly Target[];
  ofClass(node: ClassNode): Target;
  /** A schema's embedded schema, whose target may be a class. */
  ofReference(reference: TargetReference): Target | string | null;
  /** The same for what an entity or embedded class in file `from` takes the columns of. */
  ofEmbedded(reference: TargetReference, from: string): Target | string | null;
}

export interface DeclaredFile {
  readonly file: string;
  readonly declarations: Declarations;
}

export function createTargets(evaluator: Evaluator): Targets {
  const byClass = new Map<ClassNode, Target>();
  const bySchema = new Map<object, Target>();
  const byFile = new Map<string, readonly Target[]>();

  function ofClass(node: ClassNode): Target {
    const known = byClass.get(node);
    if (known) return known;
    const target: Target = {
      name: node.name,
      file: node.file,
      base: node.base ? ofClass(node.base) : null,
      class: node,
      args: emptyArgs(),
      at: node.declaration.at,
    };
    byClass.set(node, target);
    fillFromClass(target, node, evaluator);
    return target;
  }

  function ofReference(reference: TargetReference, depth = 0): Target | string | null {
    if (depth > 4) return null;
    if (typeof reference === 'string') return reference;
    if (isClass(reference)) return ofClass(reference);
    if (isFunction(reference)) return ofReference(evaluator.call(reference, []), depth + 1);
    if (typeof reference === 'object' && reference !== null) {
      const schema = bySchema.get(reference);
      if (schema) return schema;
      if ('is' in reference && reference.is === 'object') return ofReference(reference.entries.get('name'), depth + 1);
    }
    return null;
  }

  function collect({ file, declarations }: DeclaredFile): readonly Target[] {
    const found: Target[] = [];
    for (const declaration of declarations.classes) {
      if (declaration.decorators.length === 0) continue;
      const target = ofClass(evaluator.classOf(file, declaration));
      // A class that is half typed has no name yet, and neither has its table.
      if (target.args.table && (target.name !== '' || (target.args.table.name ?? '') !== '')) found.push(target);
    }
    for (const [name, value] of declarations.values) {
      if (!mayBeSchema(value)) continue;
      const schema = evaluator.evaluate({ is: 'name', name }, { file, names: null, outer: null });
      if (!isSchemaCall(schema)) continue;
      const target = fillFromSchema(schema, { file, name, evaluator, ofClass });
      bySchema.set(schema, target);
      if (target.args.table) found.push(target);
    }
    return found;
  }

  function tables(): readonly Target[] {
    const files = [...byFile].sort(([a], [b]) => (a < b ? -1 : 1));
    const found = files.flatMap(([, targets]) => targets);
    const embedded = new Set(
      found
        .flatMap((target) => target.args.embeddeds.map((each) => ofReference(each.type)))
        .filter((each) => each !== null),
    );
    // A schema that others embed and that has no key is a part, not a table.
    return found.filter((target) => target.class !== null || !embedded.has(target) || hasKey(target));
  }

  return {
    get tables() {
      return tables();
    },
    add(file) {
      let found = byFile.get(file.file);
      if (!found) byFile.set(file.file, (found = collect(file)));
      return found;
    },
    ofClass,
    ofReference: (reference) => ofReference(reference),
    ofEmbedded(reference, from) {
      const target = ofReference(reference);
      if (target !== null && typeof target !== 'string') evaluator.graph.consulted.read(from, target.file);
      return target;
    },
  };
}

/** `new EntitySchema(…)`, by its looks. */
export function mayBeSchema(value: Value): boolean {
  return (
    value.is === 'call' && value.construct && value.callee.is === 'name' && value.callee.name.endsWith('EntitySchema')
  );
}

function hasKey(target: Target): boolean {
  return lineage(target).some((each) => each.args.columns.some((column) => column.options.primary));
}

/** The class and what it extends, nearest first. */
export function lineage(target: Target): readonly Target[] {
  const line: Target[] = [];
  for (let each: Target | null = target; each; each = each.base) line.push(each);
  return line;
}

/** What a reference means among the entities of a project: by identity, else by the name of class, schema or table. */
export function findEntity(
  reference: TargetReference,
  targets: Targets,
  entities: readonly EntityMeta[],
  byTarget: ReadonlyMap<Target, EntityMeta>,
  from: string,
): EntityMeta | null {
  const target = targets.ofReference(reference);
  if (target === null) return null;
  if (typeof target !== 'string') return byTarget.get(target) ?? null;
  const named = entities.filter((each) => each.target?.name === target || each.givenName === target);
  // Of several of one name (samples, tests, services in one project) the nearest file's is meant.
  const [first = null, ...others] = named;
  return others.reduce((best, each) => (shared(each, from) > shared(best, from) ? each : best), first);
}

/** Length of the path that the entity's file has in common with another. */
function shared(entity: EntityMeta | null, file: string): number {
  const own = entity?.at.file ?? '';
  let length = 0;
  while (length < own.length && own[length] === file[length]) length++;
  return length;
}

/** A reference as the user reads it in a message. */
export function referenceText(reference: Result): string {
  if (typeof reference === 'string') return reference;
  if (isFunction(reference)) {
    const { returns, text } = reference.value;
    return returns?.is === 'name' ? returns.name : text;
  }
  if (isClass(reference)) return reference.name;
  if (typeof reference === 'object' && reference !== null && 'is' in reference) {
    if (reference.is === 'unknown' || reference.is === 'call') return reference.text;
    if (reference.is === 'external') return reference.name;
  }
  return 'its target';
}
