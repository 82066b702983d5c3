/** Text of the controller of an entity: routes, status codes, roles, entity tags. */
import { usedIn } from '../endpoints/access.ts';
import type { Access } from '../endpoints/access.ts';
import type { Route } from '../endpoints/route.ts';
import type { EntityPlan, PropertyPlan } from '../shared/entityPlan.ts';
import { Imports } from '../shared/imports.ts';
import type { ProjectPlan } from '../shared/project.ts';
import { documentation } from './openapi.ts';
import type { Support } from './httpSupport.ts';

const nest = '@nestjs/common';

/** A controller while it is made. */
interface Draft {
  readonly project: ProjectPlan;
  readonly entity: EntityPlan;
  readonly imports: Imports;
  readonly support: Support;
  /** Decorators of roles, for reading and for writing. */
  readonly read: string;
  readonly write: string;
  readonly answer: string;
  readonly api: ReturnType<typeof documentation>;
}

export function controllerText(
  project: ProjectPlan,
  entity: EntityPlan,
  route: Route,
  access: Access,
  support: Support,
): string {
  const { controller, service, responseDto, answerDto } = entity.files;
  const { names } = entity;
  const imports = new Imports(project, controller.path);
  imports.use(nest, 'Controller', 'UseFilters');
  imports.useFile(service.path, service.name);
  imports.useFile(responseDto.path, responseDto.name);
  imports.useFile(support.filter.path, support.filter.name);
  const guards = access.guards.map((guard) => usedIn(imports, guard));
  if (guards.length > 0) imports.use(nest, 'UseGuards');
  const draft: Draft = {
    project,
    entity,
    imports,
    support,
    read: `@${usedIn(imports, access.read)}\n`,
    write: `@${usedIn(imports, access.write)}\n`,
    answer: responseDto.name,
    api: documentation(project, imports, support.problems),
  };
  const routes = [
    listRoute(draft),
    readRoute(draft),
    entity.creationBarred === null ? createRoute(draft) : '',
    updateRoute(draft),
    removeRoute(draft),
  ].filter((text) => text !== '');
  const answers = [...new Set([answerDto.name, responseDto.name])];
  const body = `${draft.api.ofClass(route.resource, answers)}@Controller(${controllerArgument(route)})
${guards.length > 0 ? `@UseGuards(${guards.join(', ')})\n` : ''}@UseFilters(${support.filter.name})
export class ${controller.name} {
  constructor(private readonly ${names.variables}: ${service.name}) {}

${routes.join('\n\n')}
}
`;
  return imports.toString() + body;
}

function controllerArgument({ resource, versioned }: Route): string {
  if (versioned === 'by-framework') return `{ path: '${resource}', version: '1' }`;
  return versioned === 'by-prefix' ? `'${resource}'` : `'v1/${resource}'`;
}

function listRoute({ entity, imports, support, read, api }: Draft): string {
  const { names, files, includes } = entity;
  const { queryDto, answerDto } = files;
  imports.use(nest, 'Get');
  imports.useFile(queryDto.path, queryDto.name);
  imports.useFile(answerDto.path, answerDto.name);
  imports.useFile(support.valid.path, 'ValidQuery');
  imports.useFileType(support.pagination, 'Page');
  const include = includes.length > 0 ? ', query.include' : '';
  return `@Get()
${read}${api.list(queryDto.name, answerDto.name)}async list(@ValidQuery(${queryDto.name}) query: ${queryDto.name}): Promise<Page<${answerDto.name}>> {
  const page = await this.${names.variables}.list(query);
  return { ...page, items: page.items.map((${names.variable}) => ${answerDto.name}.from(${names.variable}${include})) };
}`;
}

function readRoute(draft: Draft): string {
  const { entity, read, answer, api } = draft;
  const { names } = entity;
  const { path, parameters, argument } = keyOf(draft);
  const versioned = entity.version !== null;
  const call = `this.${names.variables}.get(${argument})`;
  const body = versioned
    ? `const ${names.variable} = await ${call};
  ${tagged(draft)}return ${answer}.from(${names.variable});`
    : `return ${answer}.from(await ${call});`;
  return `@Get('${path}')
${read}${api.read(answer, versioned, 400, 401, 403, 404)}async get(${[...parameters, ...responseOf(draft, versioned)].join(', ')}): Promise<${answer}> {
  ${body}
}`;
}

function createRoute(draft: Draft): string {
  const { entity, imports, support, write, answer, api } = draft;
  const { names, files, key } = entity;
  const { createDto } = files;
  imports.use(nest, 'Post', 'Req');
  imports.useFile(createDto.path, createDto.name);
  imports.useFile(support.valid.path, 'ValidBody');
  imports.useFile(support.exchange.path, 'locationOf');
  imports.useFileType(support.exchange.path, 'HttpRequest');
  const keys = key.properties.map((property) => keyText(property, `${names.variable}.${property.property}`));
  const parameters = [
    `@ValidBody(${createDto.name}) values: ${createDto.name}`,
    '@Req() request: HttpRequest',
    ...responseOf(draft, true),
  ];
  return `@Post()
${write}${api.create(createDto.name, answer, 400, 401, 403, 409)}async create(${parameters.join(', ')}): Promise<${answer}> {
  const ${names.variable} = await this.${names.variables}.create(values);
  response.header('Location', locationOf(request, ${keys.join(', ')}));
  ${tagged(draft)}return ${answer}.from(${names.variable});
}`;
}

function updateRoute(draft: Draft): string {
  const { entity, imports, support, write, answer, api } = draft;
  const { names, files } = entity;
  const { updateDto } = files;
  const { path, parameters, argument } = keyOf(draft);
  const versioned = entity.version !== null;
  imports.use(nest, 'Patch');
  imports.useFile(updateDto.path, updateDto.name);
  imports.useFile(support.valid.path, 'ValidBody');
  const all = [
    ...parameters,
    ...(versioned ? [ifMatch(draft, 'requiredVersion')] : []),
    `@ValidBody(${updateDto.name}) changes: ${updateDto.name}`,
    ...responseOf(draft, versioned),
  ];
  const call = `this.${names.variables}.update(${argument}, changes${versioned ? ', requiredVersion(ifMatch)' : ''})`;
  const body = versioned
    ? `const ${names.variable} = await ${call};
  ${tagged(draft)}return ${answer}.from(${names.variable});`
    : `return ${answer}.from(await ${call});`;
  const problems = [400, 401, 403, 404, 409, ...(versioned ? [412, 428] : [])];
  return `@Patch('${path}')
${write}${api.update(updateDto.name, answer, versioned, ...problems)}async update(${all.join(', ')}): Promise<${answer}> {
  ${body}
}`;
}

function removeRoute(draft: Draft): string {
  const { entity, imports, write, api } = draft;
  const { path, parameters, argument } = keyOf(draft);
  const versioned = entity.version !== null;
  imports.use(nest, 'Delete', 'HttpCode', 'HttpStatus');
  const all = [...parameters, ...(versioned ? [ifMatch(draft, 'statedVersion')] : [])];
  const problems = [400, 401, 403, 404, 409, ...(versioned ? [412] : [])];
  return `@Delete('${path}')
${write}@HttpCode(HttpStatus.NO_CONTENT)
${api.remove(versioned, ...problems)}async remove(${all.join(', ')}): Promise<void> {
  await this.${entity.names.variables}.remove(${argument}${versioned ? ', statedVersion(ifMatch)' : ''});
}`;
}

/** Sets the entity tag of a versioned row; '' for others. */
function tagged({ entity, imports, support }: Draft): string {
  if (entity.version === null) return '';
  imports.useFile(support.preconditions.path, 'entityTag');
  return `response.header('ETag', entityTag(${entity.names.variable}.${entity.version}));\n  `;
}

function ifMatch({ imports, support }: Draft, reader: string): string {
  imports.use(nest, 'Headers');
  imports.useFile(support.preconditions.path, reader);
  return "@Headers('if-match') ifMatch: string | undefined";
}

function responseOf({ imports, support }: Draft, needed: boolean): string[] {
  if (!needed) return [];
  imports.use(nest, 'Res');
  imports.useFileType(support.exchange.path, 'HttpResponse');
  return ['@Res({ passthrough: true }) response: HttpResponse'];
}

/** Path segments, parameters and the argument that names the row to the service. */
function keyOf(draft: Draft): {
  readonly path: string;
  readonly parameters: readonly string[];
  readonly argument: string;
} {
  const { key } = draft.entity;
  const names = key.properties.map(({ name }) => name);
  draft.imports.use(nest, 'Param');
  return {
    path: names.map((name) => `:${name}`).join('/'),
    parameters: key.properties.map((property) => parameterOf(draft, property)),
    argument: key.composite ? `{ ${names.join(', ')} }` : (names[0] ?? ''),
  };
}

function parameterOf({ imports, support }: Draft, property: PropertyPlan): string {
  const { name, type, enum: declared } = property;
  const pipe = pipeOf(property, imports, support);
  if (declared) imports.useFile(declared.path, declared.name);
  return `@Param('${name}'${pipe === null ? '' : `, ${pipe}`}) ${name}: ${type}`;
}

function pipeOf(
  { type, constraints, columnType, enum: declared }: PropertyPlan,
  imports: Imports,
  support: Support,
): string | null {
  if (constraints.format === 'uuid') {
    imports.use(nest, 'ParseUUIDPipe');
    return 'ParseUUIDPipe';
  }
  if (type === 'number' || constraints.format === 'integer') {
    const name = type === 'number' ? 'ParseIntegerPipe' : 'ParseBigIntegerPipe';
    imports.useFile(support.integers.path, name);
    return name;
  }
  if (type === 'Date') {
    imports.use(nest, 'ParseDatePipe');
    return 'ParseDatePipe';
  }
  if (columnType !== 'enum' || !declared) return null;
  imports.use(nest, 'ParseEnumPipe');
  return `new ParseEnumPipe(${declared.name})`;
}

function keyText({ type }: PropertyPlan, value: string): string {
  return type === 'Date' ? `${value}.toISOString()` : value;
}
