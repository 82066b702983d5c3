import { jpaEntities } from './entities.ts';
import type { Writer } from '../writer.ts';
import type { SourceFile } from '../../readers/reader.ts';
import type { Index, Table } from '../../schema/model.ts';
import type { TextEdit } from '../../schema/source.ts';
import { appendItem, closingBracket, indexWriter, insertAt } from '../shared/indexWriter.ts';
import type { Inserted } from '../shared/indexWriter.ts';
import { indentAt, lineStart } from '../shared/style.ts';

/** `@Table(indexes = @Index(columnList = "customer_id"))` on the class. */
export const jpaWriter: Writer = {
  entities: jpaEntities,
  ...indexWriter({ id: 'jpa', sources: 'JPA entities', insert }),
};

function insert(index: Index, table: Table, file: SourceFile): Inserted {
  const { path, text, lines } = file;
  if (table.entity === null || !path.endsWith('.java'))
    return `No Java class stands for ${table.name}, so there is nothing to annotate.`;
  const name = lines.offset(table.at.line, table.at.column);
  const head = headOf(text, name);
  const imports = importsOf(file);
  const entry = `@${imports.index}(columnList = "${index.columns.join(', ')}")`;
  const annotation = /@(?:[\w.]+\.)?Table\b\s*(\()?/u.exec(text.slice(head, name));
  if (!annotation) {
    const place = lineStart(text, declarationStart(text, head, name));
    const indent = indentAt(text, declarationStart(text, head, name));
    const eol = text.includes('\r\n') ? '\r\n' : '\n';
    return [
      ...imports.edits(['Index', 'Table']),
      insertAt(path, place, `${indent}@${imports.table}(indexes = ${entry})${eol}`),
    ];
  }
  const end = head + annotation.index + annotation[0].length;
  if (annotation[1] === undefined) return [...imports.edits(['Index']), insertAt(path, end, `(indexes = ${entry})`)];
  const open = end - 1;
  const close = closingBracket(text, open);
  if (close === null) return `${path} has a syntax error in ${table.entity}; correct it first.`;
  const given = /\bindexes\s*=\s*/u.exec(text.slice(open, close));
  if (!given) return [...imports.edits(['Index']), appendItem(path, text, open, close, `indexes = ${entry}`)];
  const value = open + given.index + given[0].length;
  if (text[value] === '{') {
    const listEnd = closingBracket(text, value);
    return listEnd === null
      ? `${path} has a syntax error in ${table.entity}; correct it first.`
      : [...imports.edits(['Index']), appendItem(path, text, value, listEnd, entry)];
  }
  const single = closingBracket(text, text.indexOf('(', value));
  if (single === null) return `${path} has a syntax error in ${table.entity}; correct it first.`;
  return [...imports.edits(['Index']), insertAt(path, value, '{ '), insertAt(path, single + 1, `, ${entry} }`)];
}

/** Where the annotations of the class may begin: behind what stands before it. */
function headOf(text: string, name: number): number {
  const before = text
    .slice(0, name)
    .replace(/"(?:[^"\\\n]|\\.)*"|\/\*[\s\S]*?\*\/|\/\/[^\n]*/gu, (part) => ' '.repeat(part.length));
  let depth = 0;
  for (let at = before.length - 1; at >= 0; at--) {
    const character = before[at];
    if (character === ')' || (character === '}' && depth > 0)) depth++;
    else if (character === '(' || (character === '{' && depth > 0)) depth = Math.max(0, depth - 1);
    else if (depth === 0 && (character === ';' || character === '}' || character === '{')) return at + 1;
  }
  return 0;
}

/** `public class`, without its annotations. */
function declarationStart(text: string, head: number, name: number): number {
  const keyword =
    /(?:\b(?:public|protected|private|abstract|final|static|sealed|non-sealed|strictfp)\s+)*\b(?:class|record)\s+$/u.exec(
      text.slice(head, name),
    );
  return head + (keyword?.index ?? name - head);
}

interface Imports {
  readonly index: string;
  readonly table: string;
  readonly edits: (names: readonly ('Index' | 'Table')[]) => readonly TextEdit[];
}

/** Another `Index` or `Table` in the file is left alone: then ours is named in full. */
function importsOf({ path, text }: SourceFile): Imports {
  const pack =
    /\bjavax\.persistence\b/u.test(text) && !/\bjakarta\.persistence\b/u.test(text)
      ? 'javax.persistence'
      : 'jakarta.persistence';
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const hasAll = new RegExp(`^import\\s+${pack}\\.\\*\\s*;`, 'mu').test(text);
  const has = (name: string): boolean => hasAll || new RegExp(`^import\\s+${pack}\\.${name}\\s*;`, 'mu').test(text);
  const isTaken = (name: string): boolean =>
    new RegExp(`^import\\s+(?!${pack}\\b)[\\w.]+\\.${name}\\s*;`, 'mu').test(text);
  const last =
    [...text.matchAll(new RegExp(`^import\\s+${pack}\\.[\\w*]+\\s*;[^\\n]*\\n`, 'gmu'))].at(-1) ??
    [...text.matchAll(/^(?:import|package)\s[^\n]*\n/gmu)].at(-1);
  const place = last ? last.index + last[0].length : 0;
  return {
    index: isTaken('Index') ? `${pack}.Index` : 'Index',
    table: isTaken('Table') ? `${pack}.Table` : 'Table',
    edits: (names) =>
      names
        .filter((name) => !has(name) && !isTaken(name))
        .map((name) => insertAt(path, place, `import ${pack}.${name};${eol}`)),
  };
}
