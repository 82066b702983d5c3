/** Unit test of a service: without a database, on a repository and a data source that are made up. */
import { Imports } from '../shared/imports.ts';
import type { EntityPlan } from '../shared/entityPlan.ts';
import type { Draft } from '../shared/layer.ts';
import type { ProjectPlan } from '../shared/project.ts';
import { supportPath } from '../typeorm/support/paths.ts';
import { testEngine } from './dataSource.ts';
import { article } from './factory.ts';
import { keyOf, unknownPart } from './scene.ts';
import { testPathOf, testWords } from './testPlan.ts';
import type { TestPlan } from './testPlan.ts';

/** What a transaction fails with when it got in the way of another one. */
const transientCodes = { postgresql: '40001', mysql: 'ER_LOCK_DEADLOCK', sqlite: 'SQLITE_BUSY' } as const;

export function serviceTest(project: ProjectPlan, tests: TestPlan, entity: EntityPlan): Draft {
  const { service, repository } = entity.files;
  const { type, variable, variables } = entity.names;
  const path = testPathOf(tests, service.path);
  const imports = new Imports(project, path);
  const words = testWords(project, tests);
  words.import(imports);
  imports.use('typeorm', 'QueryFailedError');
  imports.useType('typeorm', 'DataSource', 'EntityManager');
  imports.useEntity(entity.source);
  imports.useFile(service.path, service.name);
  imports.useFileType(repository.path, repository.name);
  imports.useFile(supportPath(project, 'errors'), 'NotFoundError');
  const name = entity.source.name;
  const keyValues = entity.key.properties.map((property) => `${property.property}: ${unknownPart(property, imports)}`);
  const versioned = entity.version !== null;
  const code = transientCodes[testEngine(project)];
  const text = `const ${variable} = Object.assign(new ${name}(), { ${keyValues.join(', ')} });

/** A repository that knows a single row. */
function repositoryOf(calls: unknown[][] = []): ${repository.name} {
  const ${variables} = {
    getById: (id: unknown) => {
      calls.push(['getById', id]);
      return Promise.resolve(${variable});
    },
    update: (...given: unknown[]) => {
      calls.push(['update', ...given]);
      return Promise.resolve(${variable});
    },
    within: () => ${variables},
  };
  return ${variables} as unknown as ${repository.name};
}

/** A data source whose first transactions fail with the errors given. */
function dataSourceOf(...failures: Error[]): DataSource {
  return {
    transaction: (work: (manager: EntityManager) => Promise<unknown>) => {
      const failure = failures.shift();
      return failure ? Promise.reject(failure) : work({} as EntityManager);
    },
  } as unknown as DataSource;
}

describe('${service.name}', () => {
  ${words.it(['gets', 'get'], `${article(entity.names.words)} ${entity.names.words} from its repository`)}, async () => {
    const calls: unknown[][] = [];
    const service = new ${service.name}(dataSourceOf(), repositoryOf(calls));
    ${words.equal(`await service.get(${keyOf(entity, variable)})`, variable)};
    ${words.equal('calls', `[['getById', ${keyOf(entity, variable)}]]`)};
  });

  ${words.it(['hands', 'hand'], `changes on${versioned ? ', with the version they are based on' : ''}`)}, async () => {
    const calls: unknown[][] = [];
    const service = new ${service.name}(dataSourceOf(), repositoryOf(calls));
    await service.update(${keyOf(entity, variable)}, {}${versioned ? ', 3' : ''});
    ${words.equal('calls', `[['update', ${keyOf(entity, variable)}, {}${versioned ? ', 3' : ''}]]`)};
  });

  ${words.it(['repeats', 'repeat'], 'a transaction that got in the way of another one')}, async () => {
    const collision = new QueryFailedError('UPDATE', [], Object.assign(new Error(), { code: '${code}' }));
    const service = new ${service.name}(dataSourceOf(collision), repositoryOf());
    const found = await service.inTransaction((${variables}) => ${variables}.getById(${keyOf(entity, variable)}));
    ${words.equal('found', variable)};
  });

  ${words.it(['does not repeat', 'not repeat'], 'what fails for another reason')}, async () => {
    const failure = new NotFoundError('${type}', 'unknown');
    const service = new ${service.name}(dataSourceOf(failure), repositoryOf());
    ${words.rejects(`service.inTransaction((${variables}) => ${variables}.getById(${keyOf(entity, variable)}))`, 'NotFoundError')};
  });
});
`;
  return { path, text: imports.toString() + text };
}
