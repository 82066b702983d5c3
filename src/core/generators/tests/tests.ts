/** The tests of an entity's layers, and the factories and helpers that they use. */
import { findAccess } from '../endpoints/access.ts';
import { routeOf } from '../endpoints/route.ts';
import { supportDrafts } from '../endpoints/sharedFiles.ts';
import type { EntityPlan } from '../shared/entityPlan.ts';
import { nothing } from '../shared/layer.ts';
import type { Draft, LayerOutput } from '../shared/layer.ts';
import type { ProjectPlan } from '../shared/project.ts';
import { controllerTest } from '../nestjs/endpointTest.ts';
import { generatedAccess as nestAccess } from '../nestjs/endpoint.ts';
import { findApplication } from '../express/application.ts';
import { generatedAccess as expressAccess, routePath, routerFile } from '../express/endpoint.ts';
import { routerTest } from '../express/endpointTest.ts';
import { supportOf } from '../express/httpSupport.ts';
import { supportPath } from '../typeorm/support/paths.ts';
import { foreignBelow } from '../endpoints/foundations.ts';
import { fromSource, principalOf } from './principal.ts';
import { containerImage, testEngine } from './dataSource.ts';
import { factoryOf } from './factory.ts';
import type { Factory } from './factory.ts';
import { jestConfig } from './jestConfig.ts';
import { repositoryTest } from './repositoryTest.ts';
import { serviceTest } from './serviceTest.ts';
import { queryLog, testDatabase, uniqueFile } from './support.ts';
import { planTests, testPathOf } from './testPlan.ts';
import type { TestPlan } from './testPlan.ts';

export function testLayer(project: ProjectPlan, entity: EntityPlan): LayerOutput {
  const tests = planTests(project);
  const { repository, service } = entity.files;
  const factory = factoryOf(project, tests, entity);
  if ('reason' in factory)
    return {
      ...nothing,
      skipped: [{ path: testPathOf(tests, repository.path), reason: `No row can be made up: ${factory.reason}` }],
    };
  const unique = uniqueFile(project, tests);
  const support = supportDrafts(project, [unique, queryLog(project, tests), testDatabase(project, tests)]);
  if (support.unusable.length > 0)
    return {
      ...nothing,
      skipped: support.unusable.map((reason) => ({ path: testPathOf(tests, repository.path), reason })),
    };
  const drafts: Draft[] = [...factory.drafts];
  const skipped: { path: string; reason: string }[] = [];
  const skip = (path: string, reason: string): number => skipped.push({ path: testPathOf(tests, path), reason });
  if (repository.state === 'foreign') {
    skip(repository.path, `It would test ${repository.name}, which is there already but not as generated.`);
    skip(service.path, `It would test ${service.name}, which rests on ${repository.name}.`);
  } else {
    drafts.push(repositoryTest(project, tests, entity, factory));
    if (service.state === 'foreign')
      skip(service.path, `It would test ${service.name}, which is there already but not as generated.`);
    else drafts.push(serviceTest(project, tests, entity));
  }
  if (foreignBelow(entity) === null) drafts.push(...endpointTests(project, tests, entity, factory));
  const texts = drafts.map(({ text }) => text).join('\n');
  return {
    drafts: [
      ...support.drafts.filter(({ path }) => path !== unique.path || texts.includes('unique()')),
      ...jestConfig(project, tests),
      ...drafts,
    ],
    registrations: [],
    skipped,
    notes: packageNotes(project, tests),
  };
}

/** None where the routes ask for a token, which no test can make up. */
function endpointTests(project: ProjectPlan, tests: TestPlan, entity: EntityPlan, factory: Factory): Draft[] {
  const found = findAccess(project, entity);
  if (project.framework === 'nestjs') {
    if (entity.files.controller.state === 'foreign') return [];
    const route = routeOf(project, entity);
    return [controllerTest(project, tests, entity, factory, route, found ?? nestAccess(project))];
  }
  const application = findApplication(project);
  const support = supportOf(project, supportPath(project, 'errors'), application?.handlesErrors !== true);
  const access = found ?? expressAccess(support);
  const principal = principalOf(project, access) ?? (found ? null : fromSource(support.roles.text()));
  if (access.guards.length > 0 || !principal) return [];
  const router = routerFile(project, entity);
  const path = routePath(application, entity);
  const errorHandler = application?.errorHandler ?? null;
  const underTest = { router, path, access, principal, handlers: support.handler.path, errorHandler };
  return [routerTest(project, tests, entity, factory, underTest)];
}

function packageNotes(project: ProjectPlan, { framework }: TestPlan): string[] {
  const container = testEngine(project) === 'postgresql' && containerImage(project) !== null;
  const wanted = [
    framework,
    ...(framework === 'jest' ? ['ts-jest'] : []),
    'supertest',
    '@types/supertest',
    ...(container ? ['@testcontainers/postgresql'] : []),
  ];
  const needed = wanted.filter((name) => !project.manifest.has(name));
  return needed.length === 0 ? [] : [`The tests need ${needed.join(', ')}: npm install --save-dev ${needed.join(' ')}`];
}
