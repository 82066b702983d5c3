/** Classes of Python with their fields, and the calls that make the fields. */
import type { Table } from '../../../schema/model.ts';
import type { TextEdit } from '../../../schema/source.ts';
import type { SyntaxNode } from '../../../syntax/syntax.ts';
import type { WriteContext } from '../../entityChange.ts';
import { hashComment, removeBlock } from '../removeBlock.ts';
import { indentAt, lineEnd, lineStart, partsOf } from '../style.ts';

export interface PythonField {
  /** The whole statement. */
  readonly node: SyntaxNode;
  readonly name: SyntaxNode;
  readonly annotation: SyntaxNode | null;
  /** What stands behind `=`. */
  readonly value: SyntaxNode | null;
  /** Function of the call, and its brackets; null where the value is none. */
  readonly called: SyntaxNode | null;
  readonly list: SyntaxNode | null;
}

export interface PythonSource {
  readonly path: string;
  readonly text: string;
  readonly eol: '\n' | '\r\n';
  readonly quote: "'" | '"';
  readonly root: SyntaxNode;
  readonly table: Table;
  readonly node: SyntaxNode;
  readonly body: SyntaxNode;
  readonly fields: readonly PythonField[];
  /** Of the members. */
  readonly indent: string;
}

export function pythonClassOf(table: Table, { open }: WriteContext): PythonSource | string {
  if (table.entity === null) return `No class stands for ${table.name}: the ORM makes the table for a relation.`;
  const file = open(table.at.file);
  if (!file) return `${table.at.file} cannot be read.`;
  const { root } = file.parsed();
  const classes = descendants(root, ['class_definition']).filter(
    (node) => node.childForFieldName('name')?.text === table.entity,
  );
  const node = classes.find((each) => covers(each, table.at.line)) ?? classes[0];
  const body = node?.childForFieldName('body');
  if (!node || !body) return `The class ${table.entity} was not found in ${table.at.file}.`;
  if (node.hasError) return `${table.at.file} has a syntax error in ${table.entity}; correct it first.`;
  const { text, path } = file;
  const singles = text.match(/'/gu)?.length ?? 0;
  const doubles = text.replaceAll('"""', '').match(/"/gu)?.length ?? 0;
  const first = partsOf(body)[0];
  return {
    ...{ path, text, root, table, node, body },
    eol: text.includes('\r\n') ? '\r\n' : '\n',
    quote: doubles >= singles ? '"' : "'",
    fields: fieldsOf(body),
    indent:
      first && first.startPosition.row > node.startPosition.row
        ? indentAt(text, first.startIndex)
        : `${indentAt(text, node.startIndex)}    `,
  };
}

export function descendants(root: SyntaxNode, types: readonly string[]): readonly SyntaxNode[] {
  return root.descendantsOfType([...types]) as readonly SyntaxNode[];
}

function covers(node: SyntaxNode, line: number): boolean {
  return node.startPosition.row + 1 <= line && line <= node.endPosition.row + 1;
}

export function fieldsOf(body: SyntaxNode): readonly PythonField[] {
  return partsOf(body).flatMap((node) => {
    const assignment = node.type === 'expression_statement' ? partsOf(node)[0] : undefined;
    const name = assignment?.type === 'assignment' ? assignment.childForFieldName('left') : null;
    if (name?.type !== 'identifier' || !assignment) return [];
    const value = assignment.childForFieldName('right');
    const call = value?.type === 'call' ? value : null;
    return [
      {
        ...{ node, name, value },
        annotation: assignment.childForFieldName('type'),
        called: call?.childForFieldName('function') ?? null,
        list: call?.childForFieldName('arguments') ?? null,
      },
    ];
  });
}

export function fieldNamed({ fields }: PythonSource, name: string | null | undefined): PythonField | undefined {
  return fields.find((field) => field.name.text === name);
}

/** Last name of what is called: `CharField` of `models.CharField`. */
export function calledName({ called }: PythonField): string {
  return called?.text.replace(/^.*\./u, '') ?? '';
}

export function quoted(value: string, { quote }: Pick<PythonSource, 'quote'>): string {
  return quote + value.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`) + quote;
}

/** Content of a plain string literal. */
export function stringOf(node: SyntaxNode | null | undefined): string | null {
  const [, single, double] =
    (node?.type === 'string' ? /^[rbu]?(?:'([^'\n]*)'|"([^"\n]*)")$/iu.exec(node.text) : null) ?? [];
  return single ?? double ?? null;
}

export function replace({ path }: { readonly path: string }, node: SyntaxNode, newText: string): TextEdit {
  return { file: path, start: node.startIndex, end: node.endIndex, newText };
}

/** Keyword arguments set, replaced and (null) removed; others stay as they are. */
export function setKeywords(
  { path, text }: { readonly path: string; readonly text: string },
  list: SyntaxNode,
  options: Readonly<Record<string, string | null>>,
): readonly TextEdit[] {
  const parts = partsOf(list);
  const edits: TextEdit[] = [];
  const removed = new Set<SyntaxNode>();
  const added: string[] = [];
  for (const [key, value] of Object.entries(options)) {
    const given = parts.find(
      (part) => part.type === 'keyword_argument' && part.childForFieldName('name')?.text === key,
    );
    const old = given?.childForFieldName('value');
    if (value === null) {
      if (given) removed.add(given);
    } else if (old) {
      if (old.text !== value) edits.push({ file: path, start: old.startIndex, end: old.endIndex, newText: value });
    } else added.push(`${key}=${value}`);
  }
  return [...edits, ...changedList({ path, text }, list, parts, removed, added)];
}

/** Parts taken out of a list in brackets, others put behind its last. */
export function changedList(
  { path, text }: { readonly path: string; readonly text: string },
  list: SyntaxNode,
  parts: readonly SyntaxNode[],
  removed: ReadonlySet<SyntaxNode>,
  added: readonly string[],
): readonly TextEdit[] {
  const kept = parts.filter((part) => !removed.has(part));
  const last = kept.at(-1);
  if (!last) {
    if (added.length === 0 && removed.size === 0) return [];
    return [{ file: path, start: list.startIndex + 1, end: list.endIndex - 1, newText: added.join(', ') }];
  }
  const edits: TextEdit[] = [...removed].map((part) => {
    const at = parts.indexOf(part);
    const next = parts[at + 1];
    const previous = parts[at - 1];
    if (next && !parts.slice(0, at).every((each) => removed.has(each)))
      return { file: path, start: previous?.endIndex ?? part.startIndex, end: part.endIndex, newText: '' };
    if (next) return { file: path, start: part.startIndex, end: next.startIndex, newText: '' };
    return { file: path, start: previous?.endIndex ?? part.startIndex, end: part.endIndex, newText: '' };
  });
  if (added.length > 0) {
    const isLaidOut = last.startPosition.row > list.startPosition.row;
    const separator = isLaidOut ? `${text.includes('\r\n') ? '\r\n' : '\n'}${indentAt(text, last.startIndex)}` : ' ';
    const newText = added.map((each) => `,${separator}${each}`).join('');
    edits.push({ file: path, start: last.endIndex, end: last.endIndex, newText });
  }
  return edits;
}

/** With its comment; a class that says nothing else says `pass`. */
export function removeField({ path, text, body }: PythonSource, { node }: { readonly node: SyntaxNode }): TextEdit {
  if (partsOf(body).length === 1) return { file: path, start: node.startIndex, end: node.endIndex, newText: 'pass' };
  return removeBlock(path, text, node.startIndex, node.endIndex, hashComment);
}

/** Lines behind the last field, or behind another; a body that says nothing but `pass` keeps it. */
export function insertField(source: PythonSource, lines: readonly string[], after?: SyntaxNode): TextEdit {
  const { path, text, eol, fields, body, indent } = source;
  const mapped = fields.findLast(({ called, annotation }) => called !== null || annotation !== null);
  const doc = partsOf(body)[0];
  const last = after ?? mapped?.node ?? (doc && /^(?:"|')/u.test(doc.text) ? doc : null);
  const block = lines.map((line) => indent + line).join(eol);
  if (last) {
    const at = lineEnd(text, last.endIndex);
    return { file: path, start: at, end: at, newText: eol + block };
  }
  const at = lineStart(text, body.startIndex);
  return { file: path, start: at, end: at, newText: block + eol };
}

/** Removed from the file with its decorators, and with the blank lines above it. */
export function removeClass({ path, text, node }: PythonSource): TextEdit {
  const outer = node.parent?.type === 'decorated_definition' ? node.parent : node;
  const start = lineStart(text, outer.startIndex);
  const above = /(?:[ \t]*\r?\n)*$/u.exec(text.slice(0, start))?.[0].length ?? 0;
  const end = lineEnd(text, outer.endIndex);
  const isLast = text.slice(end).trim() === '';
  const lineBreak = /^(?:\r\n|\n)/u.exec(text.slice(end))?.[0].length ?? 0;
  if (isLast)
    return {
      file: path,
      start: start - above,
      end: text.length,
      newText: start === above ? '' : text.includes('\r\n') ? '\r\n' : '\n',
    };
  const blank = /^(?:[ \t]*\r?\n)*/u.exec(text.slice(end + lineBreak))?.[0].length ?? 0;
  return { file: path, start, end: end + lineBreak + blank, newText: '' };
}

/** `self.name` and `Class.name` within the class. */
export function memberUses({ node, table }: PythonSource, name: string): readonly SyntaxNode[] {
  return descendants(node, ['attribute']).flatMap((each) => {
    const object = each.childForFieldName('object')?.text;
    const attribute = each.childForFieldName('attribute');
    return attribute?.text === name && (object === 'self' || object === table.entity) ? [attribute] : [];
  });
}
