/** Queries of SQLAlchemy in a file: `session.query(…)`, `Model.query`, executed `select(…)`, SQL as text. */
import type { FileFacts, Query } from '../../schema/code.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { TreeNode } from '../../syntax/treeNode.ts';
import type { SourceFile } from '../reader.ts';
import { chainsOf } from '../shared/python/chains.ts';
import type { PyArgument, PyExpression } from '../shared/python/declarations.ts';
import { readExpression } from '../shared/python/expressions.ts';
import { useOf } from '../shared/python/facts.ts';
import { namesIn } from '../shared/python/lookups.ts';
import { nodesOfType } from '../shared/python/nodes.ts';
import { pythonOutline, textOf } from '../shared/python/outline.ts';
import type { PyOutline } from '../shared/python/outline.ts';
import { dottedName } from '../shared/python/readModule.ts';
import { sqlTextOf } from '../shared/python/sqlTexts.ts';
import { transactionAt, transactionsOf } from '../shared/python/transactions.ts';
import { rangeOf } from '../shared/python/values.ts';
import { applyStatement } from '../shared/sql/applyStatement.ts';
import { newDraft } from '../shared/typescript/queryDraft.ts';
import type { Draft } from '../shared/typescript/queryDraft.ts';
import { draftOfBuilder, executors, isBuilder, statementKinds } from './builders.ts';
import { stepsOf } from './steps.ts';
import type { Step, Steps } from './steps.ts';

interface Assigned {
  readonly name: string;
  readonly function: number | null;
  readonly start: number;
  readonly value: TreeNode;
}

interface Context {
  readonly outline: PyOutline;
  readonly file: SourceFile;
  readonly assigned: readonly Assigned[];
  readonly range: (at: PyArgument['at']) => SourceRange;
}

const mayQuery =
  /\.(?:query|execute|executemany|scalars?|get|exec|stream|stream_scalars|read_sql\w*|get_or_404|paginate|one_or_404|first_or_404|bulk_\w+|add|select)\b|\btext\(/;

export function readQueries(file: SourceFile, facts: FileFacts): FileFacts {
  if (!mayQuery.test(file.text)) return facts;
  const outline = pythonOutline(file.parsed());
  const context: Context = {
    outline,
    file,
    assigned: nodesOfType(outline.root, 'assignment').flatMap((node): Assigned[] => {
      const left = node.childForFieldName('left');
      const value = node.childForFieldName('right');
      if (left?.type !== 'identifier' || !value) return [];
      return [
        { name: textOf(left, file.text) ?? '', function: outline.functionOf(node), start: node.startIndex, value },
      ];
    }),
    range: (at) => rangeOf(file.path, at),
  };
  const queries = chainsOf(outline).flatMap(({ chain }) => {
    // `(await session.scalars(…)).first()` is read as a whole.
    if (isAwaitedPart(chain.node)) return [];
    const draft = draftAt(chain.node, context);
    return draft ? [finished(draft, chain.node, context)] : [];
  });
  return { ...facts, queries: queries.toSorted((a, b) => a.at.line - b.at.line || a.at.column - b.at.column) };
}

function isAwaitedPart(node: TreeNode): boolean {
  const around = node.parent?.type === 'await' ? node.parent.parent : null;
  return around?.type === 'parenthesized_expression' && around.parent?.type === 'attribute';
}

function expressionOf(node: TreeNode, { file }: Context): PyExpression {
  return readExpression(node, file);
}

function draftAt(node: TreeNode, context: Context): Draft | null {
  const steps = stepsOf(expressionOf(node, context));
  const executed = steps.steps.findIndex(({ name, args }) => args !== null && executors.has(name));
  if (executed !== -1) {
    const draft = executedDraft(steps, executed, node, context);
    if (draft) return draft;
  }
  const added = addedDraft(steps, node, context);
  if (added) return added;
  const full = withVariables(steps, node, context, 0);
  if (!isBuilder(full)) return null;
  const isStatement =
    statementKinds.has(full.root.slice(full.root.lastIndexOf('.') + 1)) ||
    full.steps.some(
      ({ name, args }) =>
        statementKinds.has(name) && args !== null && !full.steps.some((each) => each.name === 'query'),
    );
  // A statement does nothing until somebody executes it, and `exists()` is a part of one.
  if (isStatement || full.steps.at(-1)?.name === 'exists') return null;
  const draft = draftOfBuilder(full, context.range);
  // `query(literal(True))` is about no table.
  if (
    !draft ||
    (draft.entity === null && draft.receiver === null && /^(?:\w+\.)*literal\(/.test(selectedText(node, context)))
  )
    return null;
  const use = useOf(node, context.file.text);
  // It is only built here, and run through the name it is given.
  return draft.operation === 'select' &&
    draft.api === 'query' &&
    use.result !== null &&
    !isGoneThrough(use.result, node, context)
    ? null
    : draft;
}

/** What `query(…)` is given. */
function selectedText(node: TreeNode, context: Context): string {
  return textOf(callNamed(node, 'query', context), context.file.text) ?? '';
}

/** A loop runs what the variable holds: `for order in orders`, with nothing else given to it in between. */
function isGoneThrough(name: string, node: TreeNode, { outline, assigned }: Context): boolean {
  const owner = outline.functionOf(node);
  return outline.loops.some(
    ({ iterable, function: id, start }) =>
      iterable === name &&
      id === owner &&
      start > node.endIndex &&
      !assigned.some(
        (each) => each.name === name && each.function === owner && each.start > node.endIndex && each.start < start,
      ),
  );
}

/** `session.execute(select(User))`, `session.scalars(stmt).all()`, `session.get(User, id)`, `connection.execute(text('…'))`. */
function executedDraft({ root, steps }: Steps, at: number, node: TreeNode, context: Context): Draft | null {
  const step = steps[at];
  const [first] = step?.args ?? [];
  if (!step || !first) return null;
  const receiver = [root, ...steps.slice(0, at).map(({ name }) => name)].join('.');
  const after = steps.slice(at + 1);
  if (step.name === 'get' || step.name === 'get_or_404' || step.name === 'get_one') {
    const entity = dottedName(first.value);
    if (
      !/^(?:\w+\.)*[A-Z]\w*[a-z]\w*$/.test(entity) ||
      /^(?:self|cls)\./.test(entity) ||
      /(?:cache|redis|client|headers|environ|args|params|dict)$/i.test(receiver) ||
      (step.args?.length ?? 0) < 2
    )
      return null;
    const draft = newDraft(step.name, 'select', 'one');
    draft.entity = entity;
    draft.filters.push({
      path: 'id',
      at: context.range(first.at),
      comparison: 'eq',
      orGroup: 0,
      wrapped: false,
      constant: false,
    });
    return draft;
  }
  const raw = rawDraft(step, node, context);
  if (raw) return raw;
  const inner = withVariables(stepsOf(first.value), node, context, 0);
  if (!isBuilder(inner)) return null;
  return draftOfBuilder(
    { ...inner, steps: [...inner.steps, ...(step.name === 'scalar' ? [{ name: 'scalar', args: [] }] : []), ...after] },
    context.range,
    step.name,
  );
}

const sessions = /(?:^|[._])(?:session|db|dbsession|sess|uow|unit_of_work)$/i;

/** `session.add(Order(…))`: an insert that waits in memory until the session is flushed. */
function addedDraft({ root, steps }: Steps, node: TreeNode, context: Context): Draft | null {
  const last = steps.at(-1);
  const [first] = last?.args ?? [];
  if (last?.name !== 'add' || !first || !sessions.test([root, ...steps.slice(0, -1).map(({ name }) => name)].join('.')))
    return null;
  const { value } = first;
  const held = value.kind === 'name' ? valueBefore(value.name, node, context) : undefined;
  const made = held ? expressionOf(held.value, context) : value;
  if (made.kind !== 'call') return null;
  const entity = dottedName(made.callee);
  if (!/^(?:\w+\.)*[A-Z]\w*[a-z]\w*$/.test(entity)) return null;
  const draft = newDraft('add', 'insert', 'none');
  draft.entity = entity;
  draft.batched = true;
  for (const { name, at } of made.arguments)
    if (name !== null) draft.writes.push({ path: name, at: context.range(at) });
  return draft;
}

/** SQL as text, in the call or in the variable that it is given. */
function rawDraft(step: Step, node: TreeNode, context: Context): Draft | null {
  if (!/^(?:execute|executemany|exec_driver_sql|scalars?|exec|read_sql\w*|stream|fetch\w*)$/.test(step.name))
    return null;
  const call = callNamed(node, step.name, context);
  let argument: TreeNode | null = call;
  for (let depth = 0; argument && depth < 3; depth++) {
    if (argument.type === 'identifier')
      argument = valueBefore(textOf(argument, context.file.text) ?? '', node, context)?.value ?? null;
    else if (argument.type === 'call') {
      const callee = textOf(argument.childForFieldName('function'), context.file.text) ?? '';
      if (!/(?:^|\.)text$/.test(callee)) break;
      argument = argument.childForFieldName('arguments')?.firstNamedChild ?? null;
    } else break;
  }
  const source = { text: context.file.text, lines: context.file.lines };
  const text = argument && sqlTextOf(argument, source);
  if (!text) return null;
  const draft = newDraft(step.name, 'raw', 'unknown');
  draft.sql = text.raw;
  applyStatement(text.sql, text.raw.at, draft);
  return draft;
}

/** First argument of the call of that name in a chain. */
function callNamed(node: TreeNode, name: string, { file }: Context): TreeNode | null {
  for (let at: TreeNode | null = node; at;) {
    if (at.type === 'call') {
      const callee: TreeNode | null = at.childForFieldName('function');
      if (callee?.type === 'attribute' && textOf(callee.childForFieldName('attribute'), file.text) === name)
        return at.childForFieldName('arguments')?.firstNamedChild ?? null;
      at = callee;
    } else if (at.type === 'attribute') at = at.childForFieldName('object');
    else if (at.type === 'subscript') at = at.childForFieldName('value');
    else at = at.firstNamedChild;
  }
  return null;
}

function valueBefore(name: string, node: TreeNode, { assigned, outline }: Context): Assigned | undefined {
  const owner = outline.functionOf(node);
  return assigned.findLast(
    (each) => each.name === name && each.start < node.startIndex && (each.function === owner || each.function === null),
  );
}

/** Replaces the variable that a chain starts with by what it was built with, step by step. */
function withVariables(steps: Steps, node: TreeNode, context: Context, depth: number): Steps {
  if (depth > 12 || steps.rootArgs !== null || !/^\w+$/.test(steps.root)) return steps;
  const before = valueBefore(steps.root, node, context);
  if (!before || (before.value.endIndex > node.startIndex && before.value.startIndex <= node.startIndex)) {
    const outer =
      before &&
      context.assigned.findLast(
        (each) => each.name === steps.root && each.start < before.start && each.function === before.function,
      );
    return outer ? joined(outer, steps, context, depth) : steps;
  }
  return joined(before, steps, context, depth);
}

function joined(before: Assigned, steps: Steps, context: Context, depth: number): Steps {
  const inner = stepsOf(expressionOf(before.value, context));
  const grown = inner.root === steps.root ? withVariables(inner, before.value, context, depth + 1) : inner;
  const built = inner.root !== steps.root ? withVariables(inner, before.value, context, depth + 1) : grown;
  // What has been asked is rows, and what is called on them no part of the query: `status = q.first()`, `status.get("memory")`.
  if (built.steps.some(({ name, args }) => args !== null && answers.test(name))) return steps;
  return isBuilder(built) ? { ...built, steps: [...built.steps, ...steps.steps] } : steps;
}

const answers =
  /^(?:all|first|one|one_or_none|(?:one|first|get)_or_404|get|scalar|scalar_one|scalar_one_or_none|fetchone|fetchall|count|paginate)$/;

/** Of the chain and of the statements that its variables hold, without the functions that only build them. */
function usesOf(node: TreeNode, context: Context): readonly string[] {
  const { file } = context;
  const nodes = [node];
  for (let at = 0; at < nodes.length && nodes.length < 8; at++) {
    const each = nodes[at];
    const names = each === undefined ? [] : namesIn([each], file);
    for (const name of names) {
      const before = valueBefore(name, node, context);
      if (before && !nodes.includes(before.value) && isBuilder(stepsOf(expressionOf(before.value, context))))
        nodes.push(before.value);
    }
  }
  const built = new Set(
    nodes.flatMap((each) =>
      nodesOfType(each, 'call').flatMap((call) => {
        const callee = call.childForFieldName('function');
        const name = callee?.type === 'attribute' ? callee.childForFieldName('attribute') : callee;
        return name?.type === 'identifier' ? (textOf(name, file.text) ?? []) : [];
      }),
    ),
  );
  return namesIn(nodes, file).filter((name) => !built.has(name) && !/^(?:func|sa|sqlalchemy)\./u.test(name));
}

function finished(draft: Draft, node: TreeNode, context: Context): Query {
  const { outline, file } = context;
  const use = useOf(node, file.text);
  const transaction = transactionAt(outline, node);
  const client = transaction === null ? null : (transactionsOf(outline)[transaction]?.client ?? null);
  const rootName = /^\w+/.exec(textOf(node, file.text) ?? '')?.[0] ?? null;
  const query: Omit<Draft, 'nextGroup'> & { nextGroup?: number } = { ...draft };
  delete query.nextGroup;
  return {
    ...query,
    uses: usesOf(node, context),
    result: use.result,
    // Without `await` a session is a plain one, whose calls return when the database has answered.
    awaited: true,
    function: outline.functionOf(node),
    loop: outline.loopOf(node),
    transaction,
    inTransactionClient: transaction !== null && (client === null || client === rootName),
    at: file.lines.range(node.startIndex, node.endIndex),
  };
}
