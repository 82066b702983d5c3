/** Mapper interfaces whose statements stand in annotations: the same as a mapper XML says. */
import type { SourceFile } from '../reader.ts';
import { queryAt } from '../shared/java/foundQuery.ts';
import type { JavaAnnotation, JavaClass, JavaFile, JavaMethod, JavaValue } from '../shared/java/model.ts';
import { simpleName, typeText } from '../shared/java/typeText.ts';
import { argument, items, nested } from '../shared/java/world.ts';
import { applyStatement } from '../shared/sql/applyStatement.ts';
import { newDraft } from '../shared/typescript/queryDraft.ts';
import { rawSqlOf, renderText } from './dynamicSql.ts';
import type { MapperFile, Result, ResultMap, Statement } from './mappings.ts';

const statements = new Set(['Select', 'Insert', 'Update', 'Delete']);
const providers = new Set(['SelectProvider', 'InsertProvider', 'UpdateProvider', 'DeleteProvider']);

export function annotatedMappers(java: JavaFile, file: SourceFile): readonly MapperFile[] {
  return java.classes.flatMap((declaration): MapperFile[] => {
    if (declaration.kind !== 'interface') return [];
    const found = declaration.methods.flatMap((method) => statementOf(method, file));
    const resultMaps = declaration.methods.flatMap((method) => resultMapOf(method, declaration));
    if (found.length === 0 && resultMaps.length === 0) return [];
    const namespace = java.package === '' ? declaration.name : `${java.package}.${declaration.name}`;
    return [{ namespace, resultMaps, statements: found }];
  });
}

function statementOf(method: JavaMethod, file: SourceFile): Statement[] {
  const annotation = method.annotations.find(
    ({ name, package: from }) => statements.has(name) && (from === null || /ibatis|baomidou|mybatis/u.test(from)),
  );
  const provider = method.annotations.find(({ name }) => providers.has(name));
  if (!annotation && !provider) return [];
  const at = (annotation ?? provider)?.at ?? method.at;
  const draft = newDraft(method.name, 'raw', (annotation ?? provider)?.name.startsWith('Select') ? 'many' : 'none');
  if (annotation) {
    const values = items(argument(annotation, 'value'));
    // The parts of a list are joined by spaces; constants of other classes are not known.
    const text = values.map(textIn).join(' ');
    const place = { start: file.lines.offset(at.line, at.column), end: file.lines.offset(at.endLine, at.endColumn) };
    const rendered = renderText(text, place);
    draft.sql = rawSqlOf(rendered, at, file.lines);
    applyStatement(rendered.sql, at, draft);
    if (rendered.dynamic || values.some(isPartial)) draft.complete = false;
  } else {
    draft.operation = 'unknown';
    draft.complete = false;
  }
  const options = method.annotations.find(({ name }) => name === 'Options');
  const key = argument(options, 'useGeneratedKeys');
  const property = argument(options, 'keyColumn') ?? argument(options, 'keyProperty');
  const resultMap = argument(
    method.annotations.find(({ name }) => name === 'ResultMap'),
    'value',
  );
  const results = method.annotations.find(({ name }) => name === 'Results');
  return [
    {
      id: method.name,
      query: queryAt(draft, {
        function: null,
        loop: null,
        result: null,
        uses: method.parameters.map(({ name }) => name),
        at,
      }),
      resultMap: results ? resultsId(results, method) : (items(resultMap).map(textIn)[0] ?? null),
      parameterType:
        method.parameters.length === 1 && method.parameters[0] ? typeText(method.parameters[0].type) : null,
      resultType: typeText(method.type.arguments[0] ?? method.type),
      generatedKey: key?.kind === 'boolean' && key.value ? (items(property).map(textIn)[0] ?? 'id') : null,
      joins: draft.joins.length > 0,
    },
  ];
}

function textIn(value: JavaValue): string {
  if (value.kind === 'string') return value.value;
  return value.kind === 'binary' ? textIn(value.left) + textIn(value.right) : ' ';
}

function isPartial(value: JavaValue): boolean {
  return value.kind === 'binary' ? isPartial(value.left) || isPartial(value.right) : value.kind !== 'string';
}

function resultsId(results: JavaAnnotation, method: JavaMethod): string {
  return items(argument(results, 'id')).map(textIn)[0] ?? `${method.name}-Results`;
}

function resultMapOf(method: JavaMethod, declaration: JavaClass): ResultMap[] {
  const results = method.annotations.find(({ name }) => name === 'Results');
  if (!results) return [];
  const list = nested(results, 'value');
  return [
    {
      id: resultsId(results, method),
      type: typeText(method.type.arguments[0] ?? method.type),
      extends: null,
      results: list.flatMap((each): Result[] => {
        const column = items(argument(each, 'column')).map(textIn)[0];
        if (column === undefined || !/^\w+$/u.test(column) || argument(each, 'many') || argument(each, 'one'))
          return [];
        const jdbcType = argument(each, 'jdbcType');
        const isId = argument(each, 'id');
        return [
          {
            column,
            property: items(argument(each, 'property')).map(textIn)[0] ?? null,
            jdbcType: jdbcType?.kind === 'name' ? simpleName(jdbcType.name) : null,
            javaType: null,
            isId: isId?.kind === 'boolean' && isId.value,
            at: each.at,
          },
        ];
      }),
      nested: list.some((each) => argument(each, 'many') ?? argument(each, 'one')),
      at: declaration.at,
    },
  ];
}
