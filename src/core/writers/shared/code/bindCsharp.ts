/** Statements in C#: interpolated queries of EF Core, which bind what stands in braces, and parameters of Dapper. */
import type { SourceFile } from '../../../readers/reader.ts';
import type { SyntaxNode } from '../../../syntax/syntax.ts';
import type { CodeChangeOf } from '../../codeWriter.ts';
import type { WriteResult } from '../../writer.ts';
import { insertAt } from '../indexWriter.ts';
import { refuse } from '../refusals.ts';
import { bindParts } from './bound.ts';
import { chainOf } from './chain.ts';
import type { Link } from './chain.ts';
import { sqlSourceOf } from './sqlParts.ts';
import type { SqlSource } from './sqlParts.ts';

type Change = CodeChangeOf<'bindValues'>;

const dapper = /^(?:Query|Execute)(?:First|Single|Multiple|Scalar|Reader)?(?:OrDefault)?(?:Async)?$/u;

export function bindInCsharp(change: Change, file: SourceFile, text: SyntaxNode): WriteResult {
  const source = sqlSourceOf(text);
  const call = text.parent?.type === 'argument' ? text.parent.parent?.parent : null;
  const link = call ? chainOf(call)?.links.at(-1) : undefined;
  if (!source || !link || link.arguments[0]?.startIndex !== text.startIndex)
    return refuse('The statement is put together elsewhere: bind the values there.');
  if (link.arguments.length !== 1) return refuse(`${link.name} has parameters already: bind the values by hand.`);
  if (source.form === 'formatted') return refuse('The statement is formatted: bind the values by hand.');
  if (/^(?:FromSqlRaw|ExecuteSqlRaw(?:Async)?)$/u.test(link.name)) return bindInBraces(file, source, link);
  return dapper.test(link.name)
    ? bindByName(change, file, source)
    : refuse(`How ${link.name} takes parameters is not known: bind the values by hand.`);
}

const around = (before: string, expression: string, after: string): string =>
  [before === '' ? '' : `"${before}" + `, expression, after === '' ? '' : ` + "${after}"`].join('');

/** All that stands in braces is bound, so all of it must be values. */
function bindInBraces(file: SourceFile, source: SqlSource, link: Link): WriteResult {
  const all = source.parts.flatMap((part) => (part.kind === 'value' ? [part.expression] : []));
  const bound = bindParts(source, { expressions: all, mark: (place) => `\uE000${place}\uE000`, around });
  if (typeof bound === 'string') return refuse(bound);
  const isPlain = source.form === 'joined';
  const text = bound.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
  const escaped = isPlain ? text.replaceAll('{', '{{').replaceAll('}', '}}') : text;
  const filled = escaped.replace(/\uE000(\d+)\uE000/gu, (_, place: string) => {
    const expression = bound.values[Number(place)]?.expression ?? '';
    return expression.includes(' ? ') ? `{(${expression})}` : `{${expression}}`;
  });
  const { node, quote, prefix } = source;
  return {
    ok: true,
    edits: [
      {
        file: file.path,
        start: link.nameNode.startIndex,
        end: link.nameNode.startIndex + link.name.length,
        newText: link.name.replace('Raw', 'Interpolated'),
      },
      { file: file.path, start: node.startIndex, end: node.endIndex, newText: `$${prefix}${quote}${filled}${quote}` },
    ],
  };
}

function bindByName({ expressions }: Change, file: SourceFile, source: SqlSource): WriteResult {
  const bound = bindParts(source, { expressions, mark: (_, name) => `@${name}`, around });
  if (typeof bound === 'string') return refuse(bound);
  const { node, quote, prefix, form } = source;
  const isLeft = bound.parts.some(({ kind }) => kind === 'value');
  const texts = bound.parts.map((part) => (part.kind === 'text' ? part.text : ''));
  const newText =
    form === 'joined'
      ? bound.parts
          .map((part) => (part.kind === 'text' ? `${prefix}${quote}${part.text}${quote}` : part.expression))
          .join(' + ')
      : isLeft
        ? `$${prefix}${quote}${bound.parts.map((part) => (part.kind === 'text' ? part.text : `{${part.expression}}`)).join('')}${quote}`
        : `${prefix}${quote}${texts.join('').replaceAll('{{', '{').replaceAll('}}', '}')}${quote}`;
  const members = bound.values.map(({ name, expression }) => (name === expression ? name : `${name} = ${expression}`));
  return {
    ok: true,
    edits: [
      { file: file.path, start: node.startIndex, end: node.endIndex, newText },
      insertAt(file.path, node.endIndex, `, new { ${members.join(', ')} }`),
    ],
  };
}
