/** The vocabulary of an entity's lists: what they can be sorted and filtered by and what comes along. */
import type { EntityPlan } from '../shared/entityPlan.ts';
import { Imports } from '../shared/imports.ts';
import type { Draft } from '../shared/layer.ts';
import type { ProjectPlan } from '../shared/project.ts';
import { valueType } from '../shared/types.ts';
import { supportPath } from './support/paths.ts';

export function queryDraft(project: ProjectPlan, entity: EntityPlan): Draft {
  const { names, properties, includes, key, source, files } = entity;
  const { path } = files.query;
  const imports = new Imports(project, path);
  imports.useFileType(supportPath(project, 'pagination'), 'PageQuery');
  const sorts = properties.filter(({ sortable }) => sortable);
  const filters = properties.filter(({ filterable }) => filterable);
  if (key.composite) imports.useFileType(source.path, source.name);
  const { type, variable } = names;
  const list = (values: readonly string[]) => `[${values.map((value) => `'${value}'`).join(', ')}] as const`;
  const text = [
    `export const ${variable}Sorts = ${list(sorts.map(({ name }) => name))};`,
    ...(includes.length === 0
      ? []
      : [`export const ${variable}Includes = ${list(includes.map(({ property }) => property))};`]),
    '',
    `export type ${type}Sort = (typeof ${variable}Sorts)[number];`,
    ...(includes.length === 0 ? [] : [`export type ${type}Include = (typeof ${variable}Includes)[number];`]),
    ...(key.composite
      ? [
          '',
          `export type ${key.type} = Pick<${source.name}, ${key.properties.map(({ property }) => `'${property}'`).join(' | ')}>;`,
        ]
      : []),
    '',
    ...declaration(`${type}Query`, `PageQuery<${type}Sort>`, [
      ...(includes.length === 0 ? [] : [`  include?: readonly ${type}Include[];`]),
      ...filters.map((property) => `  ${property.name}?: ${valueType(property, imports, source)};`),
    ]),
    '',
  ].join('\n');
  return { path, text: imports.toString() + text };
}

function declaration(name: string, base: string, members: readonly string[]): readonly string[] {
  return members.length === 0
    ? [`export type ${name} = ${base};`]
    : [`export interface ${name} extends ${base} {`, ...members, '}'];
}
