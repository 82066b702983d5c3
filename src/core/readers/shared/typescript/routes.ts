/** Routes registered by calls: Express, Fastify, Koa's router, Hapi, Hono. */
import type { Endpoint, ImportFact } from '../../../schema/code.ts';
import type { LineIndex } from '../../../syntax/lineIndex.ts';
import { cleanCallee } from './calls.ts';
import { joinPaths } from './routePaths.ts';
import type { CallSpan, Outline } from './outline.ts';
import { objectParts, functionTypes, pathOf, property, stringValue, Syn, unwrap } from './syn.ts';

const verbs = new Set(['get', 'post', 'put', 'patch', 'delete', 'del', 'head', 'options', 'all']);
const servers =
  /(?:^|\.)(?:app|router|routes?|server|fastify|api|koa|hono|express|\w*(?:Router|Routes|App|Server|Api))$/;
/** Things with the same verbs that call others instead of being called. */
const clients = /axios|http|client|request|supertest|agent|fetch|cache|redis|got|session|map$|config/i;
const frameworks: readonly (readonly [RegExp, string])[] = [
  [/^fastify$|^@fastify\//, 'fastify'],
  [/^(?:@koa\/router|koa-router|koa)$/, 'koa'],
  [/^@hapi\/|^hapi$/, 'hapi'],
  [/^hono/, 'hono'],
  [/^express/, 'express'],
];

export function readRoutes(outline: Outline, imports: readonly ImportFact[], lines: LineIndex): Endpoint[] {
  const endpoints: Endpoint[] = [];
  const framework = frameworks.find(([module]) => imports.some((fact) => module.test(fact.module)))?.[1] ?? null;
  for (const span of outline.calls) {
    if (span.constructs || (!verbs.has(span.method) && span.method !== 'route')) continue;
    const receiver = cleanCallee(span.callee).replace(new RegExp(`\\.?${span.method}$`), '');
    if (receiver === '' || (!framework && clients.test(receiver))) continue;
    const chained = /\.route\(\)(?:\.\w+\(\))*$/.test(receiver);
    if (!chained && !servers.test(receiver) && !declaredServer(outline, receiver)) continue;
    endpoints.push(...routesOfCall(outline, span, receiver, framework, lines));
  }
  return endpoints;
}

function declaredServer(outline: Outline, name: string): boolean {
  if (!/^[\w$]+$/.test(name)) return false;
  const made = `(?:const|let|var)\\s+${name.replace(/\$/g, '\\$')}[^=;]*=\\s*(?:await\\s+)?(?:new\\s+)?(?:express|fastify|Fastify|Router|express\\.Router|KoaRouter|Koa|Hapi\\.server|Hono)\\b`;
  return new RegExp(made).test(outline.text);
}

function routesOfCall(
  outline: Outline,
  span: CallSpan,
  receiver: string,
  framework: string | null,
  lines: LineIndex,
): Endpoint[] {
  const { text } = outline;
  const args = new Syn(span.node).kids.findLast(({ type }) => type === 'arguments')?.kids ?? [];
  const at = lines.range(span.start, span.end);
  if (span.method === 'route') {
    const first = args[0] ? unwrap(args[0]) : undefined;
    const objects = first?.type === 'array' ? first.kids : first ? [first] : [];
    return objects
      .filter(({ type }) => type === 'object')
      .flatMap((object) => routesOfObject(outline, object, framework, at));
  }
  const chained = /\.route\(\s*(['"`])([^'"`]*)\1\s*\)/.exec(span.callee)?.[2];
  const path = chained ?? stringValue(args[0], text);
  const handlers = chained === undefined ? args.slice(1) : args;
  const last = handlers.at(-1);
  // `app.get('port')` reads a setting; a route has a path and a handler.
  if (path === null || !last || (!/^[/*:]|^$/.test(path) && framework === null)) return [];
  if (!isHandler(last, text)) return [];
  const prefix = new RegExp(
    `\\b${receiver.replace(/[$.()]/g, '\\$&')}\\s*=\\s*new\\s+\\w+\\(\\s*\\{[^}]*prefix\\s*:\\s*['"]([^'"]*)`,
  ).exec(text)?.[1];
  return [
    {
      method: span.method === 'all' ? '*' : span.method === 'del' ? 'DELETE' : span.method.toUpperCase(),
      path: joinPaths(prefix ?? '', path),
      framework: framework ?? 'express',
      ...handlerOf(outline, last),
      guards: handlers
        .slice(0, -1)
        .flatMap((node) => (node.type === 'array' ? node.kids : [node]))
        .filter(({ type }) => !functionTypes.has(type) && type !== 'object')
        .map((node) => text.slice(node.start, Math.min(node.end, node.start + 100))),
      at,
    },
  ];
}

function isHandler(node: Syn, text: string): boolean {
  const inner = unwrap(node);
  return functionTypes.has(inner.type) || inner.type === 'call_expression' || pathOf(inner, text) !== null;
}

function handlerOf(outline: Outline, node: Syn | undefined): Pick<Endpoint, 'handler' | 'function'> {
  if (!node) return { handler: null, function: null };
  const inner = unwrap(node);
  const handler = pathOf(inner, outline.text);
  const inline = outline.functions.findIndex(({ start, end }) => start === inner.start && end === inner.end);
  const wrapped = outline.functions.findIndex(({ start, end }) => start > inner.start && end < inner.end);
  const named = outline.functions.findIndex(
    ({ name, parent }) => handler !== null && name === handler && parent === null,
  );
  const id = inline !== -1 ? inline : handler === null ? wrapped : named;
  return { handler, function: id === -1 ? null : id };
}

/** `{ method: 'GET', path | url: '/x', handler, preHandler | options.auth }` of Fastify and Hapi. */
function routesOfObject(outline: Outline, object: Syn, framework: string | null, at: Endpoint['at']): Endpoint[] {
  const { text } = outline;
  const url = property(object, 'url', text);
  const path = stringValue(url ?? property(object, 'path', text), text);
  const method = property(object, 'method', text);
  if (path === null || !method) return [];
  const inner = unwrap(method);
  const methods = (inner.type === 'array' ? inner.kids : [inner]).map((node) => stringValue(node, text) ?? '*');
  const options = property(object, 'options', text) ?? property(object, 'config', text);
  const guards = ['preHandler', 'onRequest', 'preValidation', 'auth', 'pre']
    .flatMap((key) => [property(object, key, text), property(options, key, text)])
    .filter((node) => node !== undefined)
    .flatMap((node) => (node.type === 'array' ? node.kids : [node]))
    .map((node) => text.slice(node.start, Math.min(node.end, node.start + 100)));
  const shorthand = objectParts(object, text).properties.find(({ key }) => key === 'handler');
  const handler = handlerOf(outline, shorthand?.value ?? property(options, 'handler', text));
  return methods.map((name) => ({
    method: name.toUpperCase(),
    path: joinPaths(path),
    framework: framework ?? (url ? 'fastify' : 'hapi'),
    ...handler,
    guards,
    at,
  }));
}
