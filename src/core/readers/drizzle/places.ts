/** Names of tables and columns as the arguments of queries mention them. */
import type { Scope } from '../shared/typescript/scope.ts';
import { chainOf, pathOf, stringValue, unwrap } from '../shared/typescript/syn.ts';
import type { Syn } from '../shared/typescript/syn.ts';

/** What names mean within one query: aliases lead to their tables, and columns of its own table go without its name. */
export interface Names {
  /** As the source names it; null = not known. */
  readonly table: string | null;
  /** Names that stand for it: of callbacks, of `alias(…)`. */
  readonly own: ReadonlySet<string>;
}

/** `users`, `schema.users`; a local `alias(users, 'u')` leads to `users`, a subquery to the table it reads. */
export function tableNamed(node: Syn | undefined, scope: Scope, depth = 0): string | null {
  if (!node || depth > 4) return null;
  const inner = unwrap(node);
  if (inner.type === 'call_expression') {
    const { links } = chainOf(inner, scope.text);
    const from = links.find(({ name }) => name === 'from' || name === 'alias' || /^alias(?:edTable|$)/.test(name));
    return tableNamed(from?.args[0], scope, depth + 1);
  }
  const path = pathOf(inner, scope.text);
  if (path === null || path.startsWith('this.')) return null;
  if (path.includes('.')) return path;
  const value = scope.literal(inner);
  return value !== inner &&
    value.type === 'call_expression' &&
    !/Table|View/.test(scope.text.slice(value.start, value.start + 40))
    ? (tableNamed(value, scope, depth + 1) ?? path)
    : path;
}

/** Path of a column: `email` of the query's own table, `posts.authorId` of another. Null = no column. */
export function columnPath(node: Syn, names: Names, scope: Scope): string | null {
  const inner = unwrap(node);
  if (inner.type === 'subscript_expression') return null;
  if (inner.type === 'call_expression') {
    // `users.name.desc()` of an index; `sql`…`` and the like are no columns.
    return null;
  }
  const path = pathOf(inner, scope.text);
  const dot = path?.lastIndexOf('.') ?? -1;
  if (path === null || dot === -1) return null;
  const [head, key] = [path.slice(0, dot), path.slice(dot + 1)];
  if (head === names.table || names.own.has(head)) return key;
  if (head.includes('.')) return path;
  const aliased = aliasOf(head, inner.start, scope);
  return aliased === names.table ? key : `${aliased ?? head}.${key}`;
}

function aliasOf(name: string, offset: number, scope: Scope): string | null {
  const initial = scope.declaration(name, offset)?.initializer ?? '';
  return /^alias(?:edTable)?\(\s*([\w$.]+)/.exec(initial)?.[1] ?? null;
}

/** Columns in the holes of a template: `` sql`lower(${users.email})` ``. */
export function columnsInTemplate(
  node: Syn,
  names: Names,
  scope: Scope,
): readonly { readonly path: string; readonly before: string; readonly after: string; readonly node: Syn }[] {
  const inner = unwrap(node);
  const template = inner.type === 'template_string' ? inner : inner.kids.find(({ type }) => type === 'template_string');
  if (!template) return [];
  return template.kids.flatMap((kid) => {
    const [expression] = kid.type === 'template_substitution' ? kid.kids : [];
    const path = expression && isSchemaName(expression, names, scope) ? columnPath(expression, names, scope) : null;
    if (path === null) return [];
    return [
      {
        path,
        node: kid,
        before: scope.text.slice(template.start + 1, kid.start),
        after: scope.text.slice(kid.end, template.end - 1),
      },
    ];
  });
}

/** `input.id` looks like a column too: the name before the dot tells, which is imported or a constant of the module. */
export function isSchemaName(node: Syn, names: Names, scope: Scope): boolean {
  const path = pathOf(unwrap(node), scope.text);
  const head = path?.split('.')[0] ?? '';
  if (head === '' || head === 'this') return false;
  if (head === names.table || names.own.has(head)) return true;
  if (scope.parameter(head, node.start)) return false;
  if (scope.facts.imports.some(({ local }) => local === head)) return true;
  const declared = scope.declaration(head, node.start);
  return declared !== null && /Table|View|^alias|\.as\(/.test(declared.initializer);
}

export function isLiteral(node: Syn, scope: Scope): boolean {
  const inner = unwrap(node);
  if (stringValue(inner, scope.text) !== null) return true;
  if (inner.type === 'array') return inner.kids.every((kid) => isLiteral(kid, scope));
  if (inner.type === 'unary_expression') return inner.kids.every((kid) => isLiteral(kid, scope));
  return /^(?:number|true|false|null)$/.test(inner.type);
}
