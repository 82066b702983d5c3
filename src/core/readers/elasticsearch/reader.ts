/** Reads mappings of Elasticsearch and OpenSearch: each index is a collection, each field a column. */
import type { Table } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { Fragment, LinkResult, ReadResult, Reader, SourceFile } from '../reader.ts';
import { emptyFacts } from '../shared/emptyFacts.ts';
import { plainColumn, plainTable } from '../../schema/emptyTable.ts';
import { directoryOf } from '../shared/paths.ts';
import { fieldType, holdsMapping, mappingsIn } from './mapping.ts';

interface Field {
  readonly path: string;
  readonly type: string;
  readonly at: SourceRange;
}

interface MappedIndex {
  readonly name: string;
  readonly isTemplate: boolean;
  readonly fields: readonly Field[];
  readonly at: SourceRange;
}

export interface ElasticsearchMappings {
  readonly indices: readonly MappedIndex[];
}

export const elasticsearchReader: Reader<ElasticsearchMappings> = {
  id: 'elasticsearch',
  yields: 'stores',
  version: 1,
  detect: (path, text) => /\.json$/iu.test(path) && holdsMapping(text),
  part: () => 'stands',
  read,
  link,
};

function read({ path, text, lines }: SourceFile): ReadResult<ElasticsearchMappings> {
  const indices = mappingsIn(text).map(({ index, isTemplate, fields }): MappedIndex => {
    const named = index === null ? -1 : text.indexOf(`"${index}"`);
    const start = Math.max(named, 0);
    return {
      name: index ?? nameOfFile(path),
      isTemplate,
      fields: fields.map(({ path: field, type, start: from, end }) => ({
        path: field,
        type,
        at: lines.range(from, end),
      })),
      at: lines.range(start, named === -1 ? Math.min(1, text.length) : start + (index?.length ?? 0) + 2),
    };
  });
  return {
    fragment: { reader: 'elasticsearch', file: path, mappings: { indices }, facts: emptyFacts(path) },
    problems: [],
  };
}

/** `products-mapping.json` is of the index `products`; a file that is only called `mapping.json` of what its folder is called. */
function nameOfFile(path: string): string {
  const parts = path.replace(/\.json$/iu, '').split('/');
  for (const part of parts.toReversed()) {
    const name = part
      .replace(
        /(?:^|[-_.])(?:mappings?|settings|index(?:es)?|indices|templates?|schema|elastic(?:search)?|es|opensearch)(?=[-_.]|$)/giu,
        '',
      )
      .replace(/^[-_.]+/u, '');
    if (name !== '') return name;
  }
  return parts.at(-1) ?? 'index';
}

function link(fragments: readonly Fragment<ElasticsearchMappings>[]): LinkResult {
  const tables = new Map<string, Table>();
  for (const { mappings } of fragments)
    for (const { name, isTemplate, fields, at } of mappings.indices) {
      if (tables.has(name)) continue;
      const seen = new Set<string>();
      const columns = fields
        .filter(({ path }) => !seen.has(path) && seen.add(path))
        .map(({ path, type, at: place }) => ({
          ...plainColumn(path, { ...shape, type: fieldType(type), rawType: type }, place),
          nullable: true,
        }));
      tables.set(name, {
        ...plainTable(name, 'elasticsearch', directoryOf(at.file), at),
        kind: 'collection',
        // Every document has one, whether it is stated or not.
        columns: [
          { ...plainColumn('_id', { ...shape, type: 'string', rawType: 'keyword' }, at), property: null },
          ...columns,
        ],
        primaryKey: ['_id'],
        comment: isTemplate ? 'Index template' : null,
      });
    }
  return { tables: [...tables.values()], enums: [], files: fragments.map(({ facts }) => facts), problems: [] };
}

const shape = { length: null, precision: null, scale: null, array: false } as const;
