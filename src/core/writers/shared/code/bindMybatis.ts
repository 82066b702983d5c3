/** Statements of MyBatis, in XML and in annotations: `${name}` is text, `#{name}` a parameter. */
import type { SourceFile } from '../../../readers/reader.ts';
import type { Dialect } from '../../../schema/model.ts';
import type { TextEdit } from '../../../schema/source.ts';
import type { CodeChangeOf } from '../../codeWriter.ts';
import type { WriteResult } from '../../writer.ts';
import { refuse } from '../refusals.ts';
import { offsetsOf } from './chain.ts';

/** Engines that join text by `CONCAT`. */
const concat: ReadonlySet<Dialect> = new Set(['mysql', 'mariadb', 'postgresql', 'cockroachdb', 'mssql']);

export function bindInMybatis({ at, expressions, dialect }: CodeChangeOf<'bindValues'>, file: SourceFile): WriteResult {
  const { path, text } = file;
  const { start } = offsetsOf(file, at);
  const end = endOf(file, at);
  if (end === null) return refuse(`The statement was not found in ${path}.`);
  const edits: TextEdit[] = [];
  const wanted = new Set(expressions.map((each) => each.trim()));
  const found = new Set<string>();
  for (const hole of text.slice(start, end).matchAll(/\$\{\s*([\w.[\]]+)\s*\}/gu)) {
    const name = hole[1] ?? '';
    if (!wanted.has(name)) continue;
    const from = start + hole.index;
    const to = from + hole[0].length;
    const before = text.slice(start, from);
    const [opening, lead = ''] = /'(%?)$/u.exec(before) ?? [];
    const [closing, trail = ''] = /^(%?)'/u.exec(text.slice(to, end)) ?? [];
    const isQuoted = opening !== undefined && closing !== undefined;
    if (!isQuoted && (isOpen(before) || /[\w$"`%.-]$/u.test(before) || /^[\w$"`%.]/u.test(text.slice(to, end))))
      return refuse('The value is a part of a longer text in the statement: bind it by hand.');
    if (/\bin\s*\(\s*'?$/iu.test(before)) return refuse('A list of values is put into the statement: use <foreach>.');
    if (lead + trail !== '' && (dialect === null || !concat.has(dialect)))
      return refuse('How this engine joins text is not known: bind the pattern by hand.');
    const parts = [lead === '' ? '' : "'%'", `#{${name}}`, trail === '' ? '' : "'%'"].filter((part) => part !== '');
    found.add(name);
    edits.push({
      file: path,
      start: from - (isQuoted ? opening.length : 0),
      end: to + (isQuoted ? closing.length : 0),
      newText: parts.length > 1 ? `CONCAT(${parts.join(', ')})` : `#{${name}}`,
    });
  }
  return found.size === wanted.size ? { ok: true, edits } : refuse('The values are put in elsewhere: bind them there.');
}

/** End of the element that begins at the place, or of the annotation. */
function endOf(file: SourceFile, at: CodeChangeOf<'bindValues'>['at']): number | null {
  const { start, end } = offsetsOf(file, at);
  if (!file.path.endsWith('.xml')) return end;
  const name = /^<(\w+)/u.exec(file.text.slice(start))?.[1];
  const close = name === undefined ? -1 : file.text.indexOf(`</${name}>`, start);
  return close < 0 ? null : close;
}

/** A quote is open: quotes come in pairs in what stands before, but for those of attributes and of the language. */
function isOpen(before: string): boolean {
  const sql = before.replace(/<[^>]*>/gu, '');
  return (sql.split("'").length - 1) % 2 === 1;
}
