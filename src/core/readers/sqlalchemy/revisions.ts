/** Revisions of Alembic as a fragment keeps them: what `upgrade` does, statement by statement, with the functions of the file that it may call. */
import type { TreeNode } from '../../syntax/treeNode.ts';
import type { SourceFile } from '../reader.ts';
import type { PyExpression, PyParameter, PySpan } from '../shared/python/declarations.ts';
import { partsOf, readExpression, readParameters, sourceOf, spanOf } from '../shared/python/expressions.ts';

export interface Revision {
  readonly upgrade: readonly ScriptStatement[];
  readonly helpers: readonly ScriptFunction[];
  /** `downgrade` does something. */
  readonly reversible: boolean;
  /** `def upgrade` */
  readonly at: PySpan;
}

export interface ScriptFunction {
  readonly name: string;
  readonly parameters: readonly PyParameter[];
  readonly body: readonly ScriptStatement[];
}

export type ScriptStatement =
  | { readonly kind: 'call'; readonly value: PyExpression }
  | { readonly kind: 'assign'; readonly targets: readonly string[]; readonly value: PyExpression }
  | {
      readonly kind: 'with';
      readonly items: readonly { readonly value: PyExpression; readonly alias: string | null }[];
      readonly body: readonly ScriptStatement[];
    }
  | {
      readonly kind: 'for';
      readonly targets: readonly string[];
      readonly list: PyExpression;
      readonly body: readonly ScriptStatement[];
      readonly at: PySpan;
    }
  | {
      readonly kind: 'if';
      readonly condition: PyExpression;
      readonly body: readonly ScriptStatement[];
      readonly otherwise: readonly ScriptStatement[];
      readonly at: PySpan;
    }
  /** `touches`: something in it may change the schema. */
  | { readonly kind: 'while'; readonly touches: boolean; readonly at: PySpan }
  | { readonly kind: 'return' };

const named = /^revision\b[^=\n]*=/m;
const runs = /^(?:async\s+)?def\s+upgrade\s*\(/m;

/** Cheap look, without parsing. */
export function mayBeRevision(text: string): boolean {
  return named.test(text) && runs.test(text);
}

/** Characters of a function beyond which it is data or code, and nesting beyond which it is neither. */
const longest = 60_000;
const deepest = 20;
/** What may change the schema. */
const touching = /\bop\b|\b\w*op\.|\bbatch\w*\.|\.execute\s*\(|_all\s*\(/;

export function readRevision(file: SourceFile): Revision | null {
  if (!mayBeRevision(file.text)) return null;
  const found = partsOf(file.parsed().tree).flatMap((node) => {
    const definition = node.type === 'decorated_definition' ? node.childForFieldName('definition') : node;
    const name = definition?.type === 'function_definition' ? definition.childForFieldName('name') : null;
    return definition && name ? [{ name: sourceOf(name, file), node: definition, head: name }] : [];
  });
  const upgrade = found.find(({ name }) => name === 'upgrade');
  if (!upgrade) return null;
  const downgrade = found.find(({ name }) => name === 'downgrade');
  const helpers = found.filter(
    ({ name, node }) => name !== 'upgrade' && name !== 'downgrade' && touching.test(sourceOf(node, file)),
  );
  return {
    upgrade: bodyOf(upgrade.node, file),
    helpers: helpers.map(({ name, node }) => {
      const parameters = node.childForFieldName('parameters');
      return { name, parameters: parameters ? readParameters(parameters, file) : [], body: bodyOf(node, file) };
    }),
    reversible: downgrade !== undefined && goesBack(downgrade.node, file),
    at: spanOf(file, upgrade.node.startIndex, upgrade.head.endIndex),
  };
}

/** It calls something, or says by an error why there is no way. */
function goesBack(node: TreeNode, file: SourceFile): boolean {
  const body = node.childForFieldName('body');
  return body !== null && partsOf(body).some((part) => /[\w)\]]\s*\(|^raise\b/.test(withoutText(sourceOf(part, file))));
}

function withoutText(source: string): string {
  return source.replace(/("""|''')[\s\S]*?\1|"[^"\n]*"|'[^'\n]*'/g, "''");
}

function bodyOf(node: TreeNode, file: SourceFile): readonly ScriptStatement[] {
  const body = node.childForFieldName('body');
  return body && body.endIndex - body.startIndex <= longest ? readBlock(body, file, 0) : [];
}

function readBlock(block: TreeNode | null, file: SourceFile, depth: number): readonly ScriptStatement[] {
  return block && depth <= deepest ? partsOf(block).flatMap((node) => readStatement(node, file, depth + 1)) : [];
}

function readStatement(node: TreeNode, file: SourceFile, depth: number): readonly ScriptStatement[] {
  const inner = (field: string): readonly ScriptStatement[] => readBlock(node.childForFieldName(field), file, depth);
  const at = spanOf(file, node.startIndex, Math.min(node.endIndex, node.startIndex + 80));
  switch (node.type) {
    case 'expression_statement':
      return partsOf(node).flatMap((part) => readPlain(part, file));
    case 'with_statement':
      return [{ kind: 'with', items: withItems(node, file), body: inner('body') }];
    case 'for_statement': {
      const left = node.childForFieldName('left');
      const right = node.childForFieldName('right');
      if (!left || !right) return [];
      const list = readExpression(right, file);
      return [{ kind: 'for', targets: namesIn(left, file), list, body: inner('body'), at }];
    }
    case 'while_statement':
      return [{ kind: 'while', touches: touching.test(sourceOf(node, file)), at }];
    case 'if_statement':
      return readIf(node, file, depth);
    case 'try_statement':
      return [
        ...inner('body'),
        ...partsOf(node)
          .filter(({ type }) => type === 'else_clause' || type === 'finally_clause')
          .flatMap((part) => readBlock(partsOf(part).findLast(({ type }) => type === 'block') ?? null, file, depth)),
      ];
    case 'return_statement':
      return [{ kind: 'return' }];
    case 'ERROR':
      return readBlock(node, file, depth);
    default:
      return [];
  }
}

function readPlain(node: TreeNode, file: SourceFile): readonly ScriptStatement[] {
  if (node.type === 'await') return partsOf(node).flatMap((part) => readPlain(part, file));
  if (node.type === 'call') return [{ kind: 'call', value: readCall(node, file) }];
  if (node.type !== 'assignment') return [];
  const left = node.childForFieldName('left');
  const right = node.childForFieldName('right');
  if (!left || !right) return [];
  return [{ kind: 'assign', targets: namesIn(left, file), value: readCall(right, file) }];
}

/** Rows are many and no structure. */
function readCall(node: TreeNode, file: SourceFile): PyExpression {
  const callee = node.type === 'call' ? node.childForFieldName('function') : null;
  if (callee && /\.(?:bulk_insert|bulk_insert_mappings|insert_many)$/.test(sourceOf(callee, file)))
    return { kind: 'other', text: sourceOf(callee, file).slice(0, 120) };
  return readExpression(node, file);
}

function withItems(node: TreeNode, file: SourceFile): Extract<ScriptStatement, { kind: 'with' }>['items'] {
  const items = partsOf(node).flatMap((part) => (part.type === 'with_clause' ? partsOf(part) : []));
  return items.flatMap((item) => {
    const value = item.childForFieldName('value') ?? item.firstNamedChild;
    if (!value) return [];
    if (value.type !== 'as_pattern') return [{ value: readExpression(value, file), alias: null }];
    const [given, target] = partsOf(value);
    return given ? [{ value: readExpression(given, file), alias: target ? sourceOf(target, file) : null }] : [];
  });
}

function readIf(node: TreeNode, file: SourceFile, depth: number): readonly ScriptStatement[] {
  const clauses = partsOf(node).filter(({ type }) => type === 'elif_clause' || type === 'else_clause');
  const build = (part: TreeNode, rest: readonly TreeNode[]): ScriptStatement => {
    const condition = part.childForFieldName('condition');
    const [next, ...others] = rest;
    return {
      kind: 'if',
      condition: condition ? readExpression(condition, file) : { kind: 'other', text: '' },
      body: readBlock(part.childForFieldName('consequence'), file, depth),
      otherwise: !next
        ? []
        : next.type === 'else_clause'
          ? readBlock(next.childForFieldName('body'), file, depth)
          : [build(next, others)],
      at: spanOf(file, part.startIndex, Math.min(part.endIndex, part.startIndex + 80)),
    };
  };
  return [build(node, clauses)];
}

/** Of `a`, `a, b`, `(a, b)`; an attribute or an index binds no name. */
function namesIn(node: TreeNode, file: SourceFile): readonly string[] {
  if (node.type === 'identifier') return [sourceOf(node, file)];
  if (!/^(?:pattern_list|tuple_pattern|list_pattern)$/.test(node.type)) return [];
  return partsOf(node).map((part) => (part.type === 'identifier' ? sourceOf(part, file) : ''));
}
