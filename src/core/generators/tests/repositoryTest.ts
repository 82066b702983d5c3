/** Integration test of a repository: on a real database, every test in a transaction that is rolled back. */
import type { EntityPlan } from '../shared/entityPlan.ts';
import type { Draft } from '../shared/layer.ts';
import type { ProjectPlan } from '../shared/project.ts';
import { supportPath } from '../typeorm/support/paths.ts';
import type { Factory } from './factory.ts';
import { changeOf, conflictOf, keyOf, sceneOf, unknownKey } from './scene.ts';
import type { Scene } from './scene.ts';
import { testPathOf } from './testPlan.ts';
import type { TestPlan } from './testPlan.ts';

export function repositoryTest(project: ProjectPlan, tests: TestPlan, entity: EntityPlan, factory: Factory): Draft {
  const { repository } = entity.files;
  const { variables } = entity.names;
  const path = testPathOf(tests, repository.path);
  const scene = sceneOf(project, tests, entity, factory, path);
  scene.imports.useFile(repository.path, repository.name);
  scene.imports.useEntity(entity.source);
  const hooks = scene.hooks(
    [],
    [`${variables} = new ${repository.name}(manager.getRepository(${entity.source.name}));`],
  );
  const cases = [
    creates(scene),
    missing(scene),
    changes(scene),
    stale(scene),
    removes(scene),
    conflicts(scene),
    pages(scene),
    counts(scene),
    many(scene),
  ].filter((text) => text !== '');
  const text = `describe('${repository.name}', () => {
  const database = new TestDatabase();
  let manager: EntityManager;
  let ${variables}: ${repository.name};

  ${hooks}

  ${cases.join('\n\n')}
});
`;
  return { path, text: scene.imports.toString() + text };
}

function errors({ project, imports }: Scene, name: string): string {
  imports.useFile(supportPath(project, 'errors'), name);
  return name;
}

function creates(scene: Scene): string {
  const { entity, words, values } = scene;
  const { variable, variables } = entity.names;
  const [first] = entity.key.properties;
  return `${words.it(['finds', 'find'], 'what it has created')}, async () => {
  const ${variable} = await ${variables}.create(${values()});
  const found = await ${variables}.getById(${keyOf(entity, variable)});
  ${words.equal(`found.${first?.property ?? 'id'}`, `${variable}.${first?.property ?? 'id'}`)};
});`;
}

function missing(scene: Scene): string {
  const { entity, words } = scene;
  const { variables } = entity.names;
  return `${words.it(['tells', 'tell'], 'that a row is not there')}, async () => {
  const id = ${unknownKey(scene)};
  ${words.equal(`await ${variables}.findById(id)`, 'null')};
  ${words.rejects(`${variables}.getById(id)`, errors(scene, 'NotFoundError'))};
  ${words.rejects(`${variables}.remove(id)`, 'NotFoundError')};
});`;
}

function changes(scene: Scene): string {
  const { entity, words } = scene;
  const { variable, variables } = entity.names;
  const change = changeOf(entity);
  if (!change) return '';
  return `${words.it(['changes', 'change'], 'what it is given')}, async () => {
  const ${variable} = ${scene.row()};
  await ${variables}.update(${keyOf(entity, variable)}, { ${change.name}: ${change.value} });
  const found = await ${variables}.getById(${keyOf(entity, variable)});
  ${words.equal(`found.${change.property}`, change.value)};
});`;
}

function stale(scene: Scene): string {
  const { entity, words } = scene;
  const { variable, variables } = entity.names;
  const change = changeOf(entity);
  if (entity.version === null || !change) return '';
  return `${words.it(['refuses', 'refuse'], 'a change that is based on an older version')}, async () => {
  const ${variable} = ${scene.row()};
  const version = ${variable}.${entity.version};
  await ${variables}.update(${keyOf(entity, variable)}, { ${change.name}: ${change.value} }, version);
  ${words.rejects(`${variables}.update(${keyOf(entity, variable)}, { ${change.name}: ${change.value} }, version)`, errors(scene, 'StaleVersionError'))};
});`;
}

function removes(scene: Scene): string {
  const { entity, words } = scene;
  const { variable, variables } = entity.names;
  const key = keyOf(entity, variable);
  const restored =
    entity.deletedAt === null
      ? ''
      : `\n  await ${variables}.restore(${key});
  ${words.equal(`(await ${variables}.getById(${key})).${entity.deletedAt}`, 'null')};`;
  const title = entity.deletedAt === null ? 'what is to go' : 'rows so that they can be restored';
  return `${words.it(['removes', 'remove'], title)}, async () => {
  const ${variable} = ${scene.row()};
  await ${variables}.remove(${key});
  ${words.equal(`await ${variables}.findById(${key})`, 'null')};${restored}
});`;
}

function conflicts(scene: Scene): string {
  const { entity, words, values } = scene;
  const { variables } = entity.names;
  const key = conflictOf(entity);
  if (!key) return '';
  return `${words.it(['refuses', 'refuse'], `a second row with the same ${key.join(' and ')}`)}, async () => {
  const values = ${values()};
  await ${variables}.create(values);
  ${words.rejects(`${variables}.create(values)`, errors(scene, 'ConflictError'))};
});`;
}

function pages(scene: Scene): string {
  const { entity, words } = scene;
  const { variables, source } = { ...entity.names, source: entity.source };
  const [first] = entity.key.properties;
  const id = entity.key.composite
    ? `[${entity.key.properties.map(({ property }) => `row.${property}`).join(', ')}].join('/')`
    : `row.${first?.property ?? 'id'}`;
  return `${words.it(['lists', 'list'], 'every row once, page by page')}, async () => {
  const created = [${scene.row()}, ${scene.row()}, ${scene.row()}];
  const seen: ${source.name}[] = [];
  let cursor: string | undefined;
  do {
    const page = await ${variables}.list(cursor === undefined ? { limit: 2 } : { limit: 2, cursor });
    seen.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  const ids = seen.map((row) => ${id});
  ${words.equal('new Set(ids).size', 'ids.length')};
  ${words.equal(`created.every((row) => ids.includes(${id}))`, 'true')};
});`;
}

function counts(scene: Scene): string {
  const { entity, words } = scene;
  const { variables } = entity.names;
  const { includes } = entity;
  const query =
    includes.length === 0 ? '' : `{ include: [${includes.map(({ property }) => `'${property}'`).join(', ')}] }`;
  const many = includes.filter((include) => include.many).length;
  const title = many === 0 ? 'with one query' : `with one query, and one for each included collection`;
  return `${words.it(['lists', 'list'], `${title}, however many rows there are`)}, async () => {
  ${scene.row()};
  ${scene.row()};
  const queries = await database.log.countSelects(() => ${variables}.list(${query}));
  ${words.equal('queries', String(1 + many))};
});`;
}

function many(scene: Scene): string {
  const { entity, words, values } = scene;
  const { variables } = entity.names;
  return `${words.it(['creates', 'create'], 'many rows')}, async () => {
  const values = [${values()}, ${values()}];
  const created = await ${variables}.createMany(values);
  ${words.equal('created.length', '2')};
  const found = await Promise.all(created.map((row) => ${variables}.findById(${keyOf(entity, 'row')})));
  ${words.equal('found.every((row) => row !== null)', 'true')};
});`;
}
