/** What can be called from outside: controllers of ASP.NET Core MVC, minimal APIs, Razor pages and components. */
import type { Endpoint } from '../../../schema/code.ts';
import type { LineIndex } from '../../../syntax/lineIndex.ts';
import type { TreeNode } from '../../../syntax/treeNode.ts';
import type { CsOutline } from './outline.ts';

interface Attribute {
  readonly name: string;
  readonly path: string | null;
  readonly node: TreeNode;
}

const httpMethods: Readonly<Record<string, string>> = {
  HttpGet: 'GET',
  HttpPost: 'POST',
  HttpPut: 'PUT',
  HttpDelete: 'DELETE',
  HttpPatch: 'PATCH',
  HttpHead: 'HEAD',
  HttpOptions: 'OPTIONS',
};
const mapMethods: Readonly<Record<string, string>> = {
  MapGet: 'GET',
  MapPost: 'POST',
  MapPut: 'PUT',
  MapDelete: 'DELETE',
  MapPatch: 'PATCH',
  MapMethods: '*',
  Map: '*',
};

export function readCsEndpoints(outline: CsOutline, path: string, lines: LineIndex): Endpoint[] {
  return [...controllers(outline, lines), ...minimal(outline, lines), ...pages(outline, path, lines)];
}

function attributesOf(node: TreeNode, text: string): readonly Attribute[] {
  return node.namedChildren
    .filter(({ type }) => type === 'attribute_list')
    .flatMap((list) => list.namedChildren.filter(({ type }) => type === 'attribute'))
    .map((attribute) => {
      const written = text.slice(attribute.startIndex, attribute.endIndex);
      const name = (/^(?:\w+\.)*(\w+)/u.exec(written)?.[1] ?? '').replace(/(?<=\w)Attribute$/u, '');
      return { name, path: /^[\w.]+\s*\(\s*@?"([^"]*)"/u.exec(written)?.[1] ?? null, node: attribute };
    });
}

function controllers(outline: CsOutline, lines: LineIndex): Endpoint[] {
  const { text } = outline;
  return outline.functions.flatMap(({ node, name, class: owner }, id): Endpoint[] => {
    const around = owner === null ? undefined : outline.classes[owner];
    if (!around || node.type !== 'method_declaration' || name === null) return [];
    const own = attributesOf(node, text);
    const outer = attributesOf(around.node, text);
    const isController =
      around.name.endsWith('Controller') ||
      outer.some((each) => each.name === 'ApiController' || each.name === 'Controller');
    const verbs = own.filter((each) => Object.hasOwn(httpMethods, each.name));
    const route = own.find((each) => each.name === 'Route' || each.name === 'AcceptVerbs');
    const isAction =
      isController &&
      /\bpublic\b/u.test(text.slice(node.startIndex, node.childForFieldName('body')?.startIndex ?? node.endIndex)) &&
      /ActionResult|Task|Result\b/u.test(typeText(node, text)) &&
      !own.some((each) => each.name === 'NonAction');
    if (verbs.length === 0 && !route && !isAction) return [];
    if (verbs.length === 0 && !isController) return [];
    const prefixes = outer.filter((each) => each.name === 'Route').flatMap((each) => each.path ?? []);
    const area = outer.find((each) => each.name === 'Area')?.path ?? null;
    const controller = around.name.replace(/Controller$/u, '');
    const guards = [...outer, ...own]
      .map((each) => each.name)
      .filter((each) =>
        /^(?:Authorize|AllowAnonymous|ValidateAntiForgeryToken|RequiresClaim|\w*Permission\w*|\w*Authorize\w*)$/u.test(
          each,
        ),
      );
    const replaced = (template: string): string =>
      template
        .replace(/\[controller\]/giu, controller)
        .replace(/\[action\]/giu, name.replace(/Async$/u, ''))
        .replace(/\[area\]/giu, area ?? '');
    const conventional = `${area === null ? '' : `${area}/`}${controller}/${name.replace(/Async$/u, '')}`;
    const of = (method: string, given: string | null, at: TreeNode): Endpoint[] => {
      const absolute = given !== null && /^[~/]/u.test(given);
      const bases = absolute ? [''] : prefixes.length > 0 ? prefixes : given !== null ? [''] : [conventional];
      return bases.map((prefix) => ({
        method,
        path: joined(replaced(prefix), replaced((given ?? route?.path ?? '').replace(/^~/u, ''))),
        framework: 'aspnetcore',
        handler: `${around.name}.${name}`,
        function: id,
        guards,
        at: lines.range(at.startIndex, at.endIndex),
      }));
    };
    if (verbs.length === 0)
      return of(route ? '*' : 'GET', route?.path ?? null, route?.node ?? node.childForFieldName('name') ?? node);
    return verbs.flatMap((verb) => of(httpMethods[verb.name] ?? '*', verb.path ?? route?.path ?? null, verb.node));
  });
}

function typeText(node: TreeNode, text: string): string {
  const type = node.childForFieldName('returns') ?? node.childForFieldName('type');
  return type ? text.slice(type.startIndex, type.endIndex) : '';
}

function joined(...parts: readonly string[]): string {
  return `/${parts
    .map((part) => part.replace(/^\/+|\/+$/gu, ''))
    .filter((part) => part !== '')
    .join('/')}`;
}

/** `app.MapGet("/orders/{id}", …)`, under the prefix of its `MapGroup`. */
function minimal(outline: CsOutline, lines: LineIndex): Endpoint[] {
  const { text } = outline;
  if (!/\.Map(?:Get|Post|Put|Delete|Patch|Methods|Group)\b/u.test(text)) return [];
  const groups = new Map<string, string>();
  const prefixOf = (receiver: string): string => {
    const own = [...receiver.matchAll(/\.MapGroup\s*\(\s*"([^"]*)"/gu)].map((match) => match[1] ?? '');
    const root = /^\s*([A-Za-z_]\w*)/u.exec(receiver)?.[1] ?? '';
    return [groups.get(root) ?? '', ...own].join('/');
  };
  for (const match of text.matchAll(/\b([A-Za-z_]\w*)\s*=\s*([A-Za-z_]\w*[^;=]*?\.MapGroup\s*\([^;]*);/gu))
    groups.set(match[1] ?? '', prefixOf(match[2] ?? ''));
  return outline.calls.flatMap((call): Endpoint[] => {
    const method = mapMethods[call.method];
    if (method === undefined) return [];
    const list = call.node.childForFieldName('arguments')?.namedChildren ?? [];
    const path = /^\s*@?"([^"]*)"/u.exec(list[0] ? text.slice(list[0].startIndex, list[0].endIndex) : '')?.[1];
    const handler = list.at(-1)?.lastNamedChild;
    if (path === undefined || !handler) return [];
    const receiver = text.slice(call.start, call.argsStart).replace(/\.\s*\w+\s*$/u, '');
    const isLambda = handler.type === 'lambda_expression';
    const name = text.slice(handler.startIndex, handler.endIndex);
    const target = isLambda
      ? outline.functions.findIndex(({ start, end }) => start === handler.startIndex && end === handler.endIndex)
      : outline.functions.findIndex((each) => each.name === name.slice(name.lastIndexOf('.') + 1));
    const after = text.slice(call.end, call.end + 200).split(';')[0] ?? '';
    return [
      {
        method,
        path: joined(prefixOf(receiver), path),
        framework: 'aspnetcore-minimal',
        handler: isLambda ? null : name,
        function: target === -1 ? null : target,
        guards:
          /\.RequireAuthorization\s*\(/u.test(after) || /\.RequireAuthorization\s*\(/u.test(receiver)
            ? ['RequireAuthorization']
            : [],
        at: lines.range(call.start, call.end),
      },
    ];
  });
}

/** Handlers of Razor pages, and components of Blazor that are routed to by an attribute. */
function pages(outline: CsOutline, path: string, lines: LineIndex): Endpoint[] {
  const { text } = outline;
  const found: Endpoint[] = [];
  const page = /(?:^|\/)Pages\/(.*)\.cshtml\.cs$/iu.exec(path)?.[1];
  for (const [id, { node, name, class: owner }] of outline.functions.entries()) {
    const verb = /^On(Get|Post|Put|Delete)/u.exec(name ?? '')?.[1];
    if (page === undefined || verb === undefined || owner === null) continue;
    const at = node.childForFieldName('name') ?? node;
    found.push({
      method: verb.toUpperCase(),
      path: joined(page.replace(/\/?Index$/u, '')),
      framework: 'razor-pages',
      handler: `${outline.classes[owner]?.name ?? ''}.${name ?? ''}`,
      function: id,
      guards: [],
      at: lines.range(at.startIndex, at.endIndex),
    });
  }
  for (const { node, name } of outline.classes) {
    if (
      !text
        .slice(node.startIndex, node.childForFieldName('body')?.startIndex ?? node.endIndex)
        .includes('ComponentBase')
    )
      continue;
    for (const attribute of attributesOf(node, text))
      if (attribute.name === 'Route' && attribute.path !== null)
        found.push({
          method: 'GET',
          path: joined(attribute.path),
          framework: 'blazor',
          handler: name,
          function: null,
          guards: [],
          at: lines.range(attribute.node.startIndex, attribute.node.endIndex),
        });
  }
  return found;
}
