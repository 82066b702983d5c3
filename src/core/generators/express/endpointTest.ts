/** Test of a router over HTTP: the real service and repository on a database, a caller without tokens. */
import type { Access } from '../endpoints/access.ts';
import type { EntityPlan, NamedFile } from '../shared/entityPlan.ts';
import type { Draft } from '../shared/layer.ts';
import type { ProjectPlan } from '../shared/project.ts';
import { endpointCases, pathFunction } from '../tests/endpointCases.ts';
import type { EndpointScene } from '../tests/endpointCases.ts';
import type { Factory } from '../tests/factory.ts';
import type { Principal } from '../tests/principal.ts';
import { sceneOf } from '../tests/scene.ts';
import { testPathOf } from '../tests/testPlan.ts';
import type { TestPlan } from '../tests/testPlan.ts';
import { supportPath } from '../typeorm/support/paths.ts';

export interface RouterUnderTest {
  readonly router: NamedFile;
  /** `/v1/devices` */
  readonly path: string;
  readonly access: Access;
  readonly principal: Principal;
  /** File of `problemHandler`. */
  readonly handlers: string;
  /** The project's own handler, which comes behind. */
  readonly errorHandler: NamedFile | null;
}

export function routerTest(
  project: ProjectPlan,
  tests: TestPlan,
  entity: EntityPlan,
  factory: Factory,
  { router, path: route, access, principal, handlers, errorHandler }: RouterUnderTest,
): Draft {
  const path = testPathOf(tests, router.path);
  const plain = sceneOf(project, tests, entity, factory, path);
  const { imports } = plain;
  const scene: EndpointScene = { ...plain, path: route, roles: true };
  imports.useDefault('express', 'express');
  imports.useType('express', 'Express');
  imports.useDefault('supertest', 'request');
  imports.useFile(router.path, router.name);
  imports.useFile(handlers, 'problemHandler');
  if (errorHandler) imports.useFile(errorHandler.path, errorHandler.name);
  imports.useFileType(supportPath(project, 'pagination'), 'Page');
  const signIn =
    principal.carrier === 'locals'
      ? `app.use((_request, response, next) => {
  response.locals.${principal.property} = ${principal.of('roles')};
  next();
});`
      : `app.use((request, _response, next) => {
  Object.assign(request, { ${principal.property}: ${principal.of('roles')} });
  next();
});`;
  const hooks = scene.hooks(
    [
      'app = express();',
      'app.use(express.json());',
      signIn,
      `app.use('${route}', ${router.name}(database.dataSource));`,
      'app.use(problemHandler);',
      ...(errorHandler ? [`app.use(${errorHandler.name});`] : []),
    ],
    [`roles = [${access.writeRoles.join(', ')}];`],
  );
  const text = `describe('${route}', () => {
  const database = new TestDatabase();
  let manager: EntityManager;
  let app: Express;
  let roles: unknown[];
  const http = () => request(app);

  ${hooks}

  ${endpointCases(scene).join('\n\n')}
});

${pathFunction(scene)}`;
  return { path, text: imports.toString() + text };
}
