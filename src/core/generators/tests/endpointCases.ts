/** What endpoint tests of both frameworks ask of an entity's routes. */
import type { EntityPlan } from '../shared/entityPlan.ts';
import { changeOf, conflictOf, unknownPart } from './scene.ts';
import type { Scene } from './scene.ts';

export interface EndpointScene extends Scene {
  /** Path of the collection: `/v1/brands`. */
  readonly path: string;
  /** Roles can be taken away from the caller by the variable `roles`. */
  readonly roles: boolean;
}

export function endpointCases(scene: EndpointScene): string[] {
  return [
    creates(scene),
    refuses(scene),
    conflicts(scene),
    missing(scene),
    changes(scene),
    preconditions(scene),
    removes(scene),
    pages(scene),
    parameters(scene),
    forbidden(scene),
    counts(scene),
  ].filter((text) => text !== '');
}

/** Declarations behind the tests: the path of a row. */
export function pathFunction({ entity, path, imports }: EndpointScene): string {
  const { key, names, source } = entity;
  imports.useEntity(source);
  const type = key.properties.map(({ property }) => `'${property}'`).join(' | ');
  const parts = key.properties.map(
    ({ property, type: partType }) => `\${${names.variable}.${property}${partType === 'Date' ? '.toISOString()' : ''}}`,
  );
  return `function pathOf(${names.variable}: Pick<${source.name}, ${type}>): string {
  return \`${path}/${parts.join('/')}\`;
}
`;
}

function answer({ entity, imports }: EndpointScene): string {
  const { responseDto } = entity.files;
  imports.useFileType(responseDto.path, responseDto.name);
  return responseDto.name;
}

function creates(scene: EndpointScene): string {
  const { entity, words, values, path } = scene;
  if (entity.creationBarred !== null) return '';
  const { variable } = entity.names;
  return `${words.it(['creates', 'create'], 'what can be read at its location')}, async () => {
  const created = await http().post('${path}').send(${values()});
  ${words.equal('created.status', '201')};
  const ${variable} = created.body as ${answer(scene)};
  ${words.equal('created.headers.location', `pathOf(${variable})`)};
  const found = await http().get(pathOf(${variable}));
  ${words.equal('found.status', '200')};
  ${words.equal('found.body', variable)};
});`;
}

function refuses({ entity, words, path }: EndpointScene): string {
  if (entity.creationBarred !== null) return '';
  return `${words.it(['refuses', 'refuse'], 'what it does not know with a problem that names it')}, async () => {
  const response = await http().post('${path}').send({ nothing: 'known' });
  ${words.equal('response.status', '400')};
  ${words.equal('response.type', "'application/problem+json'")};
  const { errors } = response.body as { errors: { field: string }[] };
  ${words.equal("errors.some(({ field }) => field === 'nothing')", 'true')};
});`;
}

function conflicts({ entity, words, values, path }: EndpointScene): string {
  const key = conflictOf(entity);
  if (!key || entity.creationBarred !== null) return '';
  return `${words.it(['refuses', 'refuse'], `a second one with the same ${key.join(' and ')}`)}, async () => {
  const values = ${values()};
  ${words.equal(`(await http().post('${path}').send(values)).status`, '201')};
  ${words.equal(`(await http().post('${path}').send(values)).status`, '409')};
});`;
}

function missing({ entity, words, path, imports }: EndpointScene): string {
  const parts = entity.key.properties.map(
    (property) => `\${${unknownPart(property, imports).replace(/^'|'$|_/gu, '')}}`,
  );
  const known = parts.map((part) => (/^\$\{(?:\d+|unknown)\}$/u.test(part) ? part.slice(2, -1) : part)).join('/');
  const text = known.includes('${') ? `\`${path}/${known}\`` : `'${path}/${known}'`;
  const malformed = entity.key.properties.every(
    ({ constraints, type }) => constraints.format === 'uuid' || constraints.format === 'integer' || type === 'number',
  );
  const bad = malformed
    ? `\n  ${words.equal(`(await http().get('${path}/${entity.key.properties.map(() => 'malformed').join('/')}')).status`, '400')};`
    : '';
  return `${words.it(['tells', 'tell'], `an unknown key${malformed ? ' from one that cannot be' : ''}`)}, async () => {
  ${words.equal(`(await http().get(${text})).status`, '404')};${bad}
});`;
}

function ifMatch(entity: EntityPlan): string {
  return entity.version === null ? '' : `.set('If-Match', \`"\${${entity.names.variable}.${entity.version}}"\`)`;
}

function changes(scene: EndpointScene): string {
  const { entity, words } = scene;
  const change = changeOf(entity);
  if (!change) return '';
  const { variable } = entity.names;
  return `${words.it(['changes', 'change'], 'what it is given')}, async () => {
  const ${variable} = ${scene.row()};
  const response = await http().patch(pathOf(${variable}))${ifMatch(entity)}.send({ ${change.name}: ${change.value} });
  ${words.equal('response.status', '200')};
  ${words.equal(`(response.body as ${answer(scene)}).${change.name}`, change.value)};
});`;
}

function preconditions(scene: EndpointScene): string {
  const { entity, words } = scene;
  const change = changeOf(entity);
  if (entity.version === null || !change) return '';
  const { variable } = entity.names;
  const patch = `http().patch(pathOf(${variable}))`;
  return `${words.it(['asks', 'ask'], 'for the version that a change is based on')}, async () => {
  const ${variable} = ${scene.row()};
  const values = { ${change.name}: ${change.value} };
  ${words.equal(`(await ${patch}.send(values)).status`, '428')};
  ${words.equal(`(await ${patch}${ifMatch(entity)}.send(values)).status`, '200')};
  ${words.equal(`(await ${patch}${ifMatch(entity)}.send(values)).status`, '412')};
});`;
}

function removes(scene: EndpointScene): string {
  const { entity, words } = scene;
  const { variable } = entity.names;
  return `${words.it(['removes', 'remove'], 'what is to go')}, async () => {
  const ${variable} = ${scene.row()};
  ${words.equal(`(await http().delete(pathOf(${variable}))).status`, '204')};
  ${words.equal(`(await http().get(pathOf(${variable}))).status`, '404')};
});`;
}

function pages(scene: EndpointScene): string {
  const { words, path } = scene;
  return `${words.it(['lists', 'list'], 'every row once, even if others come in between')}, async () => {
  const rows = [${scene.row()}, ${scene.row()}, ${scene.row()}];
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const response = await http().get('${path}').query(cursor === '' ? { limit: 2 } : { limit: 2, cursor });
    const page = response.body as Page<${answer(scene)}>;
    if (cursor === '') {
      ${scene.row()};
    }
    seen.push(...page.items.map(pathOf));
    cursor = page.nextCursor;
  }
  ${words.equal('new Set(seen).size', 'seen.length')};
  ${words.equal('rows.every((row) => seen.includes(pathOf(row)))', 'true')};
});`;
}

function parameters({ words, path }: EndpointScene): string {
  return `${words.it(['refuses', 'refuse'], 'parameters that lists do not have')}, async () => {
  for (const query of ['limit=0', 'limit=101', 'sort=nothing', 'nothing=known']) {
    const response = await http().get(\`${path}?\${query}\`);
    ${words.equal('response.status', '400')};
  }
});`;
}

function forbidden(scene: EndpointScene): string {
  const { words, path, roles, entity } = scene;
  if (!roles) return '';
  const { variable } = entity.names;
  return `${words.it(['is closed', 'be closed'], 'to callers without a role')}, async () => {
  const ${variable} = ${scene.row()};
  roles = [];
  ${words.equal(`(await http().get('${path}')).status`, '403')};
  ${words.equal(`(await http().delete(pathOf(${variable}))).status`, '403')};
});`;
}

function counts(scene: EndpointScene): string {
  const { entity, words, path } = scene;
  const many = entity.includes.filter((include) => include.many).length;
  const include = entity.includes.map(({ property }) => property).join(',');
  return `${words.it(['lists', 'list'], `with one query${many > 0 ? ', and one for each included collection' : ''}, however many rows there are`)}, async () => {
  ${scene.row()};
  ${scene.row()};
  const queries = await database.log.countSelects(async () => {
    const response = await http().get('${path}${include === '' ? '' : `?include=${include}`}');
    ${words.equal('response.status', '200')};
  });
  ${words.equal('queries', String(1 + many))};
});`;
}
