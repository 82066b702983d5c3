/** Code facts of one Python file, before any ORM has looked at it: `queries` and `dataSources` are empty. */
import type { Call, FileFacts, FunctionFact, ImportFact, Transaction } from '../../../schema/code.ts';
import type { ClassFact, FieldFact } from '../../../schema/classFacts.ts';
import type { LineIndex } from '../../../syntax/lineIndex.ts';
import type { ParsedText } from '../../../syntax/syntax.ts';
import type { TreeNode } from '../../../syntax/treeNode.ts';
import type { SourceFile } from '../../reader.ts';
import { readAccesses } from './accesses.ts';
import { emptyFacts } from '../emptyFacts.ts';
import { purposeOf } from '../../../schema/filePurpose.ts';
import { readEndpoints } from './endpoints.ts';
import { partsOf } from './expressions.ts';
import { nodesOfType } from './nodes.ts';
import { pythonOutline, textOf } from './outline.ts';
import type { PyOutline } from './outline.ts';
import { readImport } from './readModule.ts';
import { transactionsOf } from './transactions.ts';
import { typeText } from './typeText.ts';

const leads =
  /\b(?:for|while|await)\b|@\w+(?:\.\w+)*\.(?:get|post|put|patch|delete|route|api_route|websocket)\(|\breturn\s+[\w.]+\(/;

/** What a row leads to is read in a function that a loop may hand it to: `hive.keeper.name`. */
const reads = /^\s+(?!(?:from|import)\b).*\b[a-z_]\w*\.[a-z_]\w*\.[a-z_]/m;

/** Cheap look, without parsing: can it hold functions, calls, loops or endpoints that matter for queries? No application code is reached through a test. */
export function mayHoldPythonFacts(path: string, text: string): boolean {
  return /\bdef\s+\w/.test(text) && (leads.test(text) || reads.test(text)) && purposeOf(path) !== 'test';
}

const known = new WeakMap<ParsedText, FileFacts>();

/** The same object for all readers of one text, so the ids of functions and loops mean the same in each. */
export function readPythonFacts(file: SourceFile): FileFacts {
  if (file.language !== 'python') return emptyFacts(file.path);
  const parsed = file.parsed();
  let facts = known.get(parsed);
  if (!facts) known.set(parsed, (facts = factsOf(pythonOutline(parsed), file)));
  return facts;
}

function factsOf(outline: PyOutline, { path, lines }: SourceFile): FileFacts {
  const imports = readImports(outline, lines);
  return {
    ...emptyFacts(path),
    functions: readFunctions(outline, lines),
    loops: outline.loops.map(({ start, end, ...loop }) => ({ ...loop, at: lines.range(start, end) })),
    calls: readCalls(outline, lines),
    accesses: readAccesses(outline, lines),
    transactions: readTransactions(outline, lines),
    endpoints: readEndpoints(outline, imports, lines),
    imports,
    fields: readFields(outline),
    classes: readClasses(outline, lines),
  };
}

function readFunctions(outline: PyOutline, lines: LineIndex): FunctionFact[] {
  return outline.functions.map(({ node, name, class: owner, parameters, async, parent, decorators, returns }) => ({
    name,
    owner: owner === null ? null : (outline.classes[owner]?.name ?? null),
    parameters: parameters.map((each) => each.name),
    parameterTypes: parameters.map(({ type }) => typeText(type, outline.text)),
    async,
    parent,
    exported: name !== null && parent === null,
    decorators: decorators.map((each) => lastName(each.name)),
    returns,
    at: lines.range(node.startIndex, node.endIndex),
  }));
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

function readImports(outline: PyOutline, lines: LineIndex): ImportFact[] {
  return outline.imports
    .flatMap((node) => readImport(node, { text: outline.text, lines }))
    .filter(({ local }) => local !== '' && local !== '*')
    .map(({ local, module, name }) => ({ local, imported: name ?? '*', module }));
}

function readTransactions(outline: PyOutline, lines: LineIndex): Transaction[] {
  return transactionsOf(outline).map(
    ({ api, isolation, client, function: owner, body, start, end, bodyStart, bodyEnd }) => ({
      api,
      isolation,
      client,
      function: owner,
      body,
      ...(body === null ? { block: lines.range(bodyStart, bodyEnd) } : {}),
      at: lines.range(start, end),
    }),
  );
}

/** Functions of Python and its frameworks that lead to no function of the project. */
const builtIn = new Set(
  (
    'print len str int float bool list dict set tuple range enumerate zip sorted reversed min max sum any all abs round isinstance ' +
    'issubclass getattr setattr hasattr super type repr hash id iter next open format Exception ValueError TypeError KeyError ' +
    'RuntimeError HTTPException abort jsonify'
  ).split(' '),
);
/** Methods of strings, lists, dictionaries, loggers, dates. `get` and `add` are kept: they tell that a loop remembers what it has looked up. */
const builtInMethods = new Set(
  (
    'join split strip lstrip rstrip lower upper title replace startswith endswith append extend insert pop remove sort keys values items ' +
    'encode decode debug info warning error exception isoformat strftime total_seconds format gather'
  ).split(' '),
);
const path = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/;

function readCalls(outline: PyOutline, lines: LineIndex): Call[] {
  const { text } = outline;
  return outline.calls.flatMap((span): Call[] => {
    const { node, callee } = span;
    if (span.function === null && span.loop === null) return [];
    const name = calleeText(callee, text);
    if (
      name === null ||
      name.length > 160 ||
      (name.includes('.') ? builtInMethods.has(lastName(name)) : builtIn.has(name))
    )
      return [];
    const { awaited, result } = useOf(node, text);
    const list = node.childForFieldName('arguments');
    return [
      {
        callee: name,
        arguments: list?.type === 'argument_list' ? partsOf(list).map((each) => argumentText(each, text)) : [],
        awaited,
        result,
        function: span.function,
        loop: span.loop,
        at: lines.range(node.startIndex, node.endIndex),
      },
    ];
  });
}

/** Arguments of calls in the chain left out; `self` and `cls` are `this`, as everywhere in the model. */
export function calleeText(callee: TreeNode, text: string): string | null {
  switch (callee.type) {
    case 'identifier':
      return textOf(callee, text);
    case 'attribute': {
      const object = callee.childForFieldName('object');
      const name = textOf(callee.childForFieldName('attribute'), text);
      if (!object || name === null) return null;
      const inner = object.type === 'identifier' ? selfText(textOf(object, text) ?? '') : calleeText(object, text);
      return inner === null ? null : `${inner}.${name}`;
    }
    case 'call': {
      const inner = callee.childForFieldName('function');
      const name = inner && calleeText(inner, text);
      return name === null ? null : `${name}()`;
    }
    case 'await':
    case 'parenthesized_expression':
      return callee.firstNamedChild ? calleeText(callee.firstNamedChild, text) : null;
    case 'subscript': {
      const inner = callee.childForFieldName('value');
      const name = inner && calleeText(inner, text);
      return name === null ? null : `${name}[]`;
    }
    default:
      return null;
  }
}

function selfText(name: string): string {
  return name === 'self' || name === 'cls' ? 'this' : name;
}

function argumentText(node: TreeNode, text: string): string | null {
  const value = node.type === 'keyword_argument' ? node.childForFieldName('value') : node;
  const written = textOf(value, text)?.replace(/\s+/g, '') ?? '';
  return path.test(written) ? written.replace(/^(?:self|cls)\./, 'this.') : null;
}

/** Whether a call is awaited, and the name its value goes to: of `a() if c else b()` that of either. */
export function useOf(node: TreeNode, text: string): { readonly awaited: boolean; readonly result: string | null } {
  let awaited = false;
  let at = node;
  for (let parent = at.parent; parent; parent = at.parent) {
    if (parent.type === 'await') awaited = true;
    else if (
      parent.type !== 'parenthesized_expression' &&
      (parent.type !== 'conditional_expression' || parent.namedChildren[1]?.index === at.index)
    )
      break;
    at = parent;
  }
  const { parent } = at;
  const target =
    parent?.type === 'assignment' && parent.childForFieldName('right')?.index === at.index
      ? parent.childForFieldName('left')
      : parent?.type === 'named_expression'
        ? parent.childForFieldName('name')
        : null;
  const first =
    target && /^(?:pattern_list|tuple_pattern|list_pattern)$/.test(target.type) ? target.firstNamedChild : target;
  const name = textOf(first, text);
  return { awaited, result: name !== null && path.test(name) ? name.replace(/^(?:self|cls)\./, 'this.') : null };
}

/** Attributes of classes with a stated type, those that `__init__` is given or makes, and instances the module makes. */
function readFields(outline: PyOutline): FieldFact[] {
  const { text, functions, classes } = outline;
  const facts = new Map<string, FieldFact>();
  const add = (owner: string, name: string, type: string | null): void => {
    const key = `${owner}.${name}`;
    if (type !== null && /^[A-Z]/.test(lastName(type)) && !facts.has(key)) facts.set(key, { owner, name, type });
  };
  for (const assignment of nodesOfType(outline.root, 'assignment')) {
    const left = assignment.childForFieldName('left');
    const right = assignment.childForFieldName('right');
    const name = textOf(left, text)?.replace(/\s+/g, '') ?? '';
    if (!left || name.length > 100) continue;
    const owner = outline.functionOf(assignment);
    const type = typeText(assignment.childForFieldName('type'), text) ?? constructed(right, text);
    if (owner === null) {
      const cls = outline.classOf(assignment);
      if (left.type === 'identifier') add(cls === null ? '' : (classes[cls]?.name ?? ''), name, type);
      continue;
    }
    const member = /^self\.(\w+)$/.exec(name)?.[1];
    const span = functions[owner];
    if (member === undefined || span?.class == null) continue;
    const parameter =
      right?.type === 'identifier' ? span.parameters.find((each) => each.name === textOf(right, text)) : undefined;
    add(classes[span.class]?.name ?? '', member, type ?? typeText(parameter?.type ?? null, text));
  }
  return [...facts.values()];
}

/** `OrderService(session)`: a class is called. */
function constructed(node: TreeNode | null, text: string): string | null {
  if (node?.type !== 'call') return null;
  const callee = textOf(node.childForFieldName('function'), text) ?? '';
  return path.test(callee) && /^[A-Z][a-z]/.test(lastName(callee)) ? callee : null;
}

function readClasses(outline: PyOutline, lines: LineIndex): ClassFact[] {
  return outline.classes
    .filter(({ name }) => name !== '')
    .map(({ node, name, bases, decorators }) => ({
      name,
      extends: bases[0]?.replace(/\[/g, '<').replace(/\]/g, '>') ?? null,
      implements: bases.slice(1),
      decorators: decorators.map((each) => lastName(each.name)),
      exported: outline.classOf(node) === null && outline.functionOf(node) === null,
      at: lines.range(node.startIndex, node.childForFieldName('body')?.startIndex ?? node.endIndex),
    }));
}
