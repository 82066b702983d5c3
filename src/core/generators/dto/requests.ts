/** DTOs of what clients send: to create a row, to change one, to make up a value object. */
import type { EmbeddedPlan, EntityPlan, PropertyPlan } from '../shared/entityPlan.ts';
import { Imports } from '../shared/imports.ts';
import type { Draft } from '../shared/layer.ts';
import type { ProjectPlan } from '../shared/project.ts';
import { apiOptionsOf, openApi } from './openApi.ts';
import type { ApiDecorator } from './openApi.ts';
import { decoratorsPath } from './support.ts';
import { nullSuffix, typeOf } from '../shared/types.ts';
import { validatorsOf } from './validators.ts';

export function createDraft(project: ProjectPlan, entity: EntityPlan): Draft {
  const { path, name } = entity.files.createDto;
  const properties = entity.properties.filter(({ creatable }) => creatable);
  return classDraft(project, path, name, properties, entity.source, 'create');
}

export function updateDraft(project: ProjectPlan, entity: EntityPlan): Draft {
  const { path, name } = entity.files.updateDto;
  const properties = entity.properties.filter(({ updatable }) => updatable);
  return classDraft(project, path, name, properties, entity.source, 'update');
}

export function embeddedDraft(project: ProjectPlan, { dto, source, properties }: EmbeddedPlan): Draft {
  return classDraft(project, dto.path, dto.name, properties, source, 'whole');
}

/** `whole`: a value object is always sent as a whole, with defaults for what it can do without. */
type Use = 'create' | 'update' | 'whole';

function classDraft(
  project: ProjectPlan,
  path: string,
  name: string,
  properties: readonly PropertyPlan[],
  owner: EntityPlan['source'],
  use: Use,
): Draft {
  const imports = new Imports(project, path);
  const api = openApi(project, imports);
  const members = properties.map((property) => memberText(project, imports, api, property, owner, use));
  return { path, text: `${imports.toString()}export class ${name} {\n${members.join('\n\n')}\n}\n` };
}

function memberText(
  project: ProjectPlan,
  imports: Imports,
  api: ApiDecorator,
  property: PropertyPlan,
  owner: EntityPlan['source'],
  use: Use,
): string {
  const initial = use === 'whole' ? initialValue(property) : null;
  const optional = use === 'update' || (use === 'create' ? property.optional : initial !== null);
  const decorators = [
    api(property.name, { ...(optional ? { required: false } : {}), ...apiOptionsOf(property) }),
    ...(optional ? [optionalDecorator(project, imports, property)] : []),
    ...validatorsOf(property, imports, optional),
  ].filter((line) => line !== '');
  const type = typeOf(property, imports, owner) + nullSuffix(property);
  const declaration =
    initial === null
      ? `${property.name}${optional ? '?' : '!'}: ${type};`
      : `${property.name}${initial === 'null' ? `: ${type}` : ''} = ${initial};`;
  return [...decorators, declaration].join('\n');
}

function optionalDecorator(project: ProjectPlan, imports: Imports, { nullable }: PropertyPlan): string {
  if (nullable) imports.use('class-validator', 'IsOptional');
  else imports.useFile(decoratorsPath(project), 'Optional');
  return nullable ? '@IsOptional()' : '@Optional()';
}

/** The column's default as an expression, where it is a plain value; null = none, so the value has to be sent. */
function initialValue({ nullable, type, array, column }: PropertyPlan): string | null {
  if (column.default === null || array) return nullable ? 'null' : null;
  const text = /^'((?:[^'\\]|'')*)'(?:::[\w ]+)?$/.exec(column.default)?.[1];
  if (type === 'string' && text !== undefined) return `'${text.replaceAll("''", "\\'")}'`;
  const isPlain = type === 'number' ? /^-?\d+(?:\.\d+)?$/ : type === 'boolean' ? /^(?:true|false)$/ : /^$/;
  return isPlain.test(column.default) ? column.default : nullable ? 'null' : null;
}
