/** DTO of a list's query string. */
import type { EntityPlan, PropertyPlan } from '../shared/entityPlan.ts';
import { Imports } from '../shared/imports.ts';
import type { Draft } from '../shared/layer.ts';
import type { ProjectPlan } from '../shared/project.ts';
import { apiOptionsOf, openApi } from './openApi.ts';
import { decoratorsPath, pageQueryFile } from './support.ts';
import { typeOf } from '../shared/types.ts';
import { validatorsOf } from './validators.ts';

export function queryDtoDraft(project: ProjectPlan, entity: EntityPlan): Draft {
  const { names, files, properties, includes, source } = entity;
  const { path, name } = files.queryDto;
  const { type, variable } = names;
  const imports = new Imports(project, path);
  const base = pageQueryFile(project);
  imports.useFile(base.path, base.name);
  imports.use('class-validator', 'IsIn');
  imports.useFile(decoratorsPath(project), 'Optional');
  imports.useFile(files.query.path, `${variable}Sorts`);
  imports.useFileType(files.query.path, `${type}Query`);
  const api = openApi(project, imports);
  const directions = `${variable}Sorts.flatMap((sort) => [sort, \`-\${sort}\`])`;
  const members: (readonly string[])[] = [
    [
      api('sort', { required: false, enum: directions }),
      '@Optional()',
      `@IsIn(${directions})`,
      `sort?: ${type}Query['sort'];`,
    ],
  ];
  if (includes.length > 0) {
    imports.useFile(files.query.path, `${variable}Includes`);
    imports.useFileType(files.query.path, `${type}Include`);
    imports.useFile(decoratorsPath(project), 'CommaSeparated');
    members.push([
      api('include', { required: false, enum: `${variable}Includes`, isArray: true }),
      '@Optional()',
      '@CommaSeparated()',
      `@IsIn(${variable}Includes, { each: true })`,
      `include?: ${type}Include[];`,
    ]);
  }
  for (const property of properties.filter(({ filterable }) => filterable))
    members.push([
      api(property.name, { required: false, ...apiOptionsOf({ ...property, nullable: false }) }),
      '@Optional()',
      ...conversion(project, imports, property),
      ...validatorsOf(property, imports, true),
      `${property.name}?: ${typeOf({ ...property, nullable: false }, imports, source)};`,
    ]);
  const body = members.map((lines) => lines.filter((line) => line !== '').join('\n')).join('\n\n');
  return {
    path,
    text: `${imports.toString()}export class ${name} extends ${base.name} implements ${type}Query {\n${body}\n}\n`,
  };
}

/** A query string holds nothing but strings. */
function conversion(project: ProjectPlan, imports: Imports, { type }: PropertyPlan): readonly string[] {
  if (type === 'number') {
    imports.useFile(decoratorsPath(project), 'ToInteger');
    return ['@ToInteger()'];
  }
  if (type !== 'boolean') return [];
  imports.useFile(decoratorsPath(project), 'ToBoolean');
  return ['@ToBoolean()'];
}
