import type { Index, Unique } from '../../schema/model.ts';
import type { PrismaField } from '../../syntax/prisma/ast.ts';
import type { WriteResult } from '../writer.ts';
import { attributeAt, fieldsOf, insertBlockAttribute, noField, removeAttribute } from './modelSource.ts';
import type { ModelSource } from './modelSource.ts';

/** Access methods that Prisma can declare (prisma.io/docs/orm/prisma-schema/data-model/indexes). */
const methods: Readonly<Record<string, string>> = {
  hash: 'Hash',
  gin: 'Gin',
  gist: 'Gist',
  spgist: 'SpGist',
  brin: 'Brin',
};

/** `@@index([…])`, `@@unique([…])` or `@@fulltext([…])`; `@unique` on the field where it is alone. */
export function addIndex(index: Index, source: ModelSource): WriteResult {
  const { table } = source;
  const fields = fieldsOf(table, index.columns);
  if (!fields || fields.length === 0) return refuse(noField(table, index.columns));
  if (index.expression !== null)
    return refuse('Prisma cannot declare an index on an expression; create it in a migration.');
  if (index.include.length > 0)
    return refuse('Prisma cannot declare an index with INCLUDE columns; create it in a migration.');
  if (index.where !== null) return refuse('Prisma declares no partial indexes by default; create it in a migration.');
  const method = index.method?.toLowerCase() ?? 'btree';
  const isFulltext = method === 'fulltext' || method === 'text';
  if (method !== 'btree' && !isFulltext && !Object.hasOwn(methods, method))
    return refuse(`Prisma cannot declare a ${method} index; create it in a migration.`);
  const parts = fields.map((field, at) => (index.orders[at] === 'desc' ? `${field}(sort: Desc)` : field));
  const options = [
    ...(Object.hasOwn(methods, method) ? [`type: ${methods[method] ?? ''}`] : []),
    ...(index.name === null ? [] : [`map: ${JSON.stringify(index.name)}`]),
  ];
  if (index.unique && parts.length === 1 && parts[0] === fields[0] && method === 'btree')
    return addUniqueField(fields[0] ?? '', options, source);
  const name = index.unique ? 'unique' : isFulltext ? 'fulltext' : 'index';
  return ok(
    insertBlockAttribute(source, `@@${name}([${parts.join(', ')}]${options.map((each) => `, ${each}`).join('')})`),
  );
}

export function addUnique(unique: Unique, source: ModelSource): WriteResult {
  const { table } = source;
  if (unique.deferrable !== null)
    return refuse('Prisma cannot declare a deferrable constraint; create it in a migration.');
  const fields = fieldsOf(table, unique.columns);
  if (!fields || fields.length === 0) return refuse(noField(table, unique.columns));
  const options = unique.name === null ? [] : [`map: ${JSON.stringify(unique.name)}`];
  if (fields.length === 1) return addUniqueField(fields[0] ?? '', options, source);
  return ok(
    insertBlockAttribute(source, `@@unique([${fields.join(', ')}]${options.map((each) => `, ${each}`).join('')})`),
  );
}

function addUniqueField(name: string, options: readonly string[], source: ModelSource): WriteResult {
  const field = source.block.fields.find((each) => each.name === name);
  if (!field) {
    const attribute = `@@unique([${name}]${options.map((each) => `, ${each}`).join('')})`;
    return ok(insertBlockAttribute(source, attribute));
  }
  if (field.attributes.some((each) => each.name === 'unique' || each.name === 'id'))
    return refuse(`${name} is unique already.`);
  return ok(appendToField(source, field, `@unique${options.length > 0 ? `(${options.join(', ')})` : ''}`));
}

function appendToField({ path }: ModelSource, field: PrismaField, attribute: string): Edit {
  return { file: path, start: field.end, end: field.end, newText: ` ${attribute}` };
}

type Edit = ReturnType<typeof insertBlockAttribute>;

/** Takes the attribute out that declares the index or the unique key. */
export function dropIndex(index: Index | Unique, source: ModelSource): WriteResult {
  const { table, lines, path } = source;
  const columns = index.columns.join(', ');
  if (index.origin !== 'declared')
    return refuse(
      `The index on ${columns} is not declared: ${index.origin === 'orm' ? 'Prisma' : 'the database'} creates it by itself.`,
    );
  const found = index.at.file === path ? attributeAt(source, lines.offset(index.at.line, index.at.column)) : null;
  if (!found || !/^(?:index|unique|fulltext)$/.test(found.attribute.name))
    return refuse(`No attribute for the index on ${columns} was found in ${table.entity ?? table.name}.`);
  return ok(removeAttribute(source, found.attribute, found.onBlock));
}

function ok(edit: Edit): WriteResult {
  return { ok: true, edits: [edit] };
}

function refuse(reason: string): WriteResult {
  return { ok: false, reason };
}
