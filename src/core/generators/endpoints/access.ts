/** Who may call an endpoint: guards, middleware and roles as the project's other endpoints have them. */
import type { Endpoint, FileFacts, ImportFact } from '../../schema/code.ts';
import { directoryOf } from '../../readers/shared/paths.ts';
import type { Imports } from '../shared/imports.ts';
import type { EntityPlan } from '../shared/entityPlan.ts';
import type { ProjectPlan } from '../shared/project.ts';

/** Source text that names things of other modules. */
export interface Expression {
  readonly text: string;
  readonly names: readonly ImportedName[];
}

export interface ImportedName {
  readonly name: string;
  /** File of the project, or a package. */
  readonly from: { readonly path: string } | { readonly module: string };
}

export interface Access {
  /** What lets callers in: `JwtAuthGuard`, `AuthGuard('jwt')`, `authenticate`; in order. */
  readonly guards: readonly Expression[];
  /** What reading and writing ask for: `Roles('catalogue')`, `requireRole("operator")`. */
  readonly read: Expression;
  readonly write: Expression;
  /** Role names of `read` and `write` as written, quotes included. */
  readonly readRoles: readonly string[];
  readonly writeRoles: readonly string[];
  /** The role is a guess: nothing in the entity's module says which one. */
  readonly guessed: boolean;
}

interface Evidence {
  readonly endpoint: Endpoint;
  readonly path: string;
  readonly guards: readonly Expression[];
  readonly role: Expression | null;
}

const roleCall = /^[\w$.]*(?:Role|role|Permission|permission|Scope|scope|Authori[sz]e|authori[sz]e)\w*\(.+\)$/su;
const guardName = /Guard\b|auth|session|login|protect|passport|jwt/iu;

/** Null where neither the project's endpoints nor its guards tell how it is done. */
export function findAccess(project: ProjectPlan, entity: EntityPlan): Access | null {
  const all = evidenceOf(project).filter(({ role }) => role !== null);
  return all.length === 0 ? declaredAccess(project, entity) : practisedAccess(project, entity, all);
}

function practisedAccess(project: ProjectPlan, entity: EntityPlan, all: readonly Evidence[]): Access | null {
  const near = all.filter(({ path }) => isNear(project, entity, path));
  const guards =
    mostCommon(near.length > 0 ? near : all, ({ guards: list }) => list.map(({ text }) => text).join())?.guards ?? [];
  const known = near.length > 0 ? near : adminsOf(all);
  const [writing, reading] = [known.filter(isWriting), known.filter((each) => !isWriting(each))];
  const write = commonRole(writing) ?? commonRole(reading);
  const read = commonRole(reading) ?? write;
  const any = write ?? commonRole(all);
  if (!any) return null;
  const roleFiles = all
    .flatMap(({ role }) => role?.names ?? [])
    .flatMap(({ from }) => ('path' in from ? [from.path] : []));
  const listed = declaredRoles(project, roleFiles);
  const closed = listed.length > 0 || !rolesOf(any).every((role) => /^['"]/u.test(role));
  const writeRoles = write || closed ? rolesOf(any) : [`'${namedRole(project, entity)}'`];
  const readRoles = withViewers(listed, [...(read ? rolesOf(read) : []), ...writeRoles]);
  return {
    guards,
    write: withRoles(any, writeRoles),
    read: withRoles(any, readRoles),
    writeRoles,
    readRoles,
    guessed: near.length === 0,
  };
}

/** Imports what the expression names and gives its text. */
export function usedIn(imports: Imports, { text, names }: Expression): string {
  for (const { name, from } of names) {
    if (!new RegExp(`\\b${name}\\b`, 'u').test(text)) continue;
    if ('path' in from) imports.useFile(from.path, name);
    else imports.use(from.module, name);
  }
  return text;
}

function isWriting({ endpoint }: Evidence): boolean {
  return !['GET', 'HEAD', 'OPTIONS'].includes(endpoint.method);
}

function commonRole(evidence: readonly Evidence[]): Expression | null {
  return mostCommon(evidence, ({ role }) => role?.text ?? '')?.role ?? null;
}

/** In the entity's own module; where the project keeps all routes in one folder, every route is near. */
function isNear(project: ProjectPlan, entity: EntityPlan, path: string): boolean {
  return project.layout.arrangement === 'layer' || path.startsWith(`${entity.folder}/`);
}

/** Of a module without roles: those that may do most. */
function adminsOf(evidence: readonly Evidence[]): readonly Evidence[] {
  return evidence.filter(
    ({ role }) => role && rolesOf(role).some((each) => adminName.test(each.replace(/^.*\.|['"]/gu, ''))),
  );
}

function rolesOf({ text }: Expression): string[] {
  const list = text.slice(text.indexOf('(') + 1, -1).replace(/^\s*\[|\]\s*$/gu, '');
  return list
    .split(',')
    .map((role) => role.trim())
    .filter((role) => role !== '');
}

function withRoles(expression: Expression, roles: readonly string[]): Expression {
  const { text } = expression;
  const open = text.indexOf('(') + 1;
  const [before, after] = text.startsWith('[', open) ? ['[', ']'] : ['', ''];
  return { ...expression, text: `${text.slice(0, open)}${before}${roles.join(', ')}${after})` };
}

/**
 * Guards and a decorator (or middleware) of roles that the project declares but no route uses yet. `JwtAuthGuard` and
 * `RolesGuard` with `Roles`; `authenticate` with `requireRole`.
 */
function declaredAccess(project: ProjectPlan, entity: EntityPlan): Access | null {
  const declared = project.request.files.paths
    .filter(
      (path) => /guard|role|auth|access/iu.test(path) && /\.[cm]?ts$/u.test(path) && !/\.(?:spec|test)\./u.test(path),
    )
    .flatMap((path) => [...(project.source(path)?.declared ?? [])].map((name) => ({ name, path })));
  const nest = project.framework === 'nestjs';
  const role = declared.find(({ name }) =>
    (nest ? /^(?:Roles?|RequireRoles?|HasRoles?)$/u : /^(?:require|has|allow)\w*Roles?$/u).test(name),
  );
  if (!role) return null;
  const guards = declared.filter(({ name }) =>
    (nest ? /^(?:Jwt|Auth|Token)\w*Guard$|^Roles?Guard$/u : /^(?:authenticate|requireAuth|auth)$/u).test(name),
  );
  const ordered = guards.toSorted((a, b) => Number(/role/iu.test(a.name)) - Number(/role/iu.test(b.name)));
  const listed = declaredRoles(project, [role.path]);
  const name = namedRole(project, entity);
  const roles = [
    `'${listed.length === 0 || listed.includes(name) ? name : (listed.find((each) => adminName.test(each)) ?? listed.at(-1) ?? name)}'`,
  ];
  const readRoles = withViewers(listed, roles);
  const expression = (list: readonly string[]): Expression => ({
    text: `${role.name}(${list.join(', ')})`,
    names: [{ name: role.name, from: { path: role.path } }],
  });
  return {
    guards: ordered.map(({ name: guard, path }) => ({ text: guard, names: [{ name: guard, from: { path } }] })),
    write: expression(roles),
    read: expression(readRoles),
    writeRoles: roles,
    readRoles,
    guessed: true,
  };
}

const adminName = /^(?:admin|administrator|manage(?:r|ment)|owner|root|super\w*)$/iu;

/** The role that the instructions name for the module, else their most powerful one, else one called like the module. */
function namedRole(project: ProjectPlan, entity: EntityPlan): string {
  const module = lastFolder(entity.folder);
  const instructed = instructedRoles(project);
  const isAlike = (role: string): boolean => role.startsWith(module.slice(0, 6)) || module.startsWith(role.slice(0, 6));
  return (
    instructed.find(isAlike) ??
    instructed.find((role) => adminName.test(role)) ??
    (instructed.length > 0 ? instructed[0] : undefined) ??
    module
  );
}

/** Names in backticks behind the word role: "Staff access is by role (`catalogue`, `warehouse`)". */
function instructedRoles(project: ProjectPlan): string[] {
  const lines = instructionFiles.flatMap((path) => (project.request.files.read(path) ?? '').split(/\r?\n/u));
  return lines
    .filter((line) => /\broles?\b/iu.test(line))
    .flatMap((line) => [...line.slice(line.search(/\broles?\b/iu)).matchAll(/`([a-z][a-z-]*)`/giu)])
    .flatMap(([, role]) => role ?? []);
}

const instructionFiles = [
  'copilot.instructions.md',
  '.github/copilot-instructions.md',
  '.github/copilot.instructions.md',
] as const;

/** Roles that are there for reading may read, whoever may write may too. */
function withViewers(listed: readonly string[], roles: readonly string[]): readonly string[] {
  const quote = roles[0]?.charAt(0) ?? '';
  if (!/['"]/u.test(quote)) return [...new Set(roles)];
  const viewers = listed.filter((role) => /^(?:viewer|reader|read[-_]?only|guest|auditor)$/iu.test(role));
  return [...new Set([...viewers.map((role) => quote + role + quote), ...roles])];
}

/** Role names that the files beside list: `roles = ['viewer', 'operator'] as const`, `type Role = 'viewer' | …`. */
function declaredRoles(project: ProjectPlan, files: readonly string[]): string[] {
  const folders = new Set(files.map(directoryOf));
  const near = project.request.files.paths.filter((path) => folders.has(directoryOf(path)));
  return near.flatMap((path) => {
    const text = project.request.files.read(path) ?? '';
    const list =
      /\b(?:const|type)\s+\w*roles?\w*\s*(?::[^=]*)?=\s*(\[[^\]]*\]|(?:\s*\|?\s*['"][\w-]+['"])+\s*;)/iu.exec(
        text,
      )?.[1] ?? '';
    const names = [...list.matchAll(/['"]([\w-]+)['"]/gu)].flatMap(([, role]) => role ?? []);
    // One text is the name of something, such as a metadata key.
    return names.length > 1 ? names : [];
  });
}

function evidenceOf(project: ProjectPlan): Evidence[] {
  return project.request.schema.code.files
    .filter(({ purpose }) => purpose === 'application')
    .flatMap((file) => file.endpoints.flatMap((endpoint) => evidence(project, file, endpoint) ?? []));
}

function evidence(project: ProjectPlan, file: FileFacts, endpoint: Endpoint): Evidence | null {
  const path = project.pathOf(endpoint.at);
  const expressions = endpoint.guards.map((text) => expressionOf(project, path, file.imports, text));
  const usable = expressions.filter((each) => each !== null);
  const role = usable.find(({ text }) => roleCall.test(text) && !text.includes('Guard(')) ?? null;
  const guards = usable.filter((each) => each !== role && guardName.test(each.text));
  return role === null && guards.length === 0 ? null : { endpoint, path, guards, role };
}

/** Null where it names something that cannot be imported elsewhere. */
function expressionOf(
  project: ProjectPlan,
  path: string,
  imports: readonly ImportFact[],
  text: string,
): Expression | null {
  const names: ImportedName[] = [];
  const plain = text.replace(/'[^']*'|"[^"]*"|`[^`]*`/gu, (quoted) => ' '.repeat(quoted.length));
  for (const [identifier] of plain.matchAll(/(?<![.\w$])[A-Za-z_$][\w$]*/gu)) {
    if (names.some(({ name }) => name === identifier)) continue;
    const fact = imports.find(({ local }) => local === identifier);
    if (fact?.imported !== identifier) return null;
    const [resolved] = project.resolve(path, fact.module);
    names.push({ name: identifier, from: resolved === undefined ? { module: fact.module } : { path: resolved } });
  }
  return { text, names };
}

function lastFolder(folder: string): string {
  return folder.slice(folder.lastIndexOf('/') + 1);
}

function mostCommon<T>(items: readonly T[], keyOf: (item: T) => string): T | undefined {
  const counts = new Map<string, { readonly item: T; count: number }>();
  for (const item of items) {
    const key = keyOf(item);
    const entry = counts.get(key);
    if (entry) entry.count++;
    else counts.set(key, { item, count: 1 });
  }
  return [...counts.values()].toSorted((a, b) => b.count - a.count)[0]?.item;
}
