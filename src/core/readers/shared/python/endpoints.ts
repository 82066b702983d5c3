/** What can be called from outside: routes of FastAPI, Flask, Starlette, Tornado, aiohttp and their like, URL patterns and views of Django. */
import type { Endpoint, ImportFact } from '../../../schema/code.ts';
import type { LineIndex } from '../../../syntax/lineIndex.ts';
import type { TreeNode } from '../../../syntax/treeNode.ts';
import { joinPaths } from '../typescript/routePaths.ts';
import { partsOf } from './expressions.ts';
import { textOf } from './outline.ts';
import type { PyDecoratorSpan, PyFunctionSpan, PyOutline } from './outline.ts';

const verbs = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace']);
const frameworks: readonly (readonly [RegExp, string])[] = [
  [/^fastapi\b/, 'fastapi'],
  [/^(?:flask|flask_\w+|apiflask)\b/, 'flask'],
  [/^quart\b/, 'quart'],
  [/^sanic\b/, 'sanic'],
  [/^litestar\b|^starlite\b/, 'litestar'],
  [/^aiohttp\b/, 'aiohttp'],
  [/^starlette\b/, 'starlette'],
  [/^tornado\b/, 'tornado'],
  [/^(?:django|rest_framework|ninja)\b/, 'django'],
  [/^bottle\b/, 'bottle'],
  [/^falcon\b/, 'falcon'],
];
/** Classes whose methods `get`, `post`, … answer requests. */
const handlers =
  /(?:Resource|MethodView|RequestHandler|HTTPEndpoint|APIView|View|Viewset|ViewSet|Handler|HTTPMethodView|Controller)$/;
/** Methods that answer requests; the later ones are those of Django REST Framework's view sets. */
const actions: Readonly<Record<string, string>> = {
  get: 'GET',
  post: 'POST',
  put: 'PUT',
  patch: 'PATCH',
  delete: 'DELETE',
  list: 'GET',
  retrieve: 'GET',
  create: 'POST',
  update: 'PUT',
  partial_update: 'PATCH',
  destroy: 'DELETE',
};
const guarding = /login|auth|permission|require|role|jwt|token|admin|guard|limit|scope|current_user|superuser|staff/i;

interface Context {
  readonly outline: PyOutline;
  readonly framework: string | null;
  readonly lines: LineIndex;
  /** Path that a router or blueprint of the file is made with. */
  readonly prefixes: ReadonlyMap<string, string>;
  /** Paths that a class is registered under. */
  readonly classPaths: ReadonlyMap<string, readonly string[]>;
}

export function readEndpoints(outline: PyOutline, imports: readonly ImportFact[], lines: LineIndex): Endpoint[] {
  const framework = frameworks.find(([module]) => imports.some((fact) => module.test(fact.module)))?.[1] ?? null;
  const calls = registrations(outline, framework, lines);
  const context: Context = {
    outline,
    framework,
    lines,
    prefixes: prefixesOf(outline),
    classPaths: calls.classPaths,
  };
  return [...outline.functions.flatMap((span, id) => ofFunction(span, id, context)), ...calls.endpoints];
}

function ofFunction(span: PyFunctionSpan, id: number, context: Context): readonly Endpoint[] {
  const { outline, lines } = context;
  const owner = span.class === null ? undefined : outline.classes[span.class];
  const handler = owner ? `${owner.name}.${span.name ?? ''}` : span.name;
  const guards = guardsOf(span, owner?.decorators ?? [], outline.text);
  const routed = span.decorators.flatMap((decorator): Endpoint[] =>
    routesOf(decorator, context).map(({ method, path, framework }) => ({
      method,
      path,
      framework,
      handler,
      function: id,
      guards: [...guards, ...dependenciesOf(decorator.arguments, outline.text)],
      at: lines.range(decorator.start, decorator.end),
    })),
  );
  if (routed.length > 0 || !owner || span.name === null) return routed;
  const field = graphField(span, owner.name, owner.bases);
  const verb = Object.hasOwn(actions, span.name) ? actions[span.name] : undefined;
  const isHandler = owner.bases.some((base) => handlers.test(base.replace(/\[.*$/, '')));
  if (field === null && (verb === undefined || !isHandler)) return [];
  const at = lines.range(span.node.startIndex, span.node.childForFieldName('name')?.endIndex ?? span.node.startIndex);
  if (field !== null) return [{ ...field, handler, function: id, guards, at }];
  const stated = owner.decorators.flatMap((decorator) => routesOf(decorator, context).map(({ path }) => path));
  const paths = stated.length > 0 ? stated : (context.classPaths.get(owner.name) ?? ['']);
  return paths.map((path) => ({
    method: verb ?? '*',
    path,
    framework: context.framework ?? 'unknown',
    handler,
    function: id,
    guards,
    at,
  }));
}

/** Fields of Strawberry and Graphene. */
function graphField(
  { decorators, name }: PyFunctionSpan,
  owner: string,
  bases: readonly string[],
): Pick<Endpoint, 'method' | 'path' | 'framework'> | null {
  const kind = /Mutations?$/.test(owner) ? 'MUTATION' : /Quer(?:y|ies)$/.test(owner) ? 'QUERY' : 'FIELD';
  const decorator = decorators.find(({ name: each }) => /^strawberry\.(?:\w+\.)?(?:field|mutation)$/.test(each));
  if (decorator)
    return {
      method: decorator.name.endsWith('mutation') ? 'MUTATION' : kind,
      path: kind === 'FIELD' ? `${owner}.${name ?? ''}` : (name ?? ''),
      framework: 'strawberry',
    };
  const resolved = /^resolve_(\w+)$/.exec(name ?? '')?.[1];
  if (resolved === undefined || !bases.some((base) => /ObjectType|Quer|Mutation|Interface|graphene/.test(base)))
    return null;
  return { method: kind, path: kind === 'FIELD' ? `${owner}.${resolved}` : resolved, framework: 'graphene' };
}

/** `@router.get('/x')`, `@bp.route('/x', methods=['GET'])`, `@api_view(['GET'])`, `@require_GET`. */
function routesOf(
  { name, arguments: args }: PyDecoratorSpan,
  context: Context,
): readonly Pick<Endpoint, 'method' | 'path' | 'framework'>[] {
  const { text } = context.outline;
  const dot = name.lastIndexOf('.');
  const last = name.slice(dot + 1);
  const receiver = dot === -1 ? '' : name.slice(0, dot);
  const django = /^require_(GET|POST|safe)$/.exec(name)?.[1];
  if (django !== undefined) return [{ method: django === 'POST' ? 'POST' : 'GET', path: '', framework: 'django' }];
  if (!args) return [];
  const path = stringOf(argument(args, 0, 'path', text) ?? argument(args, null, 'rule', text), text);
  if (last === 'api_view' || last === 'require_http_methods') {
    const [list] = partsOf(args);
    return stringsOf(list, text).map((method) => ({ method: method.toUpperCase(), path: '', framework: 'django' }));
  }
  const framework = context.framework ?? (receiver === '' ? null : 'unknown');
  if (framework === null) return [];
  const join = (own: string): string => joinPaths(context.prefixes.get(receiver) ?? '', own);
  if (verbs.has(last) && path !== null && (receiver !== '' || framework === 'litestar'))
    return [{ method: last.toUpperCase(), path: join(path), framework }];
  if ((last !== 'route' && last !== 'api_route') || path === null || receiver === '') return [];
  const methods = stringsOf(argument(args, null, 'methods', text), text);
  const stated = methods.length > 0 ? methods : [framework === 'flask' || framework === 'quart' ? 'GET' : '*'];
  return stated.map((method) => ({ method: method.toUpperCase(), path: join(path), framework }));
}

/** `APIRouter(prefix='/users')`, `Blueprint('users', __name__, url_prefix='/users')`. */
function prefixesOf(outline: PyOutline): ReadonlyMap<string, string> {
  const { text } = outline;
  const prefixes = new Map<string, string>();
  for (const { node, callee } of outline.calls) {
    if (!/(?:Router|Blueprint|Namespace|Controller)$/.test(textOf(callee, text) ?? '')) continue;
    const args = node.childForFieldName('arguments');
    const target = node.parent?.type === 'assignment' ? textOf(node.parent.childForFieldName('left'), text) : null;
    const prefix =
      args &&
      (argument(args, null, 'prefix', text) ??
        argument(args, null, 'url_prefix', text) ??
        argument(args, null, 'path', text));
    const value = prefix ? stringOf(prefix, text) : null;
    if (target !== null && value !== null) prefixes.set(target, value);
  }
  return prefixes;
}

interface Registrations {
  readonly endpoints: readonly Endpoint[];
  readonly classPaths: ReadonlyMap<string, readonly string[]>;
}

/** `path('x/', view)`, `Route('/x', endpoint)`, `add_url_rule`, `add_resource(Class, '/x')`, `add_get('/x', f)`, `(r'/x', Handler)`. */
function registrations(outline: PyOutline, framework: string | null, lines: LineIndex): Registrations {
  const { text } = outline;
  const endpoints: Endpoint[] = [];
  const classPaths = new Map<string, string[]>();
  const add = (
    node: TreeNode,
    path: string,
    view: TreeNode | undefined,
    methods: readonly string[],
    name: string,
  ): void => {
    const handler = handlerOf(view, text);
    if (handler === null) return;
    const owner = outline.classes.find((each) => each.name === handler);
    if (owner) {
      const known = classPaths.get(owner.name);
      if (known) known.push(path);
      else classPaths.set(owner.name, [path]);
      return;
    }
    const id = outline.functions.findIndex(
      (each) => each.name === handler && each.parent === null && each.class === null,
    );
    const at = lines.range(node.startIndex, node.endIndex);
    for (const method of methods)
      endpoints.push({ method, path, framework: name, handler, function: id === -1 ? null : id, guards: [], at });
  };
  for (const { node, callee } of outline.calls) {
    const name = textOf(callee, text) ?? '';
    const args = node.childForFieldName('arguments');
    const last = name.slice(name.lastIndexOf('.') + 1);
    if (args?.type !== 'argument_list' || !registering.test(last)) continue;
    const [first, second, third] = partsOf(args).filter(({ type }) => type !== 'keyword_argument');
    const path = first ? stringOf(first, text) : null;
    const methods = stringsOf(argument(args, null, 'methods', text), text).map((each) => each.toUpperCase());
    const stated = methods.length > 0 ? methods : ['*'];
    if (/^(?:path|re_path|url)$/.test(last) && framework === 'django' && path !== null) {
      if (second?.type === 'call' && /(?:^|\.)include$/.test(textOf(second.childForFieldName('function'), text) ?? ''))
        continue;
      add(node, joinPaths(path.replace(/^\^|\$$/g, '')), second, ['*'], 'django');
    } else if (/^(?:Route|add_route|add_api_route)$/.test(last) && path !== null)
      add(node, joinPaths(path), argument(args, null, 'endpoint', text) ?? second, stated, framework ?? 'starlette');
    else if (last === 'add_url_rule' && path !== null)
      add(
        node,
        joinPaths(path),
        argument(args, null, 'view_func', text) ?? third,
        methods.length > 0 ? methods : ['GET'],
        'flask',
      );
    else if (/^add_(?:get|post|put|patch|delete)$/.test(last) && path !== null)
      add(node, joinPaths(path), second, [last.slice(4).toUpperCase()], 'aiohttp');
    else if (framework === 'aiohttp' && verbs.has(last) && path !== null && second)
      add(node, joinPaths(path), second, [last.toUpperCase()], 'aiohttp');
    else if (/^add_\w*resource$/.test(last) && first) {
      for (const each of partsOf(args).slice(1)) {
        const resource = stringOf(each, text);
        if (resource !== null) add(node, joinPaths(resource), first, ['*'], 'flask');
      }
    }
  }
  if (framework === 'tornado') tornadoRoutes(outline, add);
  return { endpoints, classPaths };
}

const registering =
  /^(?:path|re_path|url|Route|add_route|add_api_route|add_url_rule|add_\w*resource|add_(?:get|post|put|patch|delete)|get|post|put|patch|delete)$/;

/** `Application([(r'/orders', OrdersHandler)])` */
function tornadoRoutes(
  { calls, text }: PyOutline,
  add: (node: TreeNode, path: string, view: TreeNode | undefined, methods: readonly string[], name: string) => void,
): void {
  for (const { node, callee } of calls) {
    if (!(textOf(callee, text) ?? '').endsWith('Application')) continue;
    const list = partsOf(node.childForFieldName('arguments') ?? node).find(({ type }) => type === 'list');
    for (const tuple of list ? partsOf(list) : []) {
      const [first, second] = partsOf(tuple);
      const path = tuple.type === 'tuple' && first ? stringOf(first, text) : null;
      if (path !== null) add(tuple, joinPaths(path), second, ['*'], 'tornado');
    }
  }
}

/** `views.index`, `OrderList.as_view()`, `login_required(index)`. */
function handlerOf(node: TreeNode | undefined, text: string): string | null {
  if (!node) return null;
  if (node.type === 'identifier' || node.type === 'attribute') return textOf(node, text);
  if (node.type !== 'call') return null;
  const callee = node.childForFieldName('function');
  if (callee?.type === 'attribute' && textOf(callee.childForFieldName('attribute'), text) === 'as_view')
    return textOf(callee.childForFieldName('object'), text);
  const args = node.childForFieldName('arguments');
  return handlerOf(args ? partsOf(args)[0] : undefined, text);
}

/** Decorators and dependencies that let some in and others not, as written. */
function guardsOf(
  { decorators, parameters }: PyFunctionSpan,
  ofClass: readonly PyDecoratorSpan[],
  text: string,
): string[] {
  const named = [...ofClass, ...decorators]
    .filter(({ name }) => guarding.test(name))
    .map(({ name, arguments: args }) => {
      const inner = textOf(args, text)?.replace(/\s+/g, ' ').slice(0, 100);
      return inner === undefined || inner === '()' ? name : `${name}${inner}`;
    });
  const depends = parameters.flatMap(({ type, default: value }) =>
    [type, value].flatMap((node) => dependenciesOf(node, text)),
  );
  return [...named, ...depends];
}

/** `Depends(get_current_user)`, `Security(…)`, `CurrentUser`. */
function dependenciesOf(node: TreeNode | null, text: string): string[] {
  const source = textOf(node, text) ?? '';
  const found = [...source.matchAll(/\b(?:Depends|Security)\(\s*([\w.]+)/g)].map((match) => match[1] ?? '');
  if (/^Current\w*$/.test(source)) found.push(source);
  return found.filter((name) => guarding.test(name) || name.startsWith('Current'));
}

/** An argument by its place (of those without a name) or its name. */
function argument(list: TreeNode, index: number | null, name: string, text: string): TreeNode | undefined {
  const all = partsOf(list);
  const named = all.find(
    (each) => each.type === 'keyword_argument' && textOf(each.childForFieldName('name'), text) === name,
  );
  if (named) return named.childForFieldName('value') ?? undefined;
  return index === null ? undefined : all.filter(({ type }) => type !== 'keyword_argument')[index];
}

function stringOf(node: TreeNode | undefined, text: string): string | null {
  if (node?.type !== 'string') return null;
  return /^[rRbBuUfF]{0,2}("""|'''|"|')([\s\S]*)\1$/.exec(textOf(node, text) ?? '')?.[2] ?? null;
}

function stringsOf(node: TreeNode | undefined, text: string): readonly string[] {
  return (node ? partsOf(node) : []).flatMap((each) => stringOf(each, text) ?? []);
}
