/**
 * Serializers of Django REST framework, and the views that list rows with them, as the reads and loops that they come to: each serializer
 * gets a function `to_representation` that reads what its fields show, each list a loop that hands its rows to that function.
 */
import type { Access, Call, FileFacts, FunctionFact, Loop } from '../../schema/code.ts';
import type { LineIndex } from '../../syntax/lineIndex.ts';
import type { TreeNode } from '../../syntax/treeNode.ts';
import type { SourceFile } from '../reader.ts';
import { partsOf } from '../shared/python/expressions.ts';
import { attributesOf } from './attributes.ts';
import { plainString } from '../shared/python/lookups.ts';
import { pythonOutline, textOf } from '../shared/python/outline.ts';
import type { PyClassSpan, PyOutline } from '../shared/python/outline.ts';

const shown = 'to_representation';
/** What the row is called there. */
const row = 'instance';

interface Making {
  readonly outline: PyOutline;
  readonly lines: LineIndex;
  readonly functions: FunctionFact[];
  readonly loops: Loop[];
  readonly calls: Call[];
  readonly accesses: Access[];
}

export function mayHoldSerializers(text: string): boolean {
  return /\bclass\s+\w+\([^)]*Serializer\b|\bserializer_class\s*=|Serializer\([^)]*\bmany\s*=\s*True/.test(text);
}

export function withSerializers(file: SourceFile, facts: FileFacts): FileFacts {
  if (!mayHoldSerializers(file.text)) return facts;
  const making: Making = {
    outline: pythonOutline(file.parsed()),
    lines: file.lines,
    functions: [...facts.functions],
    loops: [...facts.loops],
    calls: [...facts.calls],
    accesses: [...facts.accesses],
  };
  for (const cls of making.outline.classes) {
    if (isSerializer(cls)) addSerializer(cls, making);
    else addView(cls, making);
  }
  addLists(making);
  const { functions, loops, calls, accesses } = making;
  return { ...facts, functions, loops, calls, accesses };
}

function isSerializer({ name, bases }: PyClassSpan): boolean {
  return name !== '' && bases.some((base) => lastName(base).endsWith('Serializer'));
}

/** `ModelSerializer` of `serializers.ModelSerializer[Order]`. */
function lastName(path: string): string {
  const name = path.replace(/\[[\s\S]*$/, '');
  return name.slice(name.lastIndexOf('.') + 1);
}

function addFunction(
  name: string,
  owner: string,
  parameters: readonly string[],
  node: TreeNode,
  making: Making,
): number {
  making.functions.push({
    name,
    owner,
    parameters,
    parameterTypes: parameters.map(() => null),
    async: false,
    parent: null,
    exported: true,
    decorators: [],
    returns: null,
    at: making.lines.range(node.startIndex, node.endIndex),
  });
  return making.functions.length - 1;
}

function addSerializer(cls: PyClassSpan, making: Making): void {
  const { outline, lines, functions } = making;
  const { text } = outline;
  // What it states itself is read as it is.
  if (functions.some(({ name, owner }) => name === shown && owner === cls.name)) return;
  const head = cls.node.childForFieldName('name') ?? cls.node;
  const id = addFunction(shown, cls.name, [row], head, making);
  const read = (path: string, node: TreeNode): void => {
    making.accesses.push({
      path: `${row}.${path}`,
      awaited: true,
      function: id,
      loop: null,
      at: lines.range(node.startIndex, node.endIndex),
    });
  };
  const call = (callee: string, argument: string, node: TreeNode): void => {
    making.calls.push(callOf(callee, argument, { function: id, loop: null }, node, lines));
  };
  for (const base of cls.bases)
    if (lastName(base).endsWith('Serializer')) call(`${lastName(base)}.${shown}`, row, head);
  for (const name of namesOfMeta(cls, making)) call(`${row}.${name}`, '', head);
  for (const [name, value] of attributesOf(cls, text)) {
    const field = value.type === 'call' ? lastName(textOf(value.childForFieldName('function'), text) ?? '') : '';
    const options = value.type === 'call' ? optionsOf(value, text) : new Map<string, TreeNode>();
    const stated = options.get('source');
    const source = stated ? plainString(stated, { text, lines }) : name;
    // What is only taken in shows nothing; `*` is the row itself.
    if (field === '' || source === null || textOf(options.get('write_only') ?? null, text) === 'True') continue;
    if (field.endsWith('SerializerMethodField')) {
      const method = options.get('method_name');
      call(`this.${(method && plainString(method, { text, lines })) ?? `get_${name}`}`, row, value);
    } else if (field.endsWith('Serializer')) {
      if (source !== '*') read(source, value);
      call(`${field}.${shown}`, source === '*' ? row : `${row}.${source}`, value);
    } else if (source.includes('.') || /^(?:StringRelated|SlugRelated)Field$/.test(field)) read(source, value);
    else if (textOf(options.get('many') ?? null, text) === 'True') read(source, value);
    // A property of the model, perhaps.
    else if (field.endsWith('Field')) call(`${row}.${source}`, '', value);
  }
}

/** `fields = ["number", "total"]` in its Meta: of a property of the model, what that reads. */
function namesOfMeta(cls: PyClassSpan, { outline, lines }: Making): readonly string[] {
  const { text, classes } = outline;
  const meta = classes.find(
    ({ name, node }) => name === 'Meta' && node.startIndex > cls.node.startIndex && node.endIndex <= cls.node.endIndex,
  );
  const stated = meta && attributesOf(meta, text).get('fields');
  if (!stated || !/^(?:list|tuple)$/.test(stated.type)) return [];
  const own = attributesOf(cls, text);
  return partsOf(stated).flatMap((part) => {
    const name = plainString(part, { text, lines });
    return name === null || own.has(name) ? [] : [name];
  });
}

function optionsOf(call: TreeNode, text: string): ReadonlyMap<string, TreeNode> {
  const list = call.childForFieldName('arguments');
  return new Map(
    (list ? partsOf(list) : []).flatMap((arg): [string, TreeNode][] => {
      const value = arg.type === 'keyword_argument' ? arg.childForFieldName('value') : null;
      return value ? [[textOf(arg.childForFieldName('name'), text) ?? '', value]] : [];
    }),
  );
}

function callOf(
  callee: string,
  argument: string,
  place: Pick<Call, 'function' | 'loop'>,
  node: TreeNode,
  lines: LineIndex,
): Call {
  const at = lines.range(node.startIndex, node.endIndex);
  return { callee, arguments: argument === '' ? [] : [argument], awaited: false, result: null, ...place, at };
}

function addLoop(
  rows: TreeNode,
  serializer: string,
  owner: number | null,
  parent: number | null,
  making: Making,
): void {
  const { outline, lines, loops } = making;
  const iterable = outline.text.slice(rows.startIndex, Math.min(rows.endIndex, rows.startIndex + 4000));
  loops.push({
    kind: 'serializer',
    variables: [row],
    iterable: iterable.replace(/\s+/g, ' '),
    bounded: false,
    concurrent: false,
    parent,
    function: owner,
    at: lines.range(rows.startIndex, rows.endIndex),
  });
  making.calls.push(callOf(`${serializer}.${shown}`, row, { function: owner, loop: loops.length - 1 }, rows, lines));
}

/** Views that show one row at a time. */
const single = /^(?:Retrieve|Create|Update|Destroy)\w*APIView$/;
const bare = /^(?:Generic)?ViewSet$/;
const listing = /ViewSet$|List\w*(?:View|Mixin)$|ListAPI|^List/;

/** The serializer that a list is shown with: `serializer_class`, or the one that `get_serializer_class` has for lists; null = not known. */
function serializerOfList(cls: PyClassSpan, { outline }: Making): string | null {
  const owner = outline.classes.indexOf(cls);
  const choosing = outline.functions.find((each) => each.class === owner && each.name === 'get_serializer_class');
  if (!choosing) {
    const stated = textOf(attributesOf(cls, outline.text).get('serializer_class') ?? null, outline.text) ?? '';
    return /^[\w.]+$/.exec(stated)?.[0] ?? null;
  }
  const body = textOf(choosing.node.childForFieldName('body'), outline.text) ?? '';
  const [, listed, taken] = ofListing.exec(body) ?? [];
  return (
    taken ?? (listed !== undefined && /\.get\(\s*self\.action\b|\[\s*self\.action\s*\]/.test(body) ? listed : null)
  );
}

/** `{"list": OrderSerializer}`, or `if self.action == "list": return OrderSerializer` before anything else is returned. */
const ofListing =
  /^(?:(?!\breturn\b)[\s\S]|return(?=\s*\{))*?(?:["']list["']\s*:\s*([\w.]+)\s*[,}]|\bif\s+self\.action\s*(?:==\s*["']list["']|in\s*[[({][^\])}]*["']list["'][^\])}]*[\])}])\s*:\s*return\s+([\w.]+)\s*(?:#.*)?(?:\n|$))/;

/** `queryset = Order.objects.all()` or `get_queryset`, with the serializer of lists. */
function addView(cls: PyClassSpan, making: Making): void {
  const { text, functions } = making.outline;
  const attributes = attributesOf(cls, text);
  const name = serializerOfList(cls, making);
  const bases = cls.bases.map(lastName);
  if (!name || !bases.some((base) => listing.test(base)) || bases.some((base) => single.test(base))) return;
  // What has no list of its own gets one by a mixin.
  if (bases.some((base) => bare.test(base)) && !bases.some((base) => base.startsWith('List'))) return;
  const owner = making.outline.classes.indexOf(cls);
  const list = making.outline.functions.find((each) => each.class === owner && each.name === 'list');
  if (list && !showsOwnRows(textOf(list.node, text) ?? '')) return;
  const method =
    functions.length > 0
      ? making.outline.functions.findIndex((each) => each.class === owner && each.name === 'get_queryset')
      : -1;
  const returned = method === -1 ? null : lastReturned(making.outline.functions[method]?.node ?? null);
  const rows = returned ?? (method === -1 ? (attributes.get('queryset') ?? null) : null);
  if (!rows) return;
  // Within a function of the class, so that what it builds on is known.
  const id = method === -1 ? addFunction('list', cls.name, [], rows, making) : method;
  addLoop(rows, lastName(name), id, null, making);
}

/** A `list` of its own that shows the rows of the view as the inherited one does, whatever it does besides. */
function showsOwnRows(list: string): boolean {
  if (/\bsuper\(\)\.list\(/.test(list)) return true;
  return (
    /\bself\.get_serializer\(\s*\w+,\s*many=True/.test(list) &&
    /\bself\.filter_queryset\(\s*self\.(?:queryset\b|get_queryset\(\))/.test(list) &&
    // What it loads besides, or asks for instead, is its own way.
    !/(?:select|prefetch)_related|\bprefetch_|\.objects\b|\.(?:values|values_list|annotate)\(/.test(list)
  );
}

/** What the function returns at its end. */
function lastReturned(node: TreeNode | null): TreeNode | null {
  const body = node?.childForFieldName('body');
  const last = body ? partsOf(body).findLast(({ type }) => type === 'return_statement') : undefined;
  return last?.firstNamedChild ?? null;
}

/** `OrderSerializer(orders, many=True)` */
function addLists(making: Making): void {
  const { outline } = making;
  for (const { node, callee, function: owner, loop } of outline.calls) {
    const name = lastName(textOf(callee, outline.text) ?? '');
    const list = node.childForFieldName('arguments');
    // In the body of a class it is a field.
    if (!/^[A-Z]\w*Serializer$/.test(name) || !list || owner === null) continue;
    const [rows] = partsOf(list);
    const options = optionsOf(node, outline.text);
    if (!rows || rows.type === 'keyword_argument' || textOf(options.get('many') ?? null, outline.text) !== 'True')
      continue;
    // Which of its fields are shown is only known when it runs.
    if (/^(?:identifier|attribute|call)$/.test((options.get('fields') ?? options.get('expand'))?.type ?? '')) continue;
    addLoop(rows, name, owner, loop, making);
  }
}
