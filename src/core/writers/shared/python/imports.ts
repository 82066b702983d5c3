/** Names that a module of Python imports, and one more of them. */
import type { TextEdit } from '../../../schema/source.ts';
import type { SyntaxNode } from '../../../syntax/syntax.ts';
import { lineEnd, partsOf } from '../style.ts';

interface Source {
  readonly path: string;
  readonly text: string;
  readonly eol: '\n' | '\r\n';
  readonly root: SyntaxNode;
}

/** Edits that make `name` of `module` known; none where it is, be it by `from … import *`. */
export function importPython({ path, text, eol, root }: Source, name: string, module: string): readonly TextEdit[] {
  const statements = partsOf(root).filter(({ type }) => type === 'import_from_statement');
  const all = partsOf(root).filter(({ type }) => /^(?:import|future_import)\w*_statement$/u.test(type));
  const own = statements.filter((each) => each.childForFieldName('module_name')?.text === module);
  for (const each of own) {
    const names = partsOf(each).slice(1);
    if (names.some((part) => part.text === name || part.type === 'wildcard_import')) return [];
  }
  const known = statements.some((each) =>
    partsOf(each)
      .slice(1)
      .some((part) => part.text === name),
  );
  if (known) return [];
  const [host] = own;
  const last = host ? partsOf(host).slice(1).at(-1) : undefined;
  if (host && last) {
    const isLaidOut = last.startPosition.row > host.startPosition.row;
    const start = text.lastIndexOf('\n', last.startIndex - 1) + 1;
    const separator = isLaidOut ? eol + (/^[ \t]*/u.exec(text.slice(start))?.[0] ?? '') : ' ';
    return [{ file: path, start: last.endIndex, end: last.endIndex, newText: `,${separator}${name}` }];
  }
  const line = `from ${module} import ${name}`;
  const after = statements.at(-1) ?? all.at(-1);
  if (after) {
    const at = lineEnd(text, after.endIndex);
    return [{ file: path, start: at, end: at, newText: eol + line }];
  }
  const first = partsOf(root).find(({ text: own }) => !/^(?:"|')/u.test(own));
  const at = first?.startIndex ?? text.length;
  return [{ file: path, start: at, end: at, newText: `${line}${eol}${eol}${eol}` }];
}
