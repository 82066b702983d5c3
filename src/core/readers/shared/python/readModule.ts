/** A parsed Python file → what it declares. */
import type { TreeNode } from '../../../syntax/treeNode.ts';
import type { SourceFile } from '../../reader.ts';
import type { PyArgument, PyExpression, PyImport, PyModule, PyStatement } from './declarations.ts';
import { emptyModule } from './declarations.ts';
import { partsOf, readArguments, readExpression, readParameters, sourceOf, spanOf } from './expressions.ts';
import type { PySource } from './expressions.ts';

export interface ReadModuleOptions {
  /** Whether the body of a function declares something: asked with its source and its decorators' names. Properties are kept anyway. */
  readonly keepsBody?: (source: string, decorators: readonly string[]) => boolean;
}

/** What stands in here at most is looked into; deeper nesting is code, not declarations. */
const deepest = 20;
/** Characters of a function that may compute a name or a column. */
const longestProperty = 2000;
const longestHelper = 900;
const properties = /(?:^|\.)(?:declared_attr|property|cached_property|classproperty|hybrid_property)\b/;

interface Place extends PySource {
  readonly options: ReadModuleOptions;
  readonly imports: PyImport[];
  /** Inside of a function `if` is kept, because only one branch counts. */
  readonly inFunction: boolean;
  readonly fallback: boolean;
  readonly depth: number;
  readonly inClass: boolean;
}

/** Never throws; of a file that does not parse what could be made out. */
export function readModule(file: SourceFile, options: ReadModuleOptions = {}): PyModule {
  if (file.language !== 'python') return emptyModule;
  const imports: PyImport[] = [];
  const { text, lines } = file;
  const place: Place = {
    text,
    lines,
    options,
    imports,
    inFunction: false,
    fallback: false,
    depth: 0,
    inClass: false,
  };
  const statements = readBlock(file.parsed().tree, place);
  return { imports, statements };
}

function readBlock(block: TreeNode | null, place: Place): readonly PyStatement[] {
  if (!block || place.depth > deepest) return [];
  return partsOf(block).flatMap((node) => readStatement(node, { ...place, depth: place.depth + 1 }));
}

function readStatement(node: TreeNode, place: Place): readonly PyStatement[] {
  switch (node.type) {
    case 'import_statement':
    case 'import_from_statement':
      place.imports.push(...readImport(node, place));
      return [];
    case 'expression_statement':
      return partsOf(node).flatMap((inner) => readExpressionStatement(inner, place));
    case 'type_alias_statement':
      return readTypeAlias(node, place);
    case 'class_definition':
      return readClass(node, [], place);
    case 'function_definition':
      return readFunction(node, [], place);
    case 'decorated_definition':
      return readDecorated(node, place);
    case 'return_statement': {
      if (!place.inFunction) return [];
      const [value] = partsOf(node);
      return [{ kind: 'return', value: value ? readExpression(value, place) : null }];
    }
    case 'if_statement':
      return readIf(node, place);
    case 'with_statement':
      return readBlock(node.childForFieldName('body'), place);
    case 'try_statement':
      return readTry(node, place);
    // A half-typed statement leaves its neighbours inside of the error.
    case 'ERROR':
      return readBlock(node, place);
    default:
      return [];
  }
}

function readTry(node: TreeNode, place: Place): readonly PyStatement[] {
  return partsOf(node).flatMap((part) => {
    if (part.type === 'block') return readBlock(part, place);
    const inner = part.childForFieldName('body') ?? partsOf(part).findLast(({ type }) => type === 'block') ?? null;
    const fallback = part.type.startsWith('except') || place.fallback;
    return readBlock(inner, { ...place, fallback });
  });
}

function readIf(node: TreeNode, place: Place): readonly PyStatement[] {
  const body = readBlock(node.childForFieldName('consequence'), place);
  const alternatives = partsOf(node).filter(({ type }) => type === 'elif_clause' || type === 'else_clause');
  const rest = (clauses: readonly TreeNode[], inner: Place): readonly PyStatement[] => {
    const [clause, ...others] = clauses;
    if (!clause) return [];
    if (clause.type === 'else_clause') return readBlock(clause.childForFieldName('body'), inner);
    const then = readBlock(clause.childForFieldName('consequence'), inner);
    const otherwise = rest(others, inner);
    return inner.inFunction ? [conditional(clause, then, otherwise, inner)] : [...then, ...otherwise];
  };
  if (place.inFunction) return [conditional(node, body, rest(alternatives, place), place)];
  const condition = node.childForFieldName('condition');
  // `if not TYPE_CHECKING:` is what runs.
  const negated = condition !== null && /^not\s+(?:\w+\.)?TYPE_CHECKING$/.test(sourceOf(condition, place));
  return [...body, ...rest(alternatives, { ...place, fallback: place.fallback || !negated })];
}

function conditional(
  node: TreeNode,
  body: readonly PyStatement[],
  otherwise: readonly PyStatement[],
  place: Place,
): PyStatement {
  const condition = node.childForFieldName('condition');
  return {
    kind: 'if',
    condition: condition ? readExpression(condition, place) : { kind: 'other', text: '' },
    body,
    otherwise,
  };
}

function readExpressionStatement(node: TreeNode, place: Place): readonly PyStatement[] {
  if (node.type === 'assignment' || node.type === 'augmented_assignment') return readAssignment(node, place);
  const call = node.type === 'await' ? node.firstNamedChild : node;
  if (call?.type !== 'call') return [];
  const at = spanOf(place, call.startIndex, call.endIndex);
  return [{ kind: 'call', value: readExpression(call, place), at }];
}

function readAssignment(node: TreeNode, place: Place): readonly PyStatement[] {
  const targets: TreeNode[] = [];
  const left = node.childForFieldName('left');
  if (left) targets.push(left);
  const type = node.childForFieldName('type');
  let right = node.childForFieldName('right');
  // `a = b = value`
  while (right?.type === 'assignment') {
    const next = right.childForFieldName('left');
    if (next) targets.push(next);
    right = right.childForFieldName('right');
  }
  if (targets.every((target) => !/^(?:identifier|attribute|pattern_list|tuple_pattern)$/.test(target.type))) return [];
  const annotation = type ? readExpression(type, place, true) : null;
  const value = right ? readExpression(right, place) : null;
  const end = type?.endIndex;
  const more = {
    ...(node.type === 'augmented_assignment' && left && right
      ? { operator: place.text.slice(left.endIndex, right.startIndex).trim() }
      : {}),
    ...(place.fallback ? { fallback: true as const } : {}),
  };
  return targets.flatMap((target): PyStatement[] => {
    const at = (of: TreeNode) => spanOf(place, of.startIndex, end ?? of.endIndex);
    if (target.type === 'identifier' || target.type === 'attribute') {
      const name = sourceOf(target, place).replace(/\s+/g, '');
      return /^[\p{L}\p{N}_.]+$/u.test(name)
        ? [{ kind: 'assign', target: name, annotation, value, ...more, at: at(target) }]
        : [];
    }
    if (!target.type.endsWith('pattern') && target.type !== 'pattern_list') return [];
    return partsOf(target).flatMap((each, index): PyStatement[] => {
      if (each.type !== 'identifier') return [];
      const item = value?.kind === 'tuple' || value?.kind === 'list' ? (value.items[index] ?? null) : null;
      const own: PyExpression | null =
        item ?? (value && { kind: 'subscript', object: value, index: [{ kind: 'number', value: index }] });
      return [{ kind: 'assign', target: sourceOf(each, place), annotation: null, value: own, ...more, at: at(each) }];
    });
  });
}

function readTypeAlias(node: TreeNode, place: Place): readonly PyStatement[] {
  const left = node.childForFieldName('left');
  const right = node.childForFieldName('right');
  if (!left || !right) return [];
  const target = sourceOf(left, place)
    .replace(/\[[\s\S]*$/, '')
    .trim();
  const value = readExpression(right, place, true);
  return [{ kind: 'assign', target, annotation: null, value, at: spanOf(place, left.startIndex, left.endIndex) }];
}

function readDecorated(node: TreeNode, place: Place): readonly PyStatement[] {
  const decorators = partsOf(node)
    .filter(({ type }) => type === 'decorator')
    .flatMap((decorator) => {
      const [inner] = partsOf(decorator);
      return inner ? [readExpression(inner, place)] : [];
    });
  const definition = node.childForFieldName('definition');
  if (definition?.type === 'class_definition') return readClass(definition, decorators, place);
  return definition ? readFunction(definition, decorators, place) : [];
}

function readClass(node: TreeNode, decorators: readonly PyExpression[], place: Place): readonly PyStatement[] {
  const name = node.childForFieldName('name');
  if (!name) return [];
  const superclasses = node.childForFieldName('superclasses');
  const stated: readonly PyArgument[] = superclasses ? readArguments(superclasses, place) : [];
  const body = node.childForFieldName('body');
  return [
    {
      kind: 'class',
      name: sourceOf(name, place),
      bases: stated.filter(({ name: keyword, spread }) => keyword === null && !spread).map(({ value }) => value),
      keywords: stated.filter(({ name: keyword }) => keyword !== null),
      decorators,
      body: readBlock(body, { ...place, inFunction: false, inClass: true, fallback: false }),
      doc: docOf(body, place),
      ...(place.fallback ? { fallback: true as const } : {}),
      at: spanOf(place, node.startIndex, name.endIndex),
    },
  ];
}

function docOf(body: TreeNode | null, place: Place): string | null {
  const first = body && partsOf(body)[0];
  const text = first?.type === 'expression_statement' ? first.firstNamedChild : null;
  if (text?.type !== 'string') return null;
  const value = readExpression(text, place);
  return value.kind === 'string' ? value.value.trim().slice(0, 400) : null;
}

function readFunction(node: TreeNode, decorators: readonly PyExpression[], place: Place): readonly PyStatement[] {
  const name = node.childForFieldName('name');
  if (!name || node.type !== 'function_definition') return [];
  const parameters = node.childForFieldName('parameters');
  const returns = node.childForFieldName('return_type');
  const body = node.childForFieldName('body');
  const kept = body !== null && keepsBody(sourceOf(body, place), decorators, place);
  return [
    {
      kind: 'function',
      name: sourceOf(name, place),
      parameters: parameters ? readParameters(parameters, place) : [],
      returns: returns ? readExpression(returns, place, true) : null,
      decorators,
      async: place.text.startsWith('async', node.startIndex),
      body: kept ? readBlock(body, { ...place, inFunction: true, inClass: false, fallback: false }) : null,
      ...(place.fallback ? { fallback: true as const } : {}),
      at: spanOf(place, node.startIndex, name.endIndex),
    },
  ];
}

function keepsBody(source: string, decorators: readonly PyExpression[], place: Place): boolean {
  const names = decorators.map(dottedName);
  if (place.options.keepsBody?.(source, names) === true) return true;
  if (names.some((name) => properties.test(name))) return source.length <= longestProperty;
  if (source.length > longestHelper || !/\breturn\b/.test(source)) return false;
  // A function of the module may make columns or names; a class method computes a name for all that inherit it.
  return place.inClass
    ? names.includes('classmethod') && /\bcls\b/.test(source)
    : names.length === 0 && !/\bawait\b|\bself\b/.test(source);
}

/** `sa.orm.declared_attr` of a name, an attribute or a call of one; '' for anything else. */
export function dottedName(expression: PyExpression): string {
  if (expression.kind === 'name') return expression.name;
  if (expression.kind === 'call') return dottedName(expression.callee);
  if (expression.kind === 'subscript') return dottedName(expression.object);
  if (expression.kind !== 'attribute') return '';
  const object = dottedName(expression.object);
  return object === '' ? '' : `${object}.${expression.name}`;
}

export function readImport(node: TreeNode, place: PySource & { readonly fallback?: boolean }): readonly PyImport[] {
  const text = (part: TreeNode): string => sourceOf(part, place).replace(/\s+/g, '');
  const fallback = place.fallback === true ? { fallback: true as const } : {};
  const named = (part: TreeNode): { readonly name: string; readonly alias: string | null } => {
    const alias = part.childForFieldName('alias');
    const name = part.childForFieldName('name') ?? part;
    return { name: text(name), alias: alias ? text(alias) : null };
  };
  if (node.type === 'import_statement')
    return partsOf(node).flatMap((part): PyImport[] => {
      const { name, alias } = named(part);
      const dot = name.indexOf('.');
      if (alias !== null || dot === -1) return [{ local: alias ?? name, module: name, name: null, ...fallback }];
      const top = name.slice(0, dot);
      return [
        { local: top, module: top, name: null, ...fallback },
        { local: '', module: name, name: null, ...fallback },
      ];
    });
  const from = node.childForFieldName('module_name');
  if (!from) return [];
  const module = text(from);
  return partsOf(node).flatMap((part): PyImport[] => {
    if (part.startIndex === from.startIndex) return [];
    if (part.type === 'wildcard_import') return [{ local: '*', module, name: '*', ...fallback }];
    const { name, alias } = named(part);
    return [{ local: alias ?? name, module, name, ...fallback }];
  });
}
