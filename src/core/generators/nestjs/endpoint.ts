/** The endpoints of an entity in NestJS: its controller, what controllers share, and where they are registered. */
import { foreignBelow } from '../endpoints/foundations.ts';
import { findAccess } from '../endpoints/access.ts';
import type { Access } from '../endpoints/access.ts';
import { routeOf, startOf, takenBy } from '../endpoints/route.ts';
import type { Route } from '../endpoints/route.ts';
import { supportDrafts } from '../endpoints/sharedFiles.ts';
import type { SupportFile } from '../endpoints/sharedFiles.ts';
import { nothing } from '../shared/layer.ts';
import type { LayerOutput, Registration } from '../shared/layer.ts';
import type { EntityPlan } from '../shared/entityPlan.ts';
import type { ProjectPlan } from '../shared/project.ts';
import { supportDrafts as persistenceDrafts } from '../typeorm/support/drafts.ts';
import { supportPath } from '../typeorm/support/paths.ts';
import { controllerText } from './controller.ts';
import { exchange, integerPipe, preconditions, problemFilter, rolesGuard, validDecorators } from './httpSupport.ts';
import type { Support } from './httpSupport.ts';
import { apiProblems } from './openapi.ts';

export function nestjsEndpoint(project: ProjectPlan, entity: EntityPlan): LayerOutput {
  const { controller } = entity.files;
  const foreign = foreignBelow(entity);
  if (foreign !== null)
    return { ...nothing, skipped: [{ path: controller.path, reason: `It would rest on ${foreign}` }] };
  const route = routeOf(project, entity);
  const scoped = isScoped(project, route);
  const support = supportOf(project, scoped);
  const found = findAccess(project, entity);
  const access = found ?? generatedAccess(project);
  const text = controllerText(project, entity, route, access, support);
  const { filter, valid, exchange: messages, preconditions: tags, integers, problems, roles } = support;
  const needed = [filter, valid, messages, tags, integers, problems, ...(found ? [] : [roles])];
  const used = needed.filter(({ name, also }) =>
    [name, ...also].some((each) => new RegExp(`\\b${each}\\b`, 'u').test(text)),
  );
  const { drafts, unusable } = supportDrafts(project, [...new Set([support.filter, ...used])]);
  if (unusable.length > 0)
    return { ...nothing, skipped: unusable.map((reason) => ({ path: controller.path, reason })) };
  const registrations: Registration[] = [
    { kind: 'controller', folder: entity.folder, class: controller, exported: false },
  ];
  return {
    drafts: [...persistenceDrafts(project, ['errors', 'pagination']), ...drafts, { path: controller.path, text }],
    registrations: scoped
      ? [...registrations, { kind: 'filter', folder: '', class: support.filter, exported: false }]
      : registrations,
    skipped: [],
    notes: notesOf(project, entity, route, found, access, scoped),
  };
}

/** Where routes have had no version so far, those with one are new: only they get the new format of errors. */
function isScoped(project: ProjectPlan, { versioned }: Route): boolean {
  return versioned === 'by-us' && !/\bAPP_FILTER\b|useGlobalFilters/u.test(startOf(project)?.text ?? '');
}

type NestSupport = Support & { readonly roles: SupportFile };

export function supportOf(project: ProjectPlan, scoped: boolean): NestSupport {
  const filter = problemFilter(project, supportPath(project, 'errors'), scoped);
  return {
    filter,
    valid: validDecorators(project, filter),
    exchange: exchange(project),
    preconditions: preconditions(project),
    integers: integerPipe(project),
    problems: apiProblems(project),
    roles: rolesGuard(project),
    pagination: supportPath(project, 'pagination'),
  };
}

export function generatedAccess(project: ProjectPlan): Access {
  const { path } = rolesGuard(project);
  const roles = { text: "Roles('admin')", names: [{ name: 'Roles', from: { path } }] };
  return {
    guards: [{ text: 'RolesGuard', names: [{ name: 'RolesGuard', from: { path } }] }],
    read: roles,
    write: roles,
    readRoles: ["'admin'"],
    writeRoles: ["'admin'"],
    guessed: true,
  };
}

function notesOf(
  project: ProjectPlan,
  entity: EntityPlan,
  route: Route,
  found: Access | null,
  access: Access,
  scoped: boolean,
): string[] {
  const { controller } = entity.files;
  const notes: string[] = [];
  if (!found)
    notes.push(
      `No guard or role was found in the project: ${controller.name} asks for the role admin of request.user, which your authentication has to set.`,
    );
  else if (access.guessed)
    notes.push(
      `No endpoint of ${entity.folder} says who may call it: ${controller.name} asks for ${access.writeRoles.join(' or ')}; choose the role that fits.`,
    );
  if (entity.creationBarred !== null) notes.push(`${controller.name} has no POST: ${entity.creationBarred}`);
  if (!project.manifest.has('@nestjs/swagger'))
    notes.push('With @nestjs/swagger among the dependencies the endpoints are documented as OpenAPI.');
  if (scoped)
    notes.push(
      'Errors of routes with a version are answered as application/problem+json, also where no route matches; older routes keep their format.',
    );
  else
    notes.push(
      'The generated controllers answer errors as application/problem+json; to answer unknown routes and unreadable bodies so as well, register ProblemFilter for the whole application.',
    );
  const taken = takenBy(project, route.path, controller.path);
  if (taken !== null)
    notes.push(`${taken} already answers ${route.path}: NestJS takes the controller that is registered first.`);
  return notes;
}
