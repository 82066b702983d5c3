/** Reads mapper XML: result maps and statements. */
import type { LineIndex } from '../../syntax/lineIndex.ts';
import { childrenNamed, parseXml, textOf } from '../../syntax/xml.ts';
import type { XmlElement } from '../../syntax/xml.ts';
import { queryAt } from '../shared/java/foundQuery.ts';
import { applyStatement } from '../shared/sql/applyStatement.ts';
import { newDraft } from '../shared/typescript/queryDraft.ts';
import { rawSqlOf, render } from './dynamicSql.ts';
import type { Pieces } from './dynamicSql.ts';
import type { MapperFile, Result, ResultMap, Statement } from './mappings.ts';

const statements = ['select', 'insert', 'update', 'delete'] as const;

export function parseMapper(text: string, lines: LineIndex): MapperFile | null {
  const root = parseXml(text).find(({ name }) => name === 'mapper');
  const namespace = root?.attributes.namespace;
  if (!root || namespace === undefined || namespace === '') return null;
  const pieces: Pieces = new Map(
    childrenNamed(root, 'sql').flatMap((each) => (each.attributes.id ? [[each.attributes.id, each] as const] : [])),
  );
  return {
    namespace,
    resultMaps: childrenNamed(root, 'resultMap').flatMap((each) => resultMapOf(each, lines)),
    statements: childrenNamed(root, ...statements).flatMap((each) => statementOf(each, pieces, namespace, text, lines)),
  };
}

function attribute(element: XmlElement, name: string): string | null {
  const value = Object.hasOwn(element.attributes, name) ? element.attributes[name]?.trim() : undefined;
  return value === undefined || value === '' ? null : value;
}

function resultMapOf(element: XmlElement, lines: LineIndex): ResultMap[] {
  const id = attribute(element, 'id');
  const type = attribute(element, 'type');
  if (id === null || type === null) return [];
  const constructor = childrenNamed(element, 'constructor').flatMap((each) => childrenNamed(each, 'idArg', 'arg'));
  const plain = childrenNamed(element, 'id', 'result');
  return [
    {
      id,
      type,
      extends: attribute(element, 'extends'),
      results: [...constructor, ...plain].flatMap((each) => resultOf(each, lines)),
      nested: childrenNamed(element, 'association', 'collection', 'discriminator').length > 0,
      at: lines.range(element.start, element.tagEnd),
    },
  ];
}

function resultOf(element: XmlElement, lines: LineIndex): Result[] {
  const column = attribute(element, 'column');
  if (column === null || !/^[`"[]?[\w$]+[`"\]]?$/u.test(column)) return [];
  return [
    {
      column: column.replace(/[`"[\]]/gu, ''),
      property: attribute(element, 'property') ?? attribute(element, 'name'),
      jdbcType: attribute(element, 'jdbcType'),
      javaType: attribute(element, 'javaType'),
      isId: element.name === 'id' || element.name === 'idArg',
      at: lines.range(element.start, element.tagEnd),
    },
  ];
}

function statementOf(
  element: XmlElement,
  pieces: Pieces,
  namespace: string,
  text: string,
  lines: LineIndex,
): Statement[] {
  const id = attribute(element, 'id');
  if (id === null) return [];
  const at = lines.range(element.start, element.tagEnd);
  const rendered = render(element, pieces, namespace, text);
  // What MyBatis Generator writes for its examples takes its ORDER BY from them.
  const generated = /Example(?:WithBLOBs|WithRowbounds|Selective)*$/u.test(id) && pieces.has('Example_Where_Clause');
  const holes = rendered.holes.filter(
    (each) => !(generated && /^(?:orderByClause|example\.orderByClause)$/u.test(each.text)),
  );
  const draft = newDraft(id, 'raw', element.name === 'select' ? 'many' : 'none');
  const raw = rawSqlOf(rendered, at, lines);
  draft.sql = {
    ...raw,
    interpolations: raw.interpolations.filter((each) => holes.some((hole) => hole.text === each.text)),
  };
  applyStatement(rendered.sql.replace(/\bfor\s+update\b[\s\S]*$/iu, 'FOR UPDATE'), at, draft);
  if (rendered.dynamic) draft.complete = false;
  const selectKey = childrenNamed(element, 'selectKey')[0];
  const keyColumn =
    attribute(element, 'keyColumn') ??
    attribute(element, 'keyProperty') ??
    (selectKey ? attribute(selectKey, 'keyProperty') : null);
  const generates =
    attribute(element, 'useGeneratedKeys') === 'true' ||
    (selectKey !== undefined && /last_insert_id|identity|currval|nextval/iu.test(textOf(selectKey)));
  // A class of the project stands for the row; maps and single values do not.
  const resultType = attribute(element, 'resultType');
  if (attribute(element, 'resultMap') !== null || (resultType !== null && isClass(resultType))) draft.asEntities = true;
  return [
    {
      id,
      query: queryAt(draft, { function: null, loop: null, result: null, uses: [], at }),
      resultMap: attribute(element, 'resultMap'),
      parameterType: attribute(element, 'parameterType'),
      resultType: attribute(element, 'resultType'),
      generatedKey: generates ? keyColumn : null,
      joins: draft.joins.length > 0,
    },
  ];
}

/** `org.shop.Order`, or its alias `Order`; neither a map nor a single value. */
function isClass(type: string): boolean {
  return (
    /(?:^|\.)[A-Z]\w*$/u.test(type) &&
    !/^(?:java\.|(?:Integer|Long|String|Boolean|Double|Short|Byte|BigDecimal|Date|(?:\w+)?Map|JSONObject)$)/u.test(type)
  );
}
