/** Reads schemas of Apache Solr: each is a collection, each field a column; what dynamic fields there may be is a note. */
import type { Table } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import { plainColumn, plainTable } from '../../schema/emptyTable.ts';
import type { Fragment, LinkResult, ReadResult, Reader, SourceFile } from '../reader.ts';
import { emptyFacts } from '../shared/emptyFacts.ts';
import { directoryOf } from '../shared/paths.ts';
import { isSolrSchema, readSolrSchema } from './schemaXml.ts';
import type { SolrField, SolrSchema } from './schemaXml.ts';

interface Collection extends Omit<SolrSchema, 'fields' | 'start' | 'end'> {
  readonly collection: string;
  readonly fields: readonly (Omit<SolrField, 'start' | 'end'> & { readonly at: SourceRange })[];
  readonly at: SourceRange;
}

export interface SolrMappings {
  readonly collection: Collection | null;
}

export const solrReader: Reader<SolrMappings> = {
  id: 'solr',
  yields: 'stores',
  version: 1,
  detect: isSolrSchema,
  part: () => 'stands',
  read,
  link,
};

function read({ path, text, lines }: SourceFile): ReadResult<SolrMappings> {
  const schema = readSolrSchema(text);
  const collection = schema && {
    name: schema.name,
    uniqueKey: schema.uniqueKey,
    dynamic: schema.dynamic,
    collection: nameOf(path, schema.name),
    fields: schema.fields.map(({ start, end, ...field }) => ({ ...field, at: lines.range(start, end) })),
    at: lines.range(schema.start, schema.end),
  };
  return { fragment: { reader: 'solr', file: path, mappings: { collection }, facts: emptyFacts(path) }, problems: [] };
}

/** Folders of every set of configuration files, and those around them; what tells one from another stands above. */
const general =
  /^(?:conf|config|configs?ets?|configuration|solr|schemas?|resources|main|src|docker|deploy(?:ment)?|data|home|server|\.{0,2})$/iu;

/** `solr/configsets/products/conf/managed-schema` is of `products`. The name within is often that of the example it was copied from. */
function nameOf(path: string, stated: string | null): string {
  const folder = path
    .split('/')
    .slice(0, -1)
    .toReversed()
    .find((part) => !general.test(part));
  const isCopied = stated === null || /^(?:example\b.*|default-config|minimal|example-\w+|schema)$/iu.test(stated);
  if (/\/conf\/[^/]+$/u.test(path) && folder !== undefined) return folder;
  return isCopied ? (folder ?? stated ?? 'solr') : stated;
}

function link(fragments: readonly Fragment<SolrMappings>[]): LinkResult {
  const tables = new Map<string, Table>();
  for (const { mappings } of fragments) {
    const { collection: read } = mappings;
    if (!read || tables.has(read.collection)) continue;
    const { collection: name, fields, uniqueKey, dynamic, at } = read;
    const seen = new Set<string>();
    tables.set(name, {
      ...plainTable(name, 'solr', directoryOf(at.file), at),
      kind: 'collection',
      columns: fields
        .filter((field) => !seen.has(field.name) && seen.add(field.name))
        .map((field) => ({
          ...plainColumn(
            field.name,
            {
              type: field.class,
              rawType: field.type,
              length: null,
              precision: null,
              scale: null,
              array: field.multiValued,
            },
            field.at,
          ),
          nullable: !field.required && field.name !== uniqueKey,
          default: field.default,
        })),
      primaryKey: uniqueKey !== null && seen.has(uniqueKey) ? [uniqueKey] : [],
      comment: dynamic.length === 0 ? null : `Dynamic fields: ${dynamic.join(', ')}`,
    });
  }
  return { tables: [...tables.values()], enums: [], files: fragments.map(({ facts }) => facts), problems: [] };
}
