/** Code facts of a C# file, before any ORM has looked at it: `queries` and `dataSources` are empty. */
import type { Access, Branch, Call, FileFacts, FunctionFact, ImportFact } from '../../../schema/code.ts';
import type { ClassFact, FieldFact } from '../../../schema/classFacts.ts';
import type { LineIndex } from '../../../syntax/lineIndex.ts';
import type { TreeNode } from '../../../syntax/treeNode.ts';
import type { SourceFile } from '../../reader.ts';
import { emptyFacts } from '../emptyFacts.ts';
import { oneRoundOnly } from '../oneRound.ts';
import { assignmentBefore } from '../typescript/scan.ts';
import { readCsEndpoints } from './endpoints.ts';
import { blockEnd, flagBranches, statedArguments } from './flags.ts';
import { csFunctionAt, csLoopAt, csOutlineOf } from './outline.ts';
import type { CsOutline } from './outline.ts';

/** Of the base class library: no function of the project stands behind them. */
const builtIn = new Set(
  (
    'ToString Equals GetHashCode GetType CompareTo Parse TryParse Format Join Concat Split Trim TrimStart TrimEnd Replace Substring ToLower ToUpper ToLowerInvariant ' +
    'ToUpperInvariant StartsWith EndsWith Contains IndexOf IsNullOrEmpty IsNullOrWhiteSpace ToList ToArray ToDictionary ToHashSet AsEnumerable AsQueryable Where Select SelectMany OrderBy ' +
    'OrderByDescending ThenBy ThenByDescending GroupBy Skip Take Distinct Reverse Cast OfType Include ThenInclude AsNoTracking AsSplitQuery AsTracking ConfigureAwait FromResult WhenAll WhenAny ' +
    'Run Delay LogInformation LogWarning LogError LogDebug LogTrace LogCritical nameof WriteLine Ok NotFound BadRequest NoContent View Json RedirectToAction CreatedAtAction Unauthorized Forbid ' +
    'ThrowIfNull Invoke Max Min Abs Round Ceiling Floor Now AddDays AddHours AddMinutes AddSeconds GetValueOrDefault GetAwaiter GetResult TryGetValue ContainsKey Clear Dispose Zip Aggregate Append'
  ).split(' '),
);

const argument = /^(?:this\.)?[A-Za-z_]\w*(?:[!?]?\.[A-Za-z_]\w*)*!?$/u;

export function readCsFacts(file: SourceFile): FileFacts {
  const empty = emptyFacts(file.path);
  if (file.language !== 'csharp') return empty;
  const outline = csOutlineOf(file.parsed());
  const { lines } = file;
  const oneRound = oneRoundOnly(file.text, lines);
  return {
    ...empty,
    functions: functionsOf(outline, lines),
    loops: outline.loops.map(
      ({ kind, variables, iterable, bounded, concurrent, parent, function: owner, start, end }) => ({
        kind,
        variables,
        iterable,
        bounded,
        concurrent,
        parent,
        function: owner,
        at: lines.range(start, end),
      }),
    ),
    calls: callsOf(outline, lines),
    accesses: accessesOf(outline, lines),
    endpoints: readCsEndpoints(outline, file.path, lines),
    imports: importsOf(file.text),
    fields: fieldsOf(outline),
    classes: classesOf(outline, lines),
    ...branchesOf(outline, lines),
    ...(oneRound.length > 0 ? { oneRound } : {}),
  };
}

/** `if (fallback == null) { fallback = await … }` and `fallback ??= await …`: the name, and what stands behind the condition. */
const filling =
  /\bif\s*\((?:[^(){};]|\([^(){};]*\)){0,200}?\b([A-Za-z_]\w*)\s*(?:==|is)\s*null\b(?:[^(){};]|\([^(){};]*\)){0,200}\)\s*(\{?)\s*\1\s*=(?!=)[^;{}]{0,600};|(?<![.\w])([A-Za-z_]\w*)\s*\?\?=[^;{}]{0,600};/gu;

/** `if (++count % 1000 == 0) { … }`: what stands behind it runs once in so many rounds. */
const now =
  /\bif\s*\((?:[^(){};|]|\([^(){};|]*\)){0,200}?%\s*([\w.]+)\s*==\s*[\w.]+(?:[^(){};|]|\([^(){};|]*\)){0,100}\)\s*/gu;

/** Where a name is filled that was found empty, what runs now and then, and what flags switch on. */
function branchesOf(outline: CsOutline, lines: LineIndex): Pick<FileFacts, 'branches'> {
  const { text } = outline;
  const filled = /(?:==|\bis)\s*null\b|\?\?=/u.test(text) ? text.matchAll(filling) : [];
  const branches = Array.from(filled, (match): Branch[] => {
    const own = csFunctionAt(outline, match.index);
    const at = lines.range(match.index, match.index + match[0].length);
    return own === null ? [] : [{ function: own, parameter: null, member: '', present: false, at }];
  })
    .flat()
    .concat(seldomBranches(outline, lines), flagBranches(outline, lines));
  return branches.length > 0 ? { branches } : {};
}

function seldomBranches(outline: CsOutline, lines: LineIndex): readonly Branch[] {
  const { text } = outline;
  if (!text.includes('%')) return [];
  return Array.from(text.matchAll(now), (match): Branch[] => {
    const own = csFunctionAt(outline, match.index);
    // Every second or third round is nothing that would be seldom.
    if (own === null || /^\d$/u.test(match[1] ?? '')) return [];
    const start = match.index + match[0].length;
    const at = lines.range(start, blockEnd(text, start));
    return [{ function: own, parameter: null, member: '', present: true, seldom: true, at }];
  }).flat();
}

function functionsOf(outline: CsOutline, lines: LineIndex): FunctionFact[] {
  const { text } = outline;
  return outline.functions.map(({ node, name, class: owner, parent, start, end }) => {
    const list = node.childForFieldName('parameters');
    const parameters =
      list?.type === 'parameter_list'
        ? list.namedChildren.filter(({ type }) => type === 'parameter' || type === 'identifier')
        : list
          ? [list]
          : [];
    const body = node.childForFieldName('body');
    const head = text.slice(start, body?.startIndex ?? end);
    return {
      name,
      owner: owner === null ? null : (outline.classes[owner]?.name ?? null),
      parameters: parameters.map((each) => textOf(each.childForFieldName('name') ?? each, text)),
      parameterTypes: parameters.map((each) => {
        const type = each.childForFieldName('type');
        return type ? textOf(type, text) : null;
      }),
      async: /\basync\b/u.test(head),
      parent,
      exported: /\b(?:public|internal|protected)\b/u.test(head),
      decorators: attributeNames(node, text),
      returns: returned(body, text),
      at: lines.range(start, end),
    };
  });
}

export function attributeNames(node: TreeNode, text: string): readonly string[] {
  return node.namedChildren
    .filter(({ type }) => type === 'attribute_list')
    .flatMap((list) => list.namedChildren.filter(({ type }) => type === 'attribute'))
    .map((attribute) =>
      textOf(attribute.childForFieldName('name') ?? attribute, text)
        .replace(/^.*\./u, '')
        .replace(/(?<=\w)Attribute$/u, ''),
    );
}

function textOf(node: TreeNode, text: string): string {
  return text.slice(node.startIndex, node.endIndex);
}

/** The plain name it returns last, or answers with: `return Ok(orders);`. */
function returned(body: TreeNode | null, text: string): string | null {
  if (!body) return null;
  const source = text.slice(Math.max(body.startIndex, body.endIndex - 400), body.endIndex);
  return (
    [
      ...source.matchAll(
        /\breturn\s+(?:await\s+)?(?:(?:\w+\.)?(?:Ok|Json|View|PartialView)\s*\(\s*)?([A-Za-z_]\w*)\s*\)?\s*;/gu,
      ),
    ].at(-1)?.[1] ?? null
  );
}

function callsOf(outline: CsOutline, lines: LineIndex): Call[] {
  const { text } = outline;
  return outline.calls.flatMap((span): Call[] => {
    if (builtIn.has(span.method) || span.method === '' || (span.function === null && span.loop === null)) return [];
    const written = text.slice(span.start, span.argsStart);
    if (written.length > 400) return [];
    const callee = written
      .replace(/<[^<>()]*(?:<[^<>]*>[^<>]*)*>\s*$/u, '')
      .replace(/[\s!?]+/gu, '')
      .replace(/\([^()]*\)/gu, '()');
    if (callee.length > 160) return [];
    const assignment = assignmentBefore(text, span.start);
    const list = span.node.childForFieldName('arguments');
    const given = (list?.namedChildren ?? []).slice(0, 12).map((each) => {
      const value = each.lastNamedChild ? textOf(each.lastNamedChild, text) : '';
      return value.length < 80 && argument.test(value) ? value.replace(/[!?]/gu, '') : null;
    });
    return [
      {
        callee,
        arguments: given,
        ...statedArguments(list, text),
        awaited: assignment.awaited,
        result: assignment.target,
        function: span.function,
        loop: span.loop,
        at: lines.range(span.start, span.end),
      },
    ];
  });
}

const mostPerLoop = 200;

/** Members read of the elements of loops. One per path and loop. */
function accessesOf(outline: CsOutline, lines: LineIndex): Access[] {
  const { text } = outline;
  const accesses: Access[] = [];
  for (const [id, loop] of outline.loops.entries()) {
    if (loop.bodyEnd - loop.bodyStart > 40_000 || loop.kind === 'for' || loop.kind === 'while') continue;
    const body = text.slice(loop.bodyStart, loop.bodyEnd);
    const seen = new Set<string>();
    for (const name of loop.variables) {
      for (const match of body.matchAll(
        new RegExp(`(?<![\\w.$"'])${name}[!?]?\\.([A-Za-z_]\\w*(?:[!?]?\\.[A-Za-z_]\\w*)*)\\s*(\\(|<)?`, 'gu'),
      )) {
        const path = (match[1] ?? '').replace(/[!?]/gu, '').split('.');
        if (match[2] === '(') path.pop();
        if (path.length === 0 || seen.size >= mostPerLoop) continue;
        const start = loop.bodyStart + match.index;
        const inner = csLoopAt(outline, start) ?? id;
        const key = `${name}.${path.join('.')} ${String(inner)}`;
        if (seen.has(key)) continue;
        seen.add(key);
        accesses.push({
          path: `${name}.${path.join('.')}`,
          awaited: false,
          function: csFunctionAt(outline, start),
          loop: inner,
          at: lines.range(start, start + match[0].length),
        });
      }
    }
  }
  return accesses;
}

function importsOf(text: string): ImportFact[] {
  return Array.from(
    text.matchAll(/^[ \t]*(?:global\s+)?using\s+(?:static\s+)?(?:(\w+)\s*=\s*)?([\w.]+)\s*;/gmu),
    (match) => ({
      local: match[1] ?? match[2] ?? '',
      imported: '*',
      module: match[2] ?? '',
    }),
  );
}

/** Fields, properties and parameters of primary constructors: what `this.orders` and `_orders` are. */
function fieldsOf(outline: CsOutline): FieldFact[] {
  const { text } = outline;
  const fields: FieldFact[] = [];
  for (const { node, name: owner } of outline.classes) {
    const primary = node.namedChildren.find(({ type }) => type === 'parameter_list');
    for (const parameter of primary?.namedChildren ?? [])
      add(owner, parameter.childForFieldName('name'), parameter.childForFieldName('type'));
    for (const member of node.childForFieldName('body')?.namedChildren ?? []) {
      if (member.type === 'property_declaration')
        add(owner, member.childForFieldName('name'), member.childForFieldName('type'));
      if (member.type !== 'field_declaration') continue;
      const declaration = member.namedChildren.find(({ type }) => type === 'variable_declaration');
      for (const declarator of declaration?.namedChildren ?? [])
        if (declarator.type === 'variable_declarator')
          add(owner, declarator.childForFieldName('name'), declaration?.childForFieldName('type') ?? null);
    }
  }
  function add(owner: string, name: TreeNode | null, type: TreeNode | null): void {
    if (name && type) fields.push({ owner, name: textOf(name, text), type: textOf(type, text).slice(0, 200) });
  }
  return fields;
}

function classesOf(outline: CsOutline, lines: LineIndex): ClassFact[] {
  const { text } = outline;
  return outline.classes.map(({ node, name, start }) => {
    const bases = (node.namedChildren.find(({ type }) => type === 'base_list')?.namedChildren ?? [])
      .filter(({ type }) => type !== 'argument_list')
      .map((each) => textOf(each, text).replace(/\([\s\S]*$/u, ''));
    const isInterface = (base: string): boolean => /^(?:\w+\.)*I[A-Z]/u.test(base);
    const head = text.slice(start, node.childForFieldName('body')?.startIndex ?? start);
    const nameNode = node.childForFieldName('name');
    return {
      name,
      extends: bases.find((base) => !isInterface(base)) ?? null,
      implements: bases.filter(isInterface),
      decorators: attributeNames(node, text),
      exported: /\bpublic\b/u.test(head),
      at: lines.range(nameNode?.startIndex ?? start, nameNode?.endIndex ?? start),
    };
  });
}
