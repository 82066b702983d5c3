/** Text of the router of an entity: routes, status codes, roles, entity tags. */
import { usedIn } from '../endpoints/access.ts';
import type { Access } from '../endpoints/access.ts';
import type { EntityPlan, NamedFile, PropertyPlan } from '../shared/entityPlan.ts';
import { Imports } from '../shared/imports.ts';
import type { ProjectPlan } from '../shared/project.ts';
import type { Support } from './httpSupport.ts';

interface Draft {
  readonly entity: EntityPlan;
  readonly imports: Imports;
  readonly support: Support;
  /** Middleware of reading and writing routes, each followed by a comma. */
  readonly read: string;
  readonly write: string;
  readonly answer: string;
  readonly handler: (body: string) => string;
}

export function routerText(
  project: ProjectPlan,
  entity: EntityPlan,
  router: NamedFile,
  access: Access,
  support: Support,
): string {
  const { service, repository, responseDto } = entity.files;
  const { names, source } = entity;
  const imports = new Imports(project, router.path);
  imports.use('express', 'Router');
  imports.useType('typeorm', 'DataSource');
  imports.useEntity(source);
  imports.useFile(service.path, service.name);
  imports.useFile(repository.path, repository.name);
  imports.useFile(responseDto.path, responseDto.name);
  const { handled } = support;
  if (handled) imports.useFile(handled.path, handled.name);
  const middleware = (expression: Access['read']): string =>
    [...access.guards, expression].map((each) => `${usedIn(imports, each)}, `).join('');
  const draft: Draft = {
    entity,
    imports,
    support,
    read: middleware(access.read),
    write: middleware(access.write),
    answer: responseDto.name,
    handler: (body) => {
      const text = `async (request, response) => {\n${body}\n}`;
      return handled ? `${handled.name}(${text})` : text;
    },
  };
  const routes = [
    listRoute(draft),
    readRoute(draft),
    entity.creationBarred === null ? createRoute(draft) : '',
    updateRoute(draft),
    removeRoute(draft),
  ].filter((text) => text !== '');
  const text = `export function ${router.name}(dataSource: DataSource): Router {
  const router = Router();
  const repository = new ${repository.name}(dataSource.getRepository(${source.name}));
  const ${names.variables} = new ${service.name}(dataSource, repository);

  ${routes.join('\n\n')}

  return router;
}
`;
  return imports.toString() + text;
}

function listRoute({ entity, imports, support, read, handler }: Draft): string {
  const { names, files, includes } = entity;
  const { queryDto, answerDto } = files;
  imports.useFile(queryDto.path, queryDto.name);
  imports.useFile(answerDto.path, answerDto.name);
  imports.useFile(support.validated.path, 'validated');
  const include = includes.length > 0 ? ', query.include' : '';
  return `router.get('/', ${read}${handler(`const query = await validated(${queryDto.name}, request.query);
const page = await ${names.variables}.list(query);
const items = page.items.map((${names.variable}) => ${answerDto.name}.from(${names.variable}${include}));
response.json({ ...page, items });`)});`;
}

function readRoute(draft: Draft): string {
  const { entity, read, answer, handler } = draft;
  const { names } = entity;
  const { path, argument } = keyOf(draft);
  return `router.get('${path}', ${read}${handler(`const ${names.variable} = await ${names.variables}.get(${argument});
response${tagged(draft)}.json(${answer}.from(${names.variable}));`)});`;
}

function createRoute(draft: Draft): string {
  const { entity, imports, support, write, answer, handler } = draft;
  const { names, files, key } = entity;
  const { createDto } = files;
  imports.useFile(createDto.path, createDto.name);
  imports.useFile(support.validated.path, 'validated');
  const keys = key.properties.map((property) => `\${${keyText(property, `${names.variable}.${property.property}`)}}`);
  return `router.post('/', ${write}${handler(`const values = await validated(${createDto.name}, request.body);
const ${names.variable} = await ${names.variables}.create(values);
response.status(201).location(\`\${request.baseUrl}/${keys.join('/')}\`)${tagged(draft)}.json(${answer}.from(${names.variable}));`)});`;
}

function updateRoute(draft: Draft): string {
  const { entity, imports, support, write, answer, handler } = draft;
  const { names, files } = entity;
  const { updateDto } = files;
  const { path, argument } = keyOf(draft);
  imports.useFile(updateDto.path, updateDto.name);
  imports.useFile(support.validated.path, 'validated');
  return `router.patch('${path}', ${write}${handler(`const changes = await validated(${updateDto.name}, request.body);
const ${names.variable} = await ${names.variables}.update(${argument}, changes${version(draft, 'requiredVersion')});
response${tagged(draft)}.json(${answer}.from(${names.variable}));`)});`;
}

function removeRoute(draft: Draft): string {
  const { entity, write, handler } = draft;
  const { path, argument } = keyOf(draft);
  return `router.delete('${path}', ${write}${handler(`await ${entity.names.variables}.remove(${argument}${version(draft, 'statedVersion')});
response.status(204).end();`)});`;
}

function tagged({ entity, imports, support }: Draft): string {
  if (entity.version === null) return '';
  imports.useFile(support.preconditions.path, 'entityTag');
  return `.set('ETag', entityTag(${entity.names.variable}.${entity.version}))`;
}

function version({ entity, imports, support }: Draft, reader: string): string {
  if (entity.version === null) return '';
  imports.useFile(support.preconditions.path, reader);
  return `, ${reader}(request)`;
}

/** Path segments and the argument that names the row to the service. */
function keyOf({ entity: { key }, imports, support }: Draft): { readonly path: string; readonly argument: string } {
  const parts = key.properties.map((property) => ({
    name: property.name,
    value: parameterOf(property, imports, support),
  }));
  return {
    path: parts.map(({ name }) => `/:${name}`).join(''),
    argument: key.composite
      ? `{ ${parts.map(({ name, value }) => `${name}: ${value}`).join(', ')} }`
      : (parts[0]?.value ?? ''),
  };
}

function parameterOf({ name, type, constraints }: PropertyPlan, imports: Imports, support: Support): string {
  const reader =
    constraints.format === 'uuid'
      ? 'uuidParameter'
      : type === 'number'
        ? 'integerParameter'
        : constraints.format === 'integer'
          ? 'bigIntegerParameter'
          : 'textParameter';
  imports.useFile(support.parameters.path, reader);
  const value = `${reader}(request, '${name}')`;
  if (type === 'Date') return `new Date(${value})`;
  return type === 'string' || type === 'number' ? value : `${value} as ${type}`;
}

function keyText({ type, constraints }: PropertyPlan, value: string): string {
  if (type === 'Date') return `${value}.toISOString()`;
  return type === 'number' || constraints.format !== null ? value : `encodeURIComponent(${value})`;
}
