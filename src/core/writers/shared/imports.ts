/** Makes a name of a package available in a file, with the smallest change to its imports. */
import type { TextEdit } from '../../schema/source.ts';
import type { SyntaxNode } from '../../syntax/syntax.ts';
import { childrenOf, lineEnd, partsOf } from './style.ts';
import type { Style } from './style.ts';

export interface ImportedName {
  /** How the name is written in the file: `Index`, `orm.Index`, `DbIndex`. */
  readonly reference: string;
  readonly edits: readonly TextEdit[];
}

export interface Specifier {
  readonly node: SyntaxNode;
  readonly imported: string;
  readonly local: string;
  readonly typeOnly: boolean;
}

export interface ImportStatement {
  readonly node: SyntaxNode;
  readonly module: string;
  readonly typeOnly: boolean;
  readonly namespace: string | null;
  readonly named: SyntaxNode | null;
  readonly specifiers: readonly Specifier[];
}

/**
 * `name` of `module`, by an import that is there, by one more specifier, or by a new import statement. Where `name` already
 * means something else in the file (a type-only import counts as well), it is imported under `alias`.
 */
export function importName(
  file: { readonly path: string; readonly text: string; readonly root: SyntaxNode; readonly style: Style },
  name: string,
  module: string,
  alias: string,
): ImportedName {
  const statements = partsOf(file.root)
    .filter(({ type }) => type === 'import_statement')
    .map(readImport);
  const own = statements.filter((statement) => statement.module === module && !statement.typeOnly);
  for (const { specifiers } of own)
    for (const { imported, local, typeOnly } of specifiers)
      if (imported === name && !typeOnly) return { reference: local, edits: [] };
  const host = own.find(({ named }) => named !== null);
  const namespace = own.find((statement) => statement.namespace !== null)?.namespace ?? null;
  if (!host && namespace !== null) return { reference: `${namespace}.${name}`, edits: [] };
  const taken = topLevelNames(file.root, statements);
  const local = free(name, alias, taken);
  const specifier = local === name ? name : `${name} as ${local}`;
  const edit = host?.named
    ? extendImport(file.path, file.text, host.named, host.specifiers, specifier, file.style)
    : newImport(file, statements, specifier, module);
  return { reference: local, edits: [edit] };
}

function free(name: string, alias: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  let candidate = alias;
  for (let number = 2; taken.has(candidate); number++) candidate = `${alias}${number}`;
  return candidate;
}

/** An import statement taken apart. */
export function readImport(node: SyntaxNode): ImportStatement {
  const clause = partsOf(node).find(({ type }) => type === 'import_clause');
  const named = clause ? (partsOf(clause).find(({ type }) => type === 'named_imports') ?? null) : null;
  const namespace = clause ? partsOf(clause).find(({ type }) => type === 'namespace_import') : undefined;
  const source = partsOf(node).find(({ type }) => type === 'string');
  return {
    node,
    module: source?.text.slice(1, -1) ?? '',
    typeOnly: childrenOf(node).some(({ type }) => type === 'type'),
    namespace: namespace ? (partsOf(namespace)[0]?.text ?? null) : null,
    named,
    specifiers: named
      ? partsOf(named)
          .filter(({ type }) => type === 'import_specifier')
          .map(readSpecifier)
      : [],
  };
}

function readSpecifier(node: SyntaxNode): Specifier {
  const [first, second] = partsOf(node);
  const imported = first?.text ?? '';
  return {
    node,
    imported,
    local: second?.text ?? imported,
    typeOnly: childrenOf(node).some(({ type }) => type === 'type'),
  };
}

/** Adds a specifier where the order of the others puts it: in their sorted order, else at the end. */
function extendImport(
  file: string,
  text: string,
  named: SyntaxNode,
  specifiers: readonly Specifier[],
  added: string,
  style: Style,
): TextEdit {
  const last = specifiers.at(-1);
  if (!last) return { file, start: named.startIndex, end: named.endIndex, newText: `{ ${added} }` };
  const next = sortedPlace(specifiers, added);
  const before = next ?? last;
  const multiLine = before.node.startPosition.row > named.startPosition.row;
  const gap = gapOf(text, specifiers);
  const separator = multiLine ? style.eol + leading(text, before.node.startIndex) : gap;
  if (next) return insertion(file, next.node.startIndex, `${added},${sharesLine(specifiers, next) ? gap : separator}`);
  const comma = /^\s*,/u.exec(text.slice(last.node.endIndex, named.endIndex - 1));
  if (!comma) return insertion(file, last.node.endIndex, `,${sharesLine(specifiers, last) ? gap : separator}${added}`);
  // Behind a trailing comma, and behind a comment that belongs to the last name.
  const afterComma = last.node.endIndex + comma[0].length;
  return sharesLine(specifiers, last) || !multiLine
    ? insertion(file, last.node.endIndex, `,${gap}${added}`)
    : insertion(file, lineEnd(text, afterComma), `${separator}${added},`);
}

/** Drops the import of the name that `use` calls, where nothing else in the file uses it. */
export function unimportName(
  file: { readonly path: string; readonly text: string; readonly root: SyntaxNode },
  use: SyntaxNode,
  module: string,
): readonly TextEdit[] {
  const called = use.descendantsOfType('identifier')[0]?.text;
  const statement = partsOf(file.root)
    .filter(({ type }) => type === 'import_statement')
    .map(readImport)
    .find((candidate) => candidate.module === module && candidate.specifiers.some(({ local }) => local === called));
  const at = statement?.specifiers.findIndex(({ local }) => local === called) ?? -1;
  const specifier = statement?.specifiers[at];
  if (!statement || !specifier) return [];
  const inside = (node: SyntaxNode, outer: SyntaxNode): boolean =>
    outer.startIndex <= node.startIndex && node.endIndex <= outer.endIndex;
  const names = file.root.descendantsOfType([
    'identifier',
    'type_identifier',
    'shorthand_property_identifier',
  ]) as readonly SyntaxNode[];
  if (names.some((node) => node.text === called && !inside(node, use) && !inside(node, statement.node))) return [];
  const [next, previous] = [statement.specifiers[at + 1], statement.specifiers[at - 1]];
  // The last name of a statement stays with its braces: whether the package is needed for its effects is not ours to say.
  const start = next || !previous ? specifier.node.startIndex : previous.node.endIndex;
  const end = next ? next.node.startIndex : specifier.node.endIndex;
  return [{ file: file.path, start, end, newText: '' }];
}

function insertion(file: string, at: number, newText: string): TextEdit {
  return { file, start: at, end: at, newText };
}

/** White space behind the commas of a list on one line. */
function gapOf(text: string, specifiers: readonly Specifier[]): string {
  const [first, second] = specifiers;
  return first && second && text.slice(first.node.endIndex, second.node.startIndex) === ',' ? '' : ' ';
}

/** Indentation of the line a name stands on. */
function leading(text: string, offset: number): string {
  const start = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  return /^[ \t]*/u.exec(text.slice(start, offset))?.[0] ?? '';
}

/** Several names stand on one line: the list is wrapped, not one name per line. */
function sharesLine(specifiers: readonly Specifier[], of: Specifier): boolean {
  return specifiers.some(({ node }) => node.id !== of.node.id && node.startPosition.row === of.node.startPosition.row);
}

/** The specifier to stand before, where the list is sorted; undefined = at the end. */
function sortedPlace(specifiers: readonly Specifier[], added: string): Specifier | undefined {
  if (specifiers.length < 2) return undefined;
  for (const order of [exact, caseless]) {
    const sorted = specifiers.every((specifier, at) => {
      const previous = specifiers[at - 1];
      return previous === undefined || order(previous.imported, specifier.imported) <= 0;
    });
    if (sorted) return specifiers.find(({ imported }) => order(imported, added) > 0);
  }
  return undefined;
}

function exact(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function caseless(a: string, b: string): number {
  return exact(a.toLowerCase(), b.toLowerCase());
}

/** A statement of its own: behind the last import of the module, else behind the last import, else at the top. */
function newImport(
  file: { readonly path: string; readonly text: string; readonly root: SyntaxNode; readonly style: Style },
  statements: readonly ImportStatement[],
  specifier: string,
  module: string,
): TextEdit {
  const { quote, semicolons, eol } = file.style;
  const statement = `import { ${specifier} } from ${quote}${module}${quote}${semicolons ? ';' : ''}`;
  const after = statements.findLast((other) => other.module === module) ?? statements.at(-1);
  if (after) return insertion(file.path, lineEnd(file.text, after.node.endIndex), eol + statement);
  const [first] = partsOf(file.root);
  return insertion(file.path, first?.startIndex ?? 0, statement + eol + eol);
}

/** Names bound at the top level of the file, imports included. */
function topLevelNames(root: SyntaxNode, statements: readonly ImportStatement[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { node, specifiers, namespace } of statements) {
    for (const { local } of specifiers) names.add(local);
    if (namespace !== null) names.add(namespace);
    const clause = partsOf(node).find(({ type }) => type === 'import_clause');
    const byDefault = clause && partsOf(clause).find(({ type }) => type === 'identifier');
    if (byDefault) names.add(byDefault.text);
  }
  for (const statement of partsOf(root)) {
    const declaration = statement.type === 'export_statement' ? statement.childForFieldName('declaration') : statement;
    if (!declaration) continue;
    const name = declaration.childForFieldName('name');
    if (name) names.add(name.text);
    for (const part of partsOf(declaration))
      if (part.type === 'variable_declarator') names.add(part.childForFieldName('name')?.text ?? '');
  }
  return names;
}
