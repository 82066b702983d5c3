/** Top-level statements of the tree → `Declarations`. Goes straight to declarations; the rest of the tree is never walked. */
import type { ParsedText } from '../../../syntax/syntax.ts';
import type { TreeNode } from '../../../syntax/treeNode.ts';
import type { SourceFile } from '../../reader.ts';
import type {
  ClassDeclaration,
  Declarations,
  EnumDeclaration,
  ExportDeclaration,
  ImportDeclaration,
  TypeDeclaration,
  Value,
} from './declarations.ts';
import { readClass } from './readClasses.ts';
import { readType } from './readTypes.ts';
import { readFunction, readKey, readValue, readVariables } from './readValues.ts';
import type { ReadContext } from './readValues.ts';
import { childrenOf, optionalChildren } from './nodes.ts';

interface Collected {
  classes: ClassDeclaration[];
  values: (readonly [string, Value])[];
  enums: EnumDeclaration[];
  types: TypeDeclaration[];
  imports: ImportDeclaration[];
  exports: ExportDeclaration[];
}

/** Functions are kept where they may give a class, decorators or a constant; a longer body is code, not a mapping. */
const maxFunctionLength = 20_000;

/** @param whole keep what `ReadContext.whole` tells of, and positions in functions */
export function readDeclarations(file: SourceFile, whole = false): Declarations {
  if (whole) return declarationsOf(file, whole);
  // Several readers look at one file; most want the same of it.
  const parsed = file.parsed();
  let declarations = known.get(parsed);
  if (!declarations) known.set(parsed, (declarations = declarationsOf(file, false)));
  return declarations;
}

const known = new WeakMap<ParsedText, Declarations>();

function declarationsOf(file: SourceFile, whole: boolean): Declarations {
  const found: Collected = { classes: [], values: [], enums: [], types: [], imports: [], exports: [] };
  const context: ReadContext = { text: file.text, lines: file.lines, positions: true, ...(whole ? { whole } : {}) };
  readStatements(childrenOf(file.parsed().tree), context, found, '');
  return found;
}

/** `prefix` is that of the namespace the statements stand in: `Orders.`. */
function readStatements(statements: readonly TreeNode[], context: ReadContext, found: Collected, prefix: string): void {
  let decorators: TreeNode[] = [];
  for (const statement of statements) {
    if (statement.type === 'decorator') {
      decorators.push(statement);
      continue;
    }
    readStatement(statement, context, found, prefix, decorators);
    decorators = [];
  }
}

const objectType = /(?:export\s+)?(?:declare\s+)?(?:interface\s+([\w$]+)|type\s+([\w$]+)\s*=\s*\{)/y;

/** Most statements of generated files are object types; their text tells, without a look at the tree. */
function objectTypeName(text: string, start: number): string | null {
  objectType.lastIndex = start;
  const match = objectType.exec(text);
  if (!match) return null;
  // `type A = { … }[keyof B]` or `{ … } | null` would not be an object; such types end up as one all the same.
  return match[1] ?? match[2] ?? null;
}

function readStatement(
  node: TreeNode,
  context: ReadContext,
  found: Collected,
  prefix: string,
  decorators: readonly TreeNode[],
): void {
  const slice = (part: TreeNode): string => context.text.slice(part.startIndex, part.endIndex);
  if (decorators.length === 0) {
    const object = objectTypeName(context.text, node.startIndex);
    if (object !== null) {
      found.types.push({ name: prefix + object, type: null });
      return;
    }
  }
  const nameOf = (): string => {
    const name = node.childForFieldName('name');
    return name ? prefix + slice(name) : '';
  };
  switch (node.type) {
    case 'import_statement':
      readImport(node, context, found);
      break;
    case 'export_statement':
      readExport(node, context, found, prefix, decorators);
      break;
    case 'class_declaration':
    case 'abstract_class_declaration':
    case 'class': {
      const declared = readClass(node, context, decorators);
      found.classes.push(prefix ? { ...declared, name: prefix + declared.name } : declared);
      break;
    }
    case 'enum_declaration':
      found.enums.push(readEnum(node, nameOf(), context));
      break;
    case 'type_alias_declaration': {
      const type = node.childForFieldName('value');
      found.types.push({ name: nameOf(), type: type ? readType(type, context.text) : null });
      break;
    }
    case 'interface_declaration':
      found.types.push({ name: nameOf(), type: null });
      break;
    case 'lexical_declaration':
    case 'variable_declaration':
      for (const [name, value] of readVariables(node, context)) declareValue(name, value, prefix, found);
      break;
    case 'function_declaration':
      if (node.endIndex - node.startIndex <= maxFunctionLength)
        found.values.push([nameOf(), readFunction(node, { ...context, positions: context.whole === true })]);
      break;
    case 'expression_statement':
    case 'ambient_declaration': {
      const inner = node.firstNamedChild;
      if (inner?.type === 'assignment_expression') readCommonJsExport(inner, context, found);
      else if (inner) readStatement(inner, context, found, prefix, []);
      break;
    }
    case 'internal_module':
    case 'module': {
      const body = node.childForFieldName('body');
      if (body) readStatements(childrenOf(body), context, found, `${nameOf()}.`);
      break;
    }
  }
}

/** `const { EntitySchema } = require('typeorm')` does not come here: its name is a pattern; `const x = require('./x')` does. */
function declareValue(name: string, value: Value, prefix: string, found: Collected): void {
  if (value.is === 'call' && value.callee.is === 'name' && value.callee.name === 'require') {
    const [module] = value.arguments;
    if (module?.is === 'literal') found.imports.push({ local: name, imported: '*', module: String(module.value) });
    return;
  }
  if (value.is === 'class') found.classes.push({ ...value.class, name: prefix + name });
  else found.values.push([prefix + name, value]);
}

function readImport(node: TreeNode, context: ReadContext, found: Collected): void {
  const source = node.childForFieldName('source');
  const clause = childrenOf(node).find((child) => child.type === 'import_clause');
  const slice = (part: TreeNode): string => context.text.slice(part.startIndex, part.endIndex);
  if (!source || !clause) return;
  const module = slice(source).slice(1, -1);
  for (const part of childrenOf(clause)) {
    if (part.type === 'identifier') {
      found.imports.push({ local: slice(part), imported: 'default', module });
    } else if (part.type === 'namespace_import' && part.firstNamedChild) {
      found.imports.push({ local: slice(part.firstNamedChild), imported: '*', module });
    } else if (part.type === 'named_imports') {
      for (const specifier of childrenOf(part)) {
        const name = specifier.childForFieldName('name');
        if (!name) continue;
        const alias = specifier.childForFieldName('alias');
        found.imports.push({ local: slice(alias ?? name), imported: slice(name), module });
      }
    }
  }
}

function readExport(
  node: TreeNode,
  context: ReadContext,
  found: Collected,
  prefix: string,
  outer: readonly TreeNode[],
): void {
  const slice = (part: TreeNode): string => context.text.slice(part.startIndex, part.endIndex);
  const children = childrenOf(node);
  const source = node.childForFieldName('source');
  const module = source ? slice(source).slice(1, -1) : null;
  const decorators = [...outer, ...children.filter((child) => child.type === 'decorator')];
  const declaration = node.childForFieldName('declaration');
  if (declaration) {
    readStatement(declaration, context, found, prefix, decorators);
    if (
      /^export\s+default\b/.test(context.text.slice(node.startIndex, node.startIndex + 40)) ||
      decorators.length > 0
    ) {
      const name = declaration.childForFieldName('name');
      const between = context.text.slice(decorators.at(-1)?.endIndex ?? node.startIndex, declaration.startIndex);
      if (name && /\bdefault\b/.test(between))
        found.exports.push({ exported: 'default', local: slice(name), module: null });
    }
    return;
  }
  const value = node.childForFieldName('value');
  if (value) {
    exportDefault(value, context, found, decorators);
    return;
  }
  const clause = children.find((child) => child.type === 'export_clause' || child.type === 'namespace_export');
  if (clause?.type === 'namespace_export' && module !== null) {
    const name = clause.firstNamedChild;
    if (name) found.exports.push({ exported: slice(name), local: '*', module });
  } else if (clause) {
    for (const specifier of childrenOf(clause)) {
      const name = specifier.childForFieldName('name');
      if (!name) continue;
      const alias = specifier.childForFieldName('alias');
      found.exports.push({ exported: slice(alias ?? name), local: slice(name), module });
    }
  } else if (module !== null) {
    found.exports.push({ exported: '*', local: '*', module });
  } else {
    const assigned = children.find((child) => child.type === 'identifier');
    if (assigned) found.exports.push({ exported: 'default', local: slice(assigned), module: null });
  }
}

function exportDefault(value: TreeNode, context: ReadContext, found: Collected, decorators: readonly TreeNode[]): void {
  if (value.type === 'identifier') {
    const local = context.text.slice(value.startIndex, value.endIndex);
    found.exports.push({ exported: 'default', local, module: null });
  } else if (value.type === 'class') {
    found.classes.push({ ...readClass(value, context, decorators), name: 'default' });
  } else {
    found.values.push(['default', readValue(value, context)]);
  }
}

/** `module.exports = X`, `exports.X = …` */
function readCommonJsExport(node: TreeNode, context: ReadContext, found: Collected): void {
  const left = node.childForFieldName('left');
  const right = node.childForFieldName('right');
  if (!left || !right) return;
  const target = context.text.slice(left.startIndex, left.endIndex);
  if (target === 'module.exports') {
    exportDefault(right, context, found, []);
  } else if (/^(?:module\.)?exports\.\w+$/.test(target)) {
    const exported = target.slice(target.lastIndexOf('.') + 1);
    if (right.type === 'identifier')
      found.exports.push({ exported, local: context.text.slice(right.startIndex, right.endIndex), module: null });
    else found.values.push([exported, readValue(right, context)]);
  }
}

function readEnum(node: TreeNode, name: string, context: ReadContext): EnumDeclaration {
  const members: (readonly [string, Value | null])[] = [];
  const head = node.childForFieldName('name') ?? node;
  for (const child of optionalChildren(node.childForFieldName('body'))) {
    if (child.type === 'comment') continue;
    const assignment = child.type === 'enum_assignment';
    const key = assignment ? child.childForFieldName('name') : child;
    const value = assignment ? child.childForFieldName('value') : null;
    const text = key && readKey(key, context);
    if (typeof text === 'string') members.push([text, value ? readValue(value, context) : null]);
  }
  return { name, members, at: context.lines.range(head.startIndex, head.endIndex) };
}
