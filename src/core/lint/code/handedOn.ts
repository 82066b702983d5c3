/** What functions read of a row that a loop hands them: `describe(order)`, `order.describe()`, a property `order.label`. */
import type { Call, FileFacts, Loop } from '../../schema/code.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { Relation, Table } from '../../schema/model.ts';
import type { CodeContext } from '../rule.ts';
import { runsFor, runsForType } from './branches.ts';
import { callMessage, classAround, kindsOf, labelOf, methodOf, resolveCall, writesRows } from './calls.ts';
import type { FunctionRef } from './calls.ts';
import { isInLoop, isWithin } from './within.ts';

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

/** What is handed on. */
interface Handed {
  /** Relations that lead to it from the row of the loop, each with a dot: `customer.`. */
  readonly prefix: string;
  readonly table: Table;
}

interface Step extends Handed {
  readonly to: FunctionRef;
  /** Null = it is read like a member. */
  readonly call: Call | null;
  /** What the row is called there. */
  readonly name: string;
  readonly at: SourceRange;
  /** The call as a sentence. */
  readonly message: string;
}

/** Where code stands. */
interface Placed {
  readonly function: number | null;
  readonly loop: number | null;
  readonly at: SourceRange;
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
  const around = file.loops[loop];
  const entered = new Set<string>();
  const reads: ReadOfRow[] = [];
  let level = stepsFrom(
    file,
    element,
    { table, prefix: '' },
    context,
    (each) => around !== undefined && isInLoop(file, each.loop, around),
  ).map((step) => ({ ...step, chain: [{ message: step.message, at: step.at }] }));
  for (let depth = 0; depth < mostCalls && level.length > 0; depth++) {
    const next: typeof level = [];
    for (const step of level) {
      const { file: place, id } = step.to;
      const key = `${place.file}\0${id}\0${step.name}\0${step.prefix}`;
      if (entered.has(key) || writesRows(step.to)) continue;
      entered.add(key);
      const runs = runsIn(step, context);
      for (const { path, function: owner, at } of place.accesses) {
        if (!path.startsWith(`${step.name}.`) || !isWithin(place, owner, id) || !runs(at)) continue;
        const message = `${labelOf(place, id) ?? 'It'} reads ${path}.`;
        reads.push({
          path: step.prefix + path.slice(step.name.length + 1),
          at: step.at,
          chain: [...step.chain, { message, at }],
        });
      }
      for (const inner of stepsFrom(
        place,
        step.name,
        step,
        context,
        (each) => isWithin(place, each.function, id) && runs(each.at),
      ))
        next.push({ ...inner, at: step.at, chain: [...step.chain, { message: inner.message, at: inner.at }] });
    }
    level = next;
  }
  return reads;
}

/** Whether code of the function runs for what it is handed: by the arguments of the call, and by the class of the row. */
function runsIn({ to, call, name, table }: Step, context: CodeContext): (code: SourceRange) => boolean {
  if (to.file.branches === undefined) return () => true;
  const parameter = to.file.functions[to.id]?.parameters.indexOf(name) ?? -1;
  const kinds = table.entity === null ? [] : [...kindsOf(table.entity, to.file, context)];
  return (code) =>
    (call === null || runsFor(call, to, code)) && (kinds.length === 0 || runsForType(to, parameter, kinds, code));
}

function stepsFrom(
  file: FileFacts,
  name: string,
  { table, prefix }: Handed,
  context: CodeContext,
  isHere: (placed: Placed) => boolean,
): readonly Step[] {
  const ofRow = (member: string): FunctionRef | null =>
    table.entity === null ? null : methodOf(table.entity, member, file, context);
  const steps: Step[] = [];
  for (const call of file.calls) {
    if (!isHere(call)) continue;
    const add = (to: FunctionRef | null, as: string | undefined, of: Handed): void => {
      if (to && as !== undefined)
        steps.push({ to, call, name: as, at: call.at, message: callMessage(call.callee, to), ...of });
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
  for (const access of file.accesses) {
    const [receiver, member] = access.path.split('.');
    if (receiver !== name || member === undefined || !isHere(access)) continue;
    if (table.relations.some(({ property }) => property === member)) continue;
    const to = ofRow(member);
    const isProperty = to?.file.functions[to.id]?.decorators.some((each) => each.endsWith('property')) ?? false;
    const message = to ? callMessage(`${name}.${member}`, to) : '';
    if (to && isProperty) steps.push({ to, call: null, name: 'this', at: access.at, message, table, prefix });
  }
  return steps;
}

/** `order`, or what relations lead to from it: `order.customer`. */
function rowOf(argument: string, name: string, { table, prefix }: Handed, context: CodeContext): Handed | null {
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

/** A method that the view of a list builds on adds to its rows what only running the program would tell. */
export function isLoadedByBase(file: FileFacts, loop: Loop, context: CodeContext): boolean {
  if (loop.kind !== 'serializer') return false;
  const owner = classAround(file, loop.function);
  // What a class states of itself (`queryset = …`) stands in no function of it.
  const cls =
    owner === null
      ? file.classes.findLast(({ at }) => at.line <= loop.at.line)
      : file.classes.find(({ name }) => name === owner);
  // Each of the methods of the name goes on to the one that it overrides.
  const bases = [cls?.extends ?? null, ...(cls?.implements ?? [])].flatMap((base) =>
    base === null ? [] : [...kindsOf(base.replace(/^.*\./u, ''), file, context)],
  );
  return bases.some((kind) => {
    const to = methodOf(kind, 'get_queryset', file, context);
    return (
      to?.file.calls.some(
        ({ callee, function: within }) =>
          /\.(?:prefetch|select)_related$/u.test(callee) && isWithin(to.file, within, to.id),
      ) ?? false
    );
  });
}
