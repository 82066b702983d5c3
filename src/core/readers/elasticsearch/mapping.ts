/** Mappings of Elasticsearch and OpenSearch in JSON: of an index, of index and component templates, and as `GET /_mapping` answers. Source: elastic.co/guide, "Mapping". */
import type { ColumnType } from '../../schema/model.ts';
import { yamlEntries } from '../../syntax/yaml.ts';

export interface MappedField {
  /** `address.city` */
  readonly path: string;
  readonly type: string;
  /** Offsets of the type. */
  readonly start: number;
  readonly end: number;
}

export interface Mapping {
  /** Name or pattern of the index; null = only the name of the file tells. */
  readonly index: string | null;
  readonly isTemplate: boolean;
  readonly fields: readonly MappedField[];
}

const types: Readonly<Record<string, ColumnType>> = {
  keyword: 'string',
  constant_keyword: 'string',
  wildcard: 'string',
  version: 'string',
  text: 'text',
  match_only_text: 'text',
  search_as_you_type: 'text',
  semantic_text: 'text',
  completion: 'text',
  annotated_text: 'text',
  long: 'int64',
  unsigned_long: 'decimal',
  integer: 'int32',
  short: 'int16',
  byte: 'int16',
  token_count: 'int32',
  double: 'float64',
  float: 'float32',
  half_float: 'float32',
  scaled_float: 'decimal',
  rank_feature: 'float32',
  date: 'datetime',
  date_nanos: 'datetime',
  boolean: 'boolean',
  binary: 'binary',
  ip: 'network',
  geo_point: 'geometry',
  geo_shape: 'geometry',
  point: 'geometry',
  shape: 'geometry',
  dense_vector: 'vector',
  sparse_vector: 'vector',
  knn_vector: 'vector',
  object: 'object',
  nested: 'object',
  flattened: 'object',
  join: 'object',
  percolator: 'object',
  integer_range: 'range',
  long_range: 'range',
  float_range: 'range',
  double_range: 'range',
  date_range: 'range',
  ip_range: 'range',
};

export function fieldType(type: string): ColumnType {
  return types[type] ?? 'unknown';
}

/** Types that no JSON Schema has. */
const own =
  /"type"\s*:\s*"(?:keyword|text|long|short|byte|double|float|date|nested|ip|geo_point|geo_shape|dense_vector|scaled_float|flattened|completion)"/u;

/** JSON Schema and OpenAPI have properties with types as well. */
export function holdsMapping(text: string): boolean {
  return (
    /"properties"\s*:\s*\{/u.test(text) &&
    (own.test(text) || /"mappings"\s*:\s*\{/u.test(text)) &&
    !/"(?:\$schema|openapi|swagger)"\s*:/u.test(text)
  );
}

/** One per index; what has no fields is left out. */
export function mappingsIn(text: string): readonly Mapping[] {
  const entries = yamlEntries(text);
  const pattern = entries.find(({ key }) => /^(?:index_patterns(?:\[0\])?|template)$/u.test(key))?.value ?? null;
  const groups = new Map<string, MappedField[]>();
  for (const { key, value, start, end } of entries) {
    const found = /^(?:(.*?)\.)?properties\.(.+)\.type$/u.exec(key);
    const [, head = '', rest = ''] = found ?? [];
    // The same text indexed in another way as well is no field of its own.
    if (!found || `.${rest}`.includes('.fields.') || value === 'alias') continue;
    const path = rest.replaceAll('.properties.', '.');
    const fields = groups.get(head) ?? [];
    groups.set(head, fields);
    fields.push({ path, type: value, start, end });
  }
  return [...groups].map(([head, fields]) => {
    const named = /^(.+)\.mappings(?:\.\w+)?$/u.exec(head)?.[1];
    return {
      index: named === undefined || named === 'template' ? pattern : named,
      isTemplate: pattern !== null || named === 'template',
      fields,
    };
  });
}
