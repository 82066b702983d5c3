/**
 * What of a model decides its layout. A live edit that changes a finding or a comment leaves these keys as they are, and with
 * them every position.
 */
import type { DiagramModel, DiagramTable } from '../../src/core/diagram/model.ts';
import { createHash } from './hash.ts';
import type { Hash } from './hash.ts';

/** Equal keys: the same layout fits. */
export function structureKey(model: DiagramModel): string {
  const steps = structureSteps(model);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Tables between two pauses of `structureSteps`. */
const tablesPerStep = 200;

/** The same in steps of a few milliseconds. */
export function* structureSteps(model: DiagramModel): Generator<undefined, string> {
  const hash = createHash();
  for (const { id, label, tables } of model.modules) {
    hash.add(id, label);
    hash.add(...tables);
  }
  for (const [index, table] of model.tables.entries()) {
    if (index % tablesPerStep === tablesPerStep - 1) yield;
    addTable(hash, table);
  }
  for (const { id, from, to } of model.edges) {
    hash.add(id, from.table, from.cardinality, ...from.columns);
    hash.add(to.table, to.cardinality, ...to.columns);
  }
  return hash.value();
}

/** Module id → key of its tables and of the edges within it. */
export function moduleKeys(model: DiagramModel): ReadonlyMap<string, string> {
  const moduleOf = new Map(model.tables.map((table) => [table.id, table.module]));
  const hashes = new Map<string, Hash>();
  const hashOf = (module: string) => {
    const known = hashes.get(module) ?? createHash();
    hashes.set(module, known);
    return known;
  };
  for (const table of model.tables) addTable(hashOf(table.module), table);
  for (const { from, to } of model.edges) {
    const module = moduleOf.get(from.table);
    if (module === undefined || module !== moduleOf.get(to.table)) continue;
    hashOf(module).add(from.table, ...from.columns);
    hashOf(module).add(to.table, ...to.columns);
  }
  return new Map([...hashes].map(([module, hash]) => [module, hash.value()]));
}

/** What decides a table's size, and the order of its columns, which decides where edges end. */
function addTable(hash: Hash, { id, module, name, entity, kind, softDelete, change, columns }: DiagramTable): void {
  hash.add(id, module, name, entity ?? '', kind, softDelete ? '-' : '', change ?? '');
  for (const { name: column, type, nullable, badges, severity } of columns)
    hash.add(column, type, nullable ? '?' : '', severity === null ? '' : '!', String(badges.length));
}
