/** All classes and schemas of a project that TypeORM would know, and what references to them mean. */
import type { Problem } from '../../schema/source.ts';
import type { Declarations } from '../shared/typescript/declarations.ts';
import { isClass, isFunction } from '../shared/typescript/results.ts';
import type { Evaluator } from '../shared/typescript/evaluate.ts';
import type { ClassNode, Result } from '../shared/typescript/results.ts';
import { emptyArgs } from './args.ts';
import { fillFromClass } from './argsFromClass.ts';
import { fillFromSchema, isSchemaCall } from './argsFromSchema.ts';
import type { EntityMeta, Target, TargetReference } from './model.ts';

export interface Targets {
  /** Those with a table, sorted by file and position. */
  readonly tables: readonly Target[];
  ofClass(node: ClassNode): Target;
  /** A schema's embedded schema, whose target may be a class. */
  ofReference(reference: TargetReference): Target | string | null;
  readonly problems: readonly Problem[];
}

export interface DeclaredFile {
  readonly file: string;
  readonly declarations: Declarations;
}

export function collectTargets(files: readonly DeclaredFile[], evaluator: Evaluator): Targets {
  const byClass = new Map<ClassNode, Target>();
  const bySchema = new Map<object, Target>();
  const found: Target[] = [];
  const problems: Problem[] = [];

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

  for (const { file, declarations } of files) {
    for (const declaration of declarations.classes) {
      if (declaration.decorators.length === 0) continue;
      const target = ofClass(evaluator.classOf(file, declaration));
      if (target.args.table) found.push(target);
    }
    for (const [name, value] of declarations.values) {
      if (
        value.is !== 'call' ||
        !value.construct ||
        value.callee.is !== 'name' ||
        !value.callee.name.endsWith('EntitySchema')
      )
        continue;
      const schema = evaluator.evaluate({ is: 'name', name }, { file, names: null, outer: null });
      if (!isSchemaCall(schema)) continue;
      const target = fillFromSchema(schema, { file, name, evaluator, ofClass });
      bySchema.set(schema, target);
      if (target.args.table) found.push(target);
    }
  }
  const embedded = new Set(
    found
      .flatMap((target) => target.args.embeddeds.map((each) => ofReference(each.type)))
      .filter((each) => each !== null),
  );
  return {
    // A schema that others embed and that has no key is a part, not a table.
    tables: found.filter((target) => target.class !== null || !embedded.has(target) || hasKey(target)),
    ofClass,
    ofReference: (reference) => ofReference(reference),
    problems,
  };
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
