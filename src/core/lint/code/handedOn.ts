/** What functions read of a row that a loop hands them: `describe(order)`, `order.describe()`, a property `order.label`. */
import type { FileFacts, Loop } from '../../schema/code.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { Relation, Table } from '../../schema/model.ts';
import type { CodeContext } from '../rule.ts';
import { classAround, isWithin, labelOf, methodOfClass, resolveCall, writesRows } from './calls.ts';
import type { FunctionRef } from './calls.ts';

/** A member path of the row, without the name that the row has: `customer.name`. */
export interface ReadOfRow {
  readonly path: string;
  /** Where it is read, or where the loop hands the row on. */
  readonly at: SourceRange;
  /** Calls on the way, as sentences; empty = it is read in the loop itself. */
  readonly chain: readonly { readonly message: string; readonly at: SourceRange }[];
}

/** Calls followed from a loop. */
const mostCalls = 3;

interface Step {
  readonly to: FunctionRef;
  /** What the row is called there. */
  readonly name: string;
  readonly at: SourceRange;
  readonly chain: ReadOfRow['chain'];
  /** Relations from the row to what is handed on, each with a dot: `customer.`; and the table of that. */
  readonly prefix: string;
  readonly table: Table;
}

/**
 * Everything that is read of the element of a loop by functions that the loop hands it to, nearest first; each function is entered once,
 * and those that change rows are not: each row is worked on there.
 * `loop` is its index in the file, `element` the variable, `table` what it is a row of.
 */
export function readsByFunctions(
  file: FileFacts,
  loop: number,
  element: string,
  table: Table,
  context: CodeContext,
): readonly ReadOfRow[] {
  const isInLoop = (id: number | null): boolean => isLoopWithin(file, id, loop);
  const entered = new Set<string>();
  const reads: ReadOfRow[] = [];
  let level = stepsFrom(file, element, { table, prefix: '' }, context, isInLoop).map((step) => ({
    ...step,
    chain: [step.said],
  }));
  for (let depth = 0; depth < mostCalls && level.length > 0; depth++) {
    const next: typeof level = [];
    for (const step of level) {
      const { file: place, id } = step.to;
      const key = `${place.file}\0${id}\0${step.name}\0${step.prefix}`;
      if (entered.has(key) || writesRows(step.to)) continue;
      entered.add(key);
      for (const { path, function: owner, at } of place.accesses) {
        if (!path.startsWith(`${step.name}.`) || !isWithin(place, owner, id)) continue;
        const message = `${labelOf(place, id) ?? 'It'} reads ${path}.`;
        reads.push({
          path: step.prefix + path.slice(step.name.length + 1),
          at: step.at,
          chain: [...step.chain, { message, at }],
        });
      }
      for (const inner of stepsFrom(place, step.name, step, context, null, id))
        next.push({ ...inner, at: step.at, chain: [...step.chain, inner.said] });
    }
    level = next;
  }
  return reads;
}

function stepsFrom(
  file: FileFacts,
  name: string,
  { table, prefix }: Pick<Step, 'table' | 'prefix'>,
  context: CodeContext,
  isInLoop: ((id: number | null) => boolean) | null,
  within: number | null = null,
): readonly (Step & { readonly said: ReadOfRow['chain'][number] })[] {
  const isHere = (owner: number | null, loop: number | null): boolean =>
    isInLoop ? isInLoop(loop) : within !== null && isWithin(file, owner, within);
  const said = (what: string, to: FunctionRef, at: SourceRange) => ({
    message:
      labelOf(to.file, to.id) === what ? `${what} is called.` : `${what} calls ${labelOf(to.file, to.id) ?? what}.`,
    at,
  });
  const ofRow = (member: string): FunctionRef | null =>
    table.entity === null ? null : methodOfClass(table.entity, member, file, context);
  const steps: (Step & { readonly said: ReadOfRow['chain'][number] })[] = [];
  for (const call of file.calls) {
    if (!isHere(call.function, call.loop)) continue;
    const add = (to: FunctionRef | null, as: string | undefined, of: Pick<Step, 'table' | 'prefix'>): void => {
      if (to && as !== undefined)
        steps.push({ to, name: as, at: call.at, chain: [], said: said(call.callee, to, call.at), ...of });
    };
    const [receiver, member, ...more] = call.callee.split('.');
    if (receiver === name && member !== undefined && more.length === 0) add(ofRow(member), 'this', { table, prefix });
    for (const [given, argument] of call.arguments.entries()) {
      const handed = argument === null ? null : rowOf(argument, name, { table, prefix }, context);
      const to = handed && resolveCall(file, call, context);
      if (to) add(to, to.file.functions[to.id]?.parameters[given], handed);
    }
  }
  // A property is a method that looks like a member.
  for (const { path, function: owner, loop, at } of file.accesses) {
    const [receiver, member] = path.split('.');
    if (receiver !== name || member === undefined || !isHere(owner, loop)) continue;
    if (table.relations.some(({ property }) => property === member)) continue;
    const to = ofRow(member);
    const isProperty = to?.file.functions[to.id]?.decorators.some((each) => each.endsWith('property')) ?? false;
    if (to && isProperty)
      steps.push({ to, name: 'this', at, chain: [], said: said(`${name}.${member}`, to, at), table, prefix });
  }
  return steps;
}

/** `order`, or what relations lead to from it: `order.customer`. */
function rowOf(
  argument: string,
  name: string,
  { table, prefix }: Pick<Step, 'table' | 'prefix'>,
  context: CodeContext,
): Pick<Step, 'table' | 'prefix'> | null {
  if (argument === name) return { table, prefix };
  if (!argument.startsWith(`${name}.`)) return null;
  const path = argument.slice(name.length + 1);
  let target: Table | undefined = table;
  for (const property of path.split('.')) {
    const relation: Relation | undefined = target?.relations.find((each) => each.property === property);
    target = relation && context.table(relation.target, relation.targetNamespace);
  }
  return target ? { table: target, prefix: `${prefix}${path}.` } : null;
}

function isLoopWithin(file: FileFacts, id: number | null, loop: number): boolean {
  for (let at = id; at !== null; at = file.loops[at]?.parent ?? null) if (at === loop) return true;
  return false;
}

/** A method that the view of a list builds on adds to its rows what only running the program would tell. */
export function isLoadedByBase(file: FileFacts, loop: Loop, context: CodeContext): boolean {
  const owner = loop.kind === 'serializer' ? classAround(file, loop.function) : null;
  const cls = file.classes.find(({ name }) => owner !== null && name === owner);
  return [cls?.extends ?? null, ...(cls?.implements ?? [])].some((base) => {
    const to = base === null ? null : methodOfClass(base.replace(/^.*\./u, ''), 'get_queryset', file, context);
    return (
      to?.file.calls.some(
        ({ callee, function: within }) =>
          /\.(?:prefetch|select)_related$/u.test(callee) && isWithin(to.file, within, to.id),
      ) ?? false
    );
  });
}
