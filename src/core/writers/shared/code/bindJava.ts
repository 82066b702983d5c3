/** Statements in Java: parameters of JPA by name, of Spring's JdbcTemplate by place. */
import type { SourceFile } from '../../../readers/reader.ts';
import type { TextEdit } from '../../../schema/source.ts';
import type { SyntaxNode } from '../../../syntax/syntax.ts';
import type { CodeChangeOf } from '../../codeWriter.ts';
import type { WriteResult } from '../../writer.ts';
import { insertAt } from '../indexWriter.ts';
import { refuse } from '../refusals.ts';
import { bindParts } from './bound.ts';
import type { Bound } from './bound.ts';
import { callAfter, chainOf } from './chain.ts';
import { sqlSourceOf } from './sqlParts.ts';
import type { SqlSource } from './sqlParts.ts';

type Change = CodeChangeOf<'bindValues'>;

/** Methods of JdbcTemplate that take their parameters last, with how many arguments they have without any. */
const templates: Readonly<Record<string, readonly number[]>> = {
  update: [1],
  query: [2],
  queryForObject: [2],
  queryForList: [1, 2],
  queryForMap: [1],
  queryForRowSet: [1],
};

const around = (before: string, expression: string, after: string): string =>
  [before === '' ? '' : `"${before}" + `, expression, after === '' ? '' : ` + "${after}"`].join('');

export function bindInJava({ expressions }: Change, file: SourceFile, text: SyntaxNode): WriteResult {
  const source = sqlSourceOf(text);
  const call = text.parent?.type === 'argument_list' ? text.parent.parent : null;
  const link = call ? chainOf(call)?.links.at(-1) : undefined;
  if (!source || !link || !call || link.arguments[0]?.startIndex !== text.startIndex)
    return refuse('The statement is put together elsewhere: bind the values there.');
  const byName = /^create(?:Native|Mutation|Selection)?Query$/u.test(link.name);
  if (!byName && templates[link.name]?.includes(link.arguments.length) !== true)
    return refuse(
      `${link.name} has parameters already, or takes them in a way that is not known: bind the values by hand.`,
    );
  if (byName && /\?\d*/u.test(source.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('')))
    return refuse('The statement has parameters by place already: bind the values by hand.');
  const bound = bindParts(source, { expressions, mark: (_, name) => (byName ? `:${name}` : '?'), around });
  if (typeof bound === 'string') return refuse(bound);
  const at = call.endIndex;
  if (byName) {
    const calls = bound.values.map(({ name, expression }) => `.setParameter("${name}", ${expression})`);
    return {
      ok: true,
      edits: [
        replaced(file, source, bound),
        insertAt(file.path, at, calls.map((each) => callAfter(file.text, at, each)).join('')),
      ],
    };
  }
  const values = bound.values.map(({ expression }) => `, ${expression}`).join('');
  return { ok: true, edits: [replaced(file, source, bound), insertAt(file.path, at - 1, values)] };
}

function replaced({ path }: SourceFile, { node, quote }: SqlSource, { parts }: Bound): TextEdit {
  const newText = parts
    .map((part) => (part.kind === 'text' ? `${quote}${part.text}${quote}` : part.expression))
    .join(' + ');
  return { file: path, start: node.startIndex, end: node.endIndex, newText };
}
