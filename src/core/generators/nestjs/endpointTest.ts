/** Test of a controller over HTTP: the real service and repository on a database, a caller without tokens. */
import type { Access } from '../endpoints/access.ts';
import { usedIn } from '../endpoints/access.ts';
import type { Route } from '../endpoints/route.ts';
import type { EntityPlan } from '../shared/entityPlan.ts';
import type { Draft } from '../shared/layer.ts';
import type { ProjectPlan } from '../shared/project.ts';
import { supportPath } from '../typeorm/support/paths.ts';
import { endpointCases, pathFunction } from '../tests/endpointCases.ts';
import type { EndpointScene } from '../tests/endpointCases.ts';
import type { Factory } from '../tests/factory.ts';
import { principalOf } from '../tests/principal.ts';
import { sceneOf } from '../tests/scene.ts';
import { testPathOf } from '../tests/testPlan.ts';
import type { TestPlan } from '../tests/testPlan.ts';

export function controllerTest(
  project: ProjectPlan,
  tests: TestPlan,
  entity: EntityPlan,
  factory: Factory,
  route: Route,
  access: Access,
): Draft {
  const { controller, service, repository } = entity.files;
  const path = testPathOf(tests, controller.path);
  const plain = sceneOf(project, tests, entity, factory, path);
  const { imports } = plain;
  const principal = principalOf(project, access);
  const scene: EndpointScene = { ...plain, path: route.path, roles: principal !== null };
  imports.use('@nestjs/testing', 'Test');
  imports.useType('@nestjs/common', 'CanActivate', 'ExecutionContext', 'INestApplication');
  imports.use('@nestjs/typeorm', 'getRepositoryToken');
  imports.use('typeorm', 'DataSource');
  imports.useType('node:http', 'Server');
  imports.useDefault('supertest', 'request');
  for (const file of [controller, service, repository]) imports.useFile(file.path, file.name);
  imports.useEntity(entity.source);
  imports.useFileType(supportPath(project, 'pagination'), 'Page');
  const guards = access.guards.filter((guard) => principal === null || !/role/iu.test(guard.text));
  const overrides = guards.map((guard) => `\n.overrideGuard(${usedIn(imports, guard)})\n.useValue(signIn)`);
  const versioning = route.versioned === 'by-framework';
  if (versioning) imports.use('@nestjs/common', 'VersioningType');
  const name = entity.source.name;
  const hooks = scene.hooks(
    [
      `const module = await Test.createTestingModule({
  controllers: [${controller.name}],
  providers: [
    ${repository.name},
    ${service.name},
    { provide: DataSource, useValue: database.dataSource },
    { provide: getRepositoryToken(${name}), useValue: database.dataSource.getRepository(${name}) },
  ],
})${overrides.join('')}
.compile();`,
      'app = module.createNestApplication();',
      ...(versioning ? ['app.enableVersioning({ type: VersioningType.URI });'] : []),
      'await app.init();',
    ],
    principal === null
      ? []
      : [`roles = [${access.writeRoles.map((role) => usedIn(imports, { ...access.write, text: role })).join(', ')}];`],
    ['await app.close();'],
  );
  const cases = endpointCases(scene);
  const first = guards[0]?.text ?? 'authentication';
  const set =
    principal === null
      ? 'canActivate: () => true,'
      : `canActivate(context: ExecutionContext) {
      context.switchToHttp().getRequest<{ ${principal.property}: object }>().${principal.property} = ${principal.of('roles')};
      return true;
    },`;
  const text = `describe('${route.path}', () => {
  const database = new TestDatabase();
  let manager: EntityManager;
  let app: INestApplication<Server>;
  ${principal === null ? '' : 'let roles: unknown[];\n'}
  /** Stands in for ${first}: lets callers in${principal === null ? '' : ', with the roles of the moment'}. */
  const signIn: CanActivate = {
    ${set}
  };
  const http = () => request(app.getHttpServer());

  ${hooks}

  ${cases.join('\n\n')}
});

${pathFunction(scene)}`;
  return { path, text: imports.toString() + text };
}
