/** The endpoints of an entity in Express: its router, what routers share, and where it is mounted. */
import { findAccess } from '../endpoints/access.ts';
import type { Access } from '../endpoints/access.ts';
import { takenBy } from '../endpoints/route.ts';
import { supportDrafts } from '../endpoints/sharedFiles.ts';
import { wordsOf } from '../../schema/words.ts';
import { directoryOf } from '../../readers/shared/paths.ts';
import { nothing } from '../shared/layer.ts';
import type { LayerOutput } from '../shared/layer.ts';
import { joined } from '../shared/layout.ts';
import type { EntityPlan, NamedFile } from '../shared/entityPlan.ts';
import type { ProjectPlan } from '../shared/project.ts';
import { roleFileName } from '../endpoints/sharedFiles.ts';
import { foreignBelow } from '../endpoints/foundations.ts';
import { supportDrafts as persistenceDrafts } from '../typeorm/support/drafts.ts';
import { supportPath } from '../typeorm/support/paths.ts';
import { findApplication, mountEdits } from './application.ts';
import type { Application } from './application.ts';
import { supportOf } from './httpSupport.ts';
import type { Support } from './httpSupport.ts';
import { routerText } from './router.ts';

export function expressEndpoint(project: ProjectPlan, entity: EntityPlan): LayerOutput {
  const router = routerFile(project, entity);
  const foreign = foreignBelow(entity);
  if (foreign !== null) return { ...nothing, skipped: [{ path: router.path, reason: `It would rest on ${foreign}` }] };
  const application = findApplication(project);
  const support = supportOf(project, supportPath(project, 'errors'), application?.handlesErrors !== true);
  const found = findAccess(project, entity);
  const access = found ?? generatedAccess(support);
  const text = routerText(project, entity, router, access, support);
  const { validated, parameters, preconditions, handled, roles } = support;
  const shared = [validated, parameters, preconditions, ...(handled ? [handled] : []), ...(found ? [] : [roles])];
  const used = shared.filter(({ name, also }) =>
    [name, ...also].some((each) => new RegExp(`\\b${each}\\b`, 'u').test(text)),
  );
  const { drafts, unusable } = supportDrafts(project, [...new Set([support.problems, support.handler, ...used])]);
  if (unusable.length > 0) return { ...nothing, skipped: unusable.map((reason) => ({ path: router.path, reason })) };
  const path = routePath(application, entity);
  const edits = application ? mountEdits(project, application, { router, path, handlers: support.handler.path }) : null;
  return {
    drafts: [...persistenceDrafts(project, ['errors', 'pagination']), ...drafts, { path: router.path, text }],
    registrations: [],
    edits: edits === null || edits.edits.length === 0 ? [] : [edits],
    skipped: [],
    notes: notesOf(project, entity, { router, path, found, access, isMounted: edits !== null }),
  };
}

/** `/v1/devices`, beside the paths that the application has. */
export function routePath(application: Application | null, { names }: EntityPlan): string {
  return `${application?.base ?? '/v1'}/${names.kebabs}`;
}

/** `deviceRoutes` in `src/routes/deviceRoutes.ts`, as the project's other routers are called. */
export function routerFile(project: ProjectPlan, entity: EntityPlan): NamedFile {
  const neighbours = project.request.files.paths.filter(
    (path) => /[rR]out(?:er|es?)\.[cm]?ts$/u.test(path) && !/\.(?:test|spec)\./u.test(path),
  );
  const [first] = neighbours;
  const base = first === undefined ? '' : first.slice(first.lastIndexOf('/') + 1);
  const role = /router\.[cm]?ts$/iu.test(base) ? 'router' : /route\.[cm]?ts$/iu.test(base) ? 'route' : 'routes';
  const plural = neighbours.some((path) => isPlural(path));
  const noun = plural ? entity.names.types : entity.names.type;
  const words = (plural ? entity.names.kebabs : entity.names.kebab).split('-');
  const dotted = first !== undefined && /\.rout(?:er|es?)\.[cm]?ts$/iu.test(base);
  const folder =
    first !== undefined && project.layout.arrangement === 'layer'
      ? directoryOf(first)
      : project.layout.arrangement === 'layer'
        ? joined(entity.folder, 'routes')
        : entity.folder;
  const named = roleFileName(
    { ...project, layout: { ...project.layout, dotted: dotted || (first === undefined && project.layout.dotted) } },
    words,
    role,
  );
  const variable = noun.charAt(0).toLowerCase() + noun.slice(1);
  return { path: joined(folder, named), name: `${variable}${role.charAt(0).toUpperCase()}${role.slice(1)}` };
}

function isPlural(path: string): boolean {
  const stem = path.slice(path.lastIndexOf('/') + 1).replace(/[-_.]?[rR]out(?:er|es?)\.[cm]?ts$/u, '');
  return /[^s]s$/u.test(wordsOf(stem).at(-1) ?? '');
}

export function generatedAccess({ roles }: Pick<Support, 'roles'>): Access {
  const required = { text: "requireRole('admin')", names: [{ name: roles.name, from: { path: roles.path } }] };
  return {
    guards: [],
    read: required,
    write: required,
    readRoles: ["'admin'"],
    writeRoles: ["'admin'"],
    guessed: true,
  };
}

interface Outcome {
  readonly router: NamedFile;
  readonly path: string;
  readonly found: Access | null;
  readonly access: Access;
  readonly isMounted: boolean;
}

function notesOf(
  project: ProjectPlan,
  entity: EntityPlan,
  { router, path, found, access, isMounted }: Outcome,
): string[] {
  const notes: string[] = [];
  if (!isMounted)
    notes.push(
      `Mount ${router.name} where your application is put together: app.use('${path}', ${router.name}(dataSource)), with routeNotFound and problemHandler behind all routers.`,
    );
  if (!found)
    notes.push(
      `No middleware for roles was found in the project: ${router.name} asks for the role admin of request.user, which your authentication has to set.`,
    );
  else if (access.guessed)
    notes.push(
      `No route says who may call it: ${router.name} asks for ${access.writeRoles.join(' or ')}; choose the role that fits.`,
    );
  if (entity.creationBarred !== null) notes.push(`${router.name} has no POST: ${entity.creationBarred}`);
  const needed = ['class-validator', 'class-transformer'].filter((name) => !project.manifest.has(name));
  if (needed.length > 0) notes.push(`The endpoints need ${needed.join(' and ')}: npm install ${needed.join(' ')}`);
  const taken = takenBy(project, path, router.path);
  if (taken !== null) notes.push(`${taken} already answers ${path}: Express takes the router that is mounted first.`);
  return notes;
}
