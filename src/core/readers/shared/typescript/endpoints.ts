import type { Endpoint, ImportFact } from '../../../schema/code.ts';
import type { LineIndex } from '../../../syntax/lineIndex.ts';
import type { ClassSpan, DecoratorSpan, Outline } from './outline.ts';
import { joinPaths } from './routePaths.ts';
import { readRoutes } from './routes.ts';
import { splitTopLevel } from './scan.ts';

const httpMethods = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'Options', 'All', 'Search']);
const graphqlMethods: Readonly<Record<string, string>> = {
  Query: 'QUERY',
  Mutation: 'MUTATION',
  Subscription: 'SUBSCRIPTION',
  ResolveField: 'FIELD',
  ResolveProperty: 'FIELD',
  FieldResolver: 'FIELD',
  ResolveReference: 'FIELD',
};
const controllers = /^(?:Controller|RestController|JsonController|Route|Path)$/;
const guardNames =
  /^(?:UseGuards?|UseInterceptors|Roles?|Public|IsPublic|Allow\w*|Auth\w*|Permissions?|Require\w*|Authorized|Scopes?|SkipAuth|NoAuth|Security|UseBefore|Middlewares?|Policies|CheckPolicies|CheckAbilities|Acl|Throttle|SkipThrottle)$/;

/** What can be called from outside: decorated controllers and resolvers, and routes registered by calls. */
export function readEndpoints(outline: Outline, imports: readonly ImportFact[], lines: LineIndex): Endpoint[] {
  const endpoints: Endpoint[] = [];
  for (const [id, span] of outline.functions.entries()) {
    const owner = span.class === null ? undefined : outline.classes[span.class];
    if (!owner || span.decorators.length === 0) continue;
    const handler = span.name === null ? null : `${owner.name}.${span.name}`;
    const guards = guardsOf([...owner.decorators, ...span.decorators]);
    for (const decorator of span.decorators)
      for (const route of routesOf(decorator, owner, span.name ?? '', imports))
        endpoints.push({ ...route, handler, function: id, guards, at: lines.range(decorator.start, decorator.end) });
  }
  return [...endpoints, ...readRoutes(outline, imports, lines)];
}

type Route = Pick<Endpoint, 'method' | 'path' | 'framework'>;

function routesOf(decorator: DecoratorSpan, owner: ClassSpan, name: string, imports: readonly ImportFact[]): Route[] {
  const module = imports.find(({ local }) => local === decorator.name)?.module ?? '';
  const graphql = Object.hasOwn(graphqlMethods, decorator.name) ? graphqlMethods[decorator.name] : undefined;
  const resolver = owner.decorators.find((candidate) => candidate.name === 'Resolver');
  if (graphql !== undefined && (resolver || module.includes('graphql'))) {
    const framework = module.includes('type-graphql') ? 'type-graphql' : 'nestjs-graphql';
    const stated = firstString(decorator.args) ?? namedString(decorator.args, 'name');
    const field = decorator.name === 'ResolveReference' ? '__resolveReference' : (stated ?? name);
    const parent = resolver ? typeName(resolver.args) : null;
    return [
      { method: graphql, path: graphql === 'FIELD' && parent !== null ? `${parent}.${field}` : field, framework },
    ];
  }
  const controller = owner.decorators.find((candidate) => controllers.test(candidate.name));
  if (!controller || !httpMethods.has(decorator.name)) return [];
  const method = decorator.name === 'All' ? '*' : decorator.name.toUpperCase();
  const framework =
    { 'routing-controllers': 'routing-controllers', tsoa: 'tsoa', '@tsed/common': 'tsed', '@tsed/schema': 'tsed' }[
      module
    ] ?? 'nestjs';
  return pathsOf(controller.args).flatMap((prefix) =>
    pathsOf(decorator.args).map((path) => ({ method, path: joinPaths(prefix, path), framework })),
  );
}

/** Paths given to a decorator: a string, a list of strings, or `{ path: … }`; '' where none is stated. */
function pathsOf(args: string | null): string[] {
  const source = args?.trim() ?? '';
  const stated = source.startsWith('{')
    ? (/\bpath\s*:\s*(\[[^\]]*\]|'[^']*'|"[^"]*"|`[^`]*`)/.exec(source)?.[1] ?? '')
    : source;
  const strings = stated.startsWith('[')
    ? splitTopLevel(stated.slice(1, -1)).map((part) => firstString(part))
    : [firstString(stated)];
  const paths = strings.filter((path) => path !== null);
  return paths.length === 0 ? [''] : paths;
}

function firstString(args: string | null): string | null {
  return /^\s*(['"`])([^'"`]*)\1/.exec(args ?? '')?.[2] ?? null;
}

function namedString(args: string | null, name: string): string | null {
  return new RegExp(`\\b${name}\\s*:\\s*(['"\`])([^'"\`]*)\\1`).exec(args ?? '')?.[2] ?? null;
}

/** `Resolver('Order')`, `Resolver(Order)`, `Resolver(() => Order)`, `Resolver(of => Order)`. */
function typeName(args: string | null): string | null {
  return firstString(args) ?? /(?:=>\s*)?([A-Z][\w$]*)/.exec(args ?? '')?.[1] ?? null;
}

/** Guards as written: `AuthGuard('jwt')`, `RolesGuard`, `Roles(RoleEnum.admin)`, `Public`. */
function guardsOf(decorators: readonly DecoratorSpan[]): string[] {
  return decorators
    .filter(({ name }) => guardNames.test(name))
    .flatMap(({ name, args }) => {
      if (/^Use(?:Guards?|Before)$/.test(name)) return splitTopLevel(args ?? '').map((part) => part.trim());
      if (name === 'UseInterceptors') return [];
      return [args === null || args === '' ? name : `${name}(${args.replace(/\s+/g, ' ').slice(0, 100)})`];
    });
}
