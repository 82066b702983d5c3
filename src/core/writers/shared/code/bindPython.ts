/** Statements in Python: parameters of a cursor (PEP 249), of Django's raw queries, and of SQLAlchemy's `text`. */
import type { SourceFile } from '../../../readers/reader.ts';
import type { TextEdit } from '../../../schema/source.ts';
import type { SyntaxNode } from '../../../syntax/syntax.ts';
import type { CodeChangeOf } from '../../codeWriter.ts';
import type { WriteResult } from '../../writer.ts';
import { insertAt } from '../indexWriter.ts';
import { quoteOf } from '../python/quote.ts';
import { refuse } from '../refusals.ts';
import { bindParts } from './bound.ts';
import type { Bound } from './bound.ts';
import { chainOf } from './chain.ts';
import type { Link } from './chain.ts';
import { sqlSourceOf } from './sqlParts.ts';
import type { SqlSource } from './sqlParts.ts';

type Change = CodeChangeOf<'bindValues'>;

export function bindInPython({ expressions, dialect }: Change, file: SourceFile, text: SyntaxNode): WriteResult {
  const source = sqlSourceOf(text);
  const link = callOf(text);
  if (!source || !link) return refuse('The statement is put together elsewhere: bind the values there.');
  if (link.arguments.length !== 1) return refuse(`${link.name} has parameters already: bind the values by hand.`);
  const mark = quoteOf(file.text);
  const around = (before: string, expression: string, after: string): string =>
    `f${mark}${before}{${expression}}${after}${mark}`;
  if (link.name === 'text') return bindText(expressions, file, source, link, around);
  if (!/^(?:execute|raw)$/u.test(link.name))
    return refuse(`How ${link.name} takes parameters is not known: bind the values by hand.`);
  // Django's cursors take `%s` for every engine; the driver of SQLite itself does not.
  const isSqlite = dialect === 'sqlite' && /^\s*(?:import|from)\s+sqlite3\b/mu.test(file.text);
  const bound = bindParts(source, { expressions, mark: () => (isSqlite ? '?' : '\uE000'), around });
  if (typeof bound === 'string') return refuse(bound);
  const values = bound.values.map(({ expression }) => expression).join(', ');
  return {
    ok: true,
    edits: [
      replaced(file, source, bound, (part) =>
        isSqlite ? part : part.replaceAll('%', '%%').replaceAll('\uE000', '%s'),
      ),
      insertAt(file.path, source.node.endIndex, `, [${values}]`),
    ],
  };
}

/** The parameters of the call that runs the text, or of the text itself. */
function bindText(
  expressions: readonly string[],
  file: SourceFile,
  source: SqlSource,
  link: Link,
  around: (before: string, expression: string, after: string) => string,
): WriteResult {
  const bound = bindParts(source, { expressions, mark: (_, name) => `:${name}`, around });
  if (typeof bound === 'string') return refuse(bound);
  const runner = callOf(link.node);
  const isRun = runner !== null && /^(?:execute|scalars?)$/u.test(runner.name) && runner.arguments.length === 1;
  const quote = quoteOf(file.text);
  const parameters = isRun
    ? `, {${bound.values.map(({ name, expression }) => `${quote}${name}${quote}: ${expression}`).join(', ')}}`
    : `.bindparams(${bound.values.map(({ name, expression }) => `${name}=${expression}`).join(', ')})`;
  return {
    ok: true,
    edits: [replaced(file, source, bound, (part) => part), insertAt(file.path, link.node.endIndex, parameters)],
  };
}

/** The call that the text is given to as an argument of its own. */
function callOf(text: SyntaxNode): Link | null {
  const call = text.parent?.type === 'argument_list' ? text.parent.parent : null;
  return (call && chainOf(call)?.links.at(-1)) ?? null;
}

function replaced(
  { path }: SourceFile,
  { node, quote, prefix, form }: SqlSource,
  { parts }: Bound,
  finish: (text: string) => string,
): TextEdit {
  const isLeft = parts.some(({ kind }) => kind === 'value');
  const written = (text: string): string =>
    finish(form === 'interpolated' && !isLeft ? text.replaceAll('{{', '{').replaceAll('}}', '}') : text);
  const literal = (text: string): string => `${prefix}${quote}${written(text)}${quote}`;
  const newText =
    form === 'joined'
      ? parts.map((part) => (part.kind === 'text' ? literal(part.text) : part.expression)).join(' + ')
      : isLeft
        ? `${prefix}f${quote}${parts.map((part) => (part.kind === 'text' ? written(part.text) : `{${part.expression}}`)).join('')}${quote}`
        : literal(parts.map((part) => (part.kind === 'text' ? part.text : '')).join(''));
  return { file: path, start: node.startIndex, end: node.endIndex, newText };
}
