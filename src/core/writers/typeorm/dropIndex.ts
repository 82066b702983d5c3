import type { Index, Table } from '../../schema/model.ts';
import type { TextEdit } from '../../schema/source.ts';
import type { SyntaxNode } from '../../syntax/syntax.ts';
import { unimportName } from '../shared/imports.ts';
import { lineEnd, lineStart, partsOf, startsLine } from '../shared/style.ts';
import type { WriteResult } from '../writer.ts';
import { propertyOf } from '../shared/declaration.ts';
import type { ClassDeclaration, DecoratorNode } from '../shared/declaration.ts';
import type { EntitySource } from '../shared/entitySource.ts';
import { propertiesFor } from './properties.ts';

/** Removes the decorator (or the entry of `indices`) that declares the index, and its import where nothing else needs it. */
export function dropIndex(index: Index, table: Table, source: EntitySource): WriteResult {
  if (index.origin !== 'declared')
    return {
      ok: false,
      reason: `The index on ${index.columns.join(', ')} is not declared: ${index.origin === 'orm' ? 'TypeORM' : 'the database'} creates it by itself.`,
    };
  const { declaration } = source;
  const properties = propertiesFor(table, index.columns) ?? [];
  if (declaration.kind === 'schema') return dropEntry(source, declaration.object, index, properties);
  const found = declaringDecorator(declaration, index, properties);
  if (!found)
    return {
      ok: false,
      reason: `No @Index() for ${index.columns.join(', ')} was found in ${table.entity ?? table.name}; it may be inherited.`,
    };
  const removal = removeDecorator(source, found.node);
  return { ok: true, edits: [...unimportName(source, found.node, 'typeorm'), removal] };
}

function declaringDecorator(
  declaration: ClassDeclaration,
  index: Index,
  properties: readonly string[],
): DecoratorNode | undefined {
  const [only] = properties;
  const onProperty =
    properties.length === 1
      ? declaration.properties.find(({ name }) => name === only)?.decorators.filter(({ name }) => isIndex(name))
      : [];
  const onClass = declaration.decorators.filter(
    (decorator) => isIndex(decorator.name) && sameList(decorator.arguments?.find(isList), properties),
  );
  const candidates = [...(onProperty ?? []), ...onClass];
  const named = candidates.find(
    ({ arguments: list }) => index.name !== null && list?.[0]?.text.slice(1, -1) === index.name,
  );
  return named ?? candidates[0];
}

/** `Index`, or the alias it was imported under. */
function isIndex(name: string): boolean {
  return name.endsWith('Index');
}

function isList(node: SyntaxNode): boolean {
  return node.type === 'array' || node.type === 'arrow_function';
}

/** `['a', 'b']` or `(entity) => [entity.a, entity.b]`. */
function sameList(node: SyntaxNode | undefined, properties: readonly string[]): boolean {
  if (!node) return false;
  const array = node.type === 'array' ? node : (node.descendantsOfType('array')[0] ?? null);
  const names = array
    ? partsOf(array).map((element) =>
        element.text
          .replace(/^['"`](.*)['"`]$/u, '$1')
          .replace(/^\w+\./u, (text) => (element.type === 'string' ? text : '')),
      )
    : [];
  return names.length === properties.length && names.every((name, at) => name === properties[at]);
}

/** With its line where it has one of its own. */
function removeDecorator({ path, text }: EntitySource, node: SyntaxNode): TextEdit {
  const rest = text.slice(node.endIndex, lineEnd(text, node.endIndex));
  if (startsLine(text, node.startIndex) && rest.trim() === '') {
    const end = lineEnd(text, node.endIndex);
    const lineBreak = /^(?:\r\n|\n|\r)/u.exec(text.slice(end))?.[0].length ?? 0;
    return { file: path, start: lineStart(text, node.startIndex), end: end + lineBreak, newText: '' };
  }
  const space = /^[ \t]*/u.exec(rest)?.[0].length ?? 0;
  return { file: path, start: node.startIndex, end: node.endIndex + space, newText: '' };
}

function dropEntry(source: EntitySource, object: SyntaxNode, index: Index, properties: readonly string[]): WriteResult {
  const list = propertyOf(object, 'indices');
  const entries = list?.type === 'array' ? partsOf(list) : [];
  const entry = entries.find(
    (candidate) => candidate.type === 'object' && sameList(propertyOf(candidate, 'columns'), properties),
  );
  if (!list || !entry) return { ok: false, reason: `No entry of "indices" for ${index.columns.join(', ')} was found.` };
  const next = entries[entries.indexOf(entry) + 1];
  const previous = entries[entries.indexOf(entry) - 1];
  const start = next || !previous ? entry.startIndex : previous.endIndex;
  const trailing = /^\s*,/u.exec(source.text.slice(entry.endIndex, list.endIndex - 1))?.[0].length ?? 0;
  const end = next ? next.startIndex : previous ? entry.endIndex : entry.endIndex + trailing;
  return { ok: true, edits: [{ file: source.path, start, end, newText: '' }] };
}
