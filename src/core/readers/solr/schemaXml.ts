/** Schemas of Apache Solr: `managed-schema`, `managed-schema.xml` and `schema.xml`. Source: solr.apache.org/guide, "Fields and Schema Design". */
import type { ColumnType } from '../../schema/model.ts';
import { parseXml } from '../../syntax/xml.ts';
import type { XmlElement } from '../../syntax/xml.ts';

export interface SolrField {
  readonly name: string;
  /** As the schema calls it: `text_general`. */
  readonly type: string;
  readonly class: ColumnType;
  readonly multiValued: boolean;
  readonly required: boolean;
  readonly default: string | null;
  /** Offsets of the opening tag. */
  readonly start: number;
  readonly end: number;
}

export interface SolrSchema {
  /** As stated for people to see; null = it is not. */
  readonly name: string | null;
  readonly uniqueKey: string | null;
  readonly fields: readonly SolrField[];
  /** `*_s string`: fields that come into being by their names. */
  readonly dynamic: readonly string[];
  readonly start: number;
  readonly end: number;
}

/** By the class of the field type, without the package and the `solr.` that stands for it. */
const classes: Readonly<Record<string, ColumnType>> = {
  StrField: 'string',
  SortableTextField: 'text',
  TextField: 'text',
  PreAnalyzedField: 'text',
  CollationField: 'string',
  ICUCollationField: 'string',
  EnumField: 'string',
  EnumFieldType: 'string',
  NestPathField: 'string',
  ExternalFileField: 'float32',
  RankField: 'float32',
  RandomSortField: 'float32',
  BoolField: 'boolean',
  BinaryField: 'binary',
  UUIDField: 'uuid',
  IntPointField: 'int32',
  TrieIntField: 'int32',
  IntField: 'int32',
  LongPointField: 'int64',
  TrieLongField: 'int64',
  LongField: 'int64',
  FloatPointField: 'float32',
  TrieFloatField: 'float32',
  FloatField: 'float32',
  DoublePointField: 'float64',
  TrieDoubleField: 'float64',
  DoubleField: 'float64',
  DatePointField: 'datetime',
  TrieDateField: 'datetime',
  DateField: 'datetime',
  DateRangeField: 'range',
  CurrencyField: 'decimal',
  CurrencyFieldType: 'decimal',
  PointType: 'geometry',
  LatLonType: 'geometry',
  LatLonPointSpatialField: 'geometry',
  GeoHashField: 'geometry',
  BBoxField: 'geometry',
  RptWithGeometrySpatialField: 'geometry',
  SpatialRecursivePrefixTreeFieldType: 'geometry',
  DenseVectorField: 'vector',
};

/** Other programs have files of this name: the types of Solr tell its own. */
export function isSolrSchema(path: string, text: string): boolean {
  return (
    /(?:^|\/)(?:[\w.-]*schema[\w.-]*\.xml|managed-schema)$/iu.test(path) &&
    /<schema\b/u.test(text) &&
    /<fieldtype\b[^>]*\bclass\s*=\s*["'](?:solr\.|org\.apache\.solr\.)/iu.test(text)
  );
}

export function readSolrSchema(text: string): SolrSchema | null {
  const root = parseXml(text).find(({ name }) => name === 'schema');
  if (!root) return null;
  const elements = [...withinOf(root)];
  const types = new Map(
    elements
      .filter(({ name }) => name.toLowerCase() === 'fieldtype')
      .map(({ attributes }) => [attributes.name ?? '', attributes]),
  );
  const isTrue = (element: XmlElement, name: string): boolean =>
    (element.attributes[name] ?? types.get(element.attributes.type ?? '')?.[name]) === 'true';
  const key = elements.find(({ name }) => name === 'uniqueKey')?.children.find(({ name }) => name === null);
  return {
    name: root.attributes.name ?? null,
    uniqueKey: key?.name === null ? key.text.trim() || null : null,
    fields: elements.flatMap((element): SolrField[] => {
      const { name, type = '' } = element.attributes;
      // `_version_` and `_root_` are Solr's own.
      if (element.name !== 'field' || !name || /^_.*_$/u.test(name)) return [];
      return [
        {
          name,
          type,
          class: classes[(types.get(type)?.class ?? '').replace(/^.*\./u, '')] ?? 'unknown',
          multiValued: isTrue(element, 'multiValued'),
          required: element.attributes.required === 'true',
          default: element.attributes.default ?? null,
          start: element.start,
          end: element.tagEnd,
        },
      ];
    }),
    dynamic: elements.flatMap(({ name, attributes }) =>
      name === 'dynamicField' && attributes.name ? [`${attributes.name} ${attributes.type ?? ''}`.trim()] : [],
    ),
    start: root.start,
    end: root.tagEnd,
  };
}

/** Fields stand in the schema itself, of old in `<fields>` and `<types>`. */
function* withinOf({ children }: XmlElement): Generator<XmlElement> {
  for (const child of children) {
    if (child.name === null) continue;
    yield child;
    if (child.name === 'fields' || child.name === 'types') yield* withinOf(child);
  }
}
