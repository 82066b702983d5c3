/** TypeORM entities as a whole: a new one in the manner of another, deleted, with another table name. */
import type { Table } from '../../schema/model.ts';
import type { EntityWriteResult, WriteContext } from '../entityChange.ts';
import { setPairs } from '../shared/callOptions.ts';
import type { PropertyNode } from '../shared/declaration.ts';
import { readImport } from '../shared/imports.ts';
import { fileNameLike } from '../shared/fileNames.ts';
import { refuse } from '../shared/refusals.ts';
import { removeBlock } from '../shared/removeBlock.ts';
import { indentAt, lineStart, partsOf, quoted } from '../shared/style.ts';
import { unimport } from '../shared/unimport.ts';
import { endOf } from './editColumn.ts';
import { argumentsOf, classOf, isColumn } from './parts.ts';
import type { ClassSource } from './parts.ts';

/** An entity with a key like that of `like`: in a file of its own where that one has one, else behind it. */
export function createTable(table: Table, like: Table, context: WriteContext): EntityWriteResult {
  const source = classOf(like, context);
  if (typeof source === 'string') return refuse(source);
  const { declaration, style, text, path } = source;
  const entity = table.entity ?? table.name;
  const keys = keyProperties(source, like);
  const heritage =
    keys.length === 0
      ? (/\bextends\s+[\w.]+(?=\s*\{|\s+implements\b)/u.exec(
          text.slice(declaration.head.startIndex, declaration.body.startIndex),
        )?.[0] ?? null)
      : null;
  if (keys.length === 0 && heritage === null)
    return refuse(`${like.entity ?? like.name} has no plain primary key to go by; add the first column by hand.`);
  const { eol } = style;
  const members = keys.map(({ node }) => {
    const indent = indentAt(text, node.startIndex);
    return text
      .slice(node.startIndex, endOf(text, node))
      .split(/\r\n|\n|\r/u)
      .map((line) => style.indent + (line.startsWith(indent) ? line.slice(indent.length) : line))
      .join(eol);
  });
  const entityDecorator = declaration.decorators.find(({ name }) => name.endsWith('Entity'));
  const reference = /^@([\w.]+)/u.exec(entityDecorator?.node.text ?? '')?.[1] ?? 'Entity';
  const space = namespaceOf(table, style);
  const lines = [
    `@${reference}(${[quoted(table.name, style), ...space].join(', ')})`,
    `export class ${entity}${heritage === null ? '' : ` ${heritage}`} {`,
    ...members,
    '}',
    '',
  ].join(eol);
  const others = context.schema.tables.filter((each) => each.at.file === path && each !== like);
  if (others.length > 0) {
    const gap = text.endsWith('\n') ? eol : eol + eol;
    return { ok: true, edits: [{ file: path, start: text.length, end: text.length, newText: gap + lines }] };
  }
  const imports = importsFor(source, `${reference} ${heritage ?? ''} ${members.join(' ')}`);
  const file = fileNameLike(path, like.entity ?? like.name, entity);
  if (file === null)
    return refuse(
      `${path} is not named after ${like.entity ?? like.name}, so no name for the new file could be found.`,
    );
  return { ok: true, edits: [], created: [{ path: file, text: imports + eol + lines }] };
}

function namespaceOf({ namespace }: Table, style: ClassSource['style']): readonly string[] {
  return namespace === null ? [] : [`{ schema: ${quoted(namespace, style)} }`];
}

function keyProperties({ declaration }: ClassSource, like: Table): readonly PropertyNode[] {
  if (like.primaryKey.length !== 1) return [];
  const column = like.columns.find(({ name }) => name === like.primaryKey[0]);
  return declaration.properties.filter(
    (property) =>
      property.name === column?.property && property.decorators.length === 1 && property.decorators.some(isColumn),
  );
}

/** The imports of a file, of each what the text names. */
function importsFor({ root, style }: ClassSource, text: string): string {
  const used = new Set(text.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []);
  return partsOf(root)
    .filter(({ type }) => type === 'import_statement')
    .map(readImport)
    .flatMap(({ specifiers, namespace, module, node }) => {
      const from = `from ${style.quote}${module}${style.quote}${style.semicolons ? ';' : ''}`;
      if (namespace !== null) return used.has(namespace) ? [`import * as ${namespace} ${from}`] : [];
      const names = specifiers.filter(({ local }) => used.has(local));
      if (names.length > 0) return [`import { ${names.map((each) => each.node.text).join(', ')} } ${from}`];
      const byDefault = /^import\s+([\w$]+)/u.exec(node.text)?.[1];
      return byDefault !== undefined && byDefault !== 'type' && used.has(byDefault)
        ? [`import ${byDefault} ${from}`]
        : [];
    })
    .map((line) => line + style.eol)
    .join('');
}

export function dropTable(table: Table, context: WriteContext): EntityWriteResult {
  const source = classOf(table, context);
  if (typeof source === 'string') return refuse(source);
  const { declaration, path, text, root } = source;
  const { node } = declaration;
  const rest = partsOf(root).filter(
    (part) => part.type !== 'import_statement' && part.startIndex !== node.startIndex && part.type !== 'decorator',
  );
  if (rest.length === 0) return { ok: true, edits: [], deleted: [path] };
  const start = Math.min(node.startIndex, ...declaration.decorators.map((each) => each.node.startIndex));
  const removed = [removeBlock(path, text, lineStart(text, start), node.endIndex)];
  return { ok: true, edits: [...unimport(source, removed), ...removed] };
}

export function renameTable(
  to: string,
  toNamespace: string | null,
  table: Table,
  context: WriteContext,
): EntityWriteResult {
  if (toNamespace !== table.namespace)
    return refuse('Moving a table to another schema is not written yet; do it by hand.');
  const source = classOf(table, context);
  if (typeof source === 'string') return refuse(source);
  const decorator = source.declaration.decorators.find(({ name }) => /(?:Entity|ViewEntity|ChildEntity)$/u.test(name));
  const list = decorator ? argumentsOf(decorator) : null;
  if (!decorator || !list || /ChildEntity|ViewEntity/u.test(decorator.name))
    return refuse(`${table.entity ?? table.name} has no @Entity() of its own that could name the table.`);
  const [first] = decorator.arguments ?? [];
  const name = quoted(to, source.style);
  if (first?.type === 'object') return { ok: true, edits: setPairs(source, first, { name }) };
  if (!first)
    return {
      ok: true,
      edits: [{ file: source.path, start: list.startIndex + 1, end: list.endIndex - 1, newText: name }],
    };
  return { ok: true, edits: [{ file: source.path, start: first.startIndex, end: first.endIndex, newText: name }] };
}
