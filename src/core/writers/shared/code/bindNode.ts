/** Statements in JavaScript: their values become parameters, as the library that runs them takes them. */
import type { SourceFile } from '../../../readers/reader.ts';
import type { CodeChangeOf } from '../../codeWriter.ts';
import type { Dialect } from '../../../schema/model.ts';
import type { TextEdit } from '../../../schema/source.ts';
import type { SyntaxNode } from '../../../syntax/syntax.ts';
import type { WriteResult } from '../../writer.ts';
import { setPairs } from '../callOptions.ts';
import { insertAt } from '../indexWriter.ts';
import { refuse } from '../refusals.ts';
import { partsOf } from '../style.ts';
import { bindParts } from './bound.ts';
import type { Bound, BoundValue } from './bound.ts';
import { chainOf } from './chain.ts';
import type { Link } from './chain.ts';
import { hasSpread } from './options.ts';
import { sqlSourceOf } from './sqlParts.ts';
import type { SqlSource } from './sqlParts.ts';

type Change = CodeChangeOf<'bindValues'>;

/** Conditions of query builders, which take their parameters by name. */
const conditions = /^(?:(?:and|or)?(?:where|having))$/iu;
/** Calls that take the text and a list of values. */
const runners = /^(?:query|execute|raw|run|all|get)$/u;

export function bindInNode(change: Change, file: SourceFile, text: SyntaxNode): WriteResult {
  const source = sqlSourceOf(text);
  const link = callOf(text);
  if (!source || !link) return refuse('The statement is put together elsewhere: bind the values there.');
  if (/^\$(?:query|execute)RawUnsafe$/u.test(link.name)) return bindInPrisma(change, file, source, link);
  const place = link.arguments.findIndex(({ startIndex }) => startIndex === text.startIndex);
  if (place !== 0) return refuse(`${link.name} is called with other arguments than expected.`);
  if (conditions.test(link.name)) return bindByName(change, file, source, link, null);
  if (change.orm === 'sequelize' && link.name === 'query')
    return bindByName(change, file, source, link, 'replacements');
  return runners.test(link.name)
    ? bindByPlace(change, file, source, link)
    : refuse(`How ${link.name} takes parameters is not known: bind the values by hand.`);
}

/** The call that the text is given to as an argument of its own. */
function callOf(text: SyntaxNode): Link | null {
  const call = text.parent?.type === 'arguments' ? text.parent.parent : null;
  return (call && chainOf(call)?.links.at(-1)) ?? null;
}

/** `` `%${term}%` `` of a term. */
const around = (before: string, expression: string, after: string): string => `\`${before}\${${expression}}${after}\``;

function marksOf(dialect: Dialect | null): ((place: number) => string) | null {
  switch (dialect) {
    case 'postgresql':
    case 'cockroachdb':
      return (place) => `$${place + 1}`;
    case 'mysql':
    case 'mariadb':
    case 'sqlite':
      return () => '?';
    case 'mssql':
      return (place) => `@${place}`;
    case 'oracle':
      return (place) => `:${place + 1}`;
    default:
      return null;
  }
}

function bindByPlace(
  { dialect, expressions, orm }: Change,
  file: SourceFile,
  source: SqlSource,
  link: Link,
): WriteResult {
  const byPlace = orm === 'mikro-orm' || link.name === 'raw' ? () => '?' : marksOf(dialect);
  if (byPlace === null) return refuse('How this engine marks parameters is not known: bind the values by hand.');
  const [, list, ...others] = link.arguments;
  const given = list ? partsOf(list) : [];
  if (others.length > 0 || (list && (list.type !== 'array' || hasSpread(list))))
    return refuse(`The parameters of ${link.name} are made elsewhere: bind the values there.`);
  if (given.length > 0 && byPlace(0) === byPlace(1))
    return refuse('The statement has parameters already, whose order would change: bind the values by hand.');
  const mark = (place: number): string => byPlace(place + given.length);
  const bound = bindParts(source, { expressions, mark, around });
  if (typeof bound === 'string') return refuse(bound);
  const values = bound.values.map(({ expression }) => expression).join(', ');
  const last = given.at(-1);
  const parameters = last
    ? insertAt(file.path, last.endIndex, `, ${values}`)
    : list
      ? insertAt(file.path, list.startIndex + 1, values)
      : insertAt(file.path, source.node.endIndex, `, [${values}]`);
  return { ok: true, edits: [replaced(file, source, bound), parameters] };
}

/** @param option in which the values stand; null = they are the argument itself */
function bindByName(
  { expressions }: Change,
  file: SourceFile,
  source: SqlSource,
  link: Link,
  option: string | null,
): WriteResult {
  const [, options, ...others] = link.arguments;
  if (others.length > 0 || (options && (options.type !== 'object' || hasSpread(options))))
    return refuse(`The parameters of ${link.name} are made elsewhere: bind the values there.`);
  const bound = bindParts(source, { expressions, mark: (_, name) => `:${name}`, around });
  if (typeof bound === 'string') return refuse(bound);
  const object = `{ ${bound.values.map(pair).join(', ')} }`;
  const edits: TextEdit[] = [replaced(file, source, bound)];
  if (!options)
    return {
      ok: true,
      edits: [
        ...edits,
        insertAt(file.path, source.node.endIndex, `, ${option === null ? object : `{ ${option}: ${object} }`}`),
      ],
    };
  const own = option === null ? options : null;
  const known = option === null ? undefined : partsOf(options).find((each) => each.text.startsWith(option));
  if (own) {
    const named = new Set(bound.values.map(({ name }) => name));
    if (partsOf(own).some(({ text }) => named.has(/^['"]?(\w+)/u.exec(text)?.[1] ?? '')))
      return refuse('The condition has a parameter of that name already: bind the value by hand.');
    const pairs = Object.fromEntries(bound.values.map(({ name, expression }) => [name, expression]));
    return { ok: true, edits: [...edits, ...setPairs(file, own, pairs)] };
  }
  return known
    ? refuse(`The statement has ${option ?? 'parameters'} already: bind the values by hand.`)
    : { ok: true, edits: [...edits, ...setPairs(file, options, { [option ?? '']: object })] };
}

function pair({ name, expression }: BoundValue): string {
  return name === expression ? name : `${name}: ${expression}`;
}

/** A tagged template, whose expressions are all parameters. */
function bindInPrisma({ expressions }: Change, file: SourceFile, source: SqlSource, link: Link): WriteResult {
  if (link.arguments.length !== 1 || !link.list)
    return refuse(`${link.name} has parameters already: bind the values by hand.`);
  const all = source.parts.flatMap((part) => (part.kind === 'value' ? [part.expression] : []));
  if (all.some((each) => !expressions.some((text) => text.trim() === each)))
    return refuse('The statement holds more than values: a tagged template would bind all of it.');
  const marks: string[] = [];
  const bound = bindParts(source, { expressions: all, mark: (place) => `\uE000${place}\uE000`, around });
  if (typeof bound === 'string') return refuse(bound);
  for (const { expression } of bound.values) marks.push(`\${${expression}}`);
  const text = bound.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
  const inTemplate =
    source.quote === '`' ? text : text.replaceAll('`', '\\`').replaceAll('${', '\\${').replaceAll('\\"', '"');
  // The mark is made of characters that no source has.
  const template = inTemplate.replace(/\uE000(\d+)\uE000/gu, (_, place: string) => marks[Number(place)] ?? '');
  return {
    ok: true,
    edits: [
      {
        file: file.path,
        start: link.nameNode.startIndex,
        end: link.nameNode.endIndex,
        newText: link.name.replace('Unsafe', ''),
      },
      { file: file.path, start: link.list.startIndex, end: link.list.endIndex, newText: `\`${template}\`` },
    ],
  };
}

/** The literal anew: a template stays one, so that no quotes have to be escaped. */
function replaced({ path }: SourceFile, { node, quote }: SqlSource, { parts }: Bound): TextEdit {
  const [first] = parts;
  const isTemplate = quote === '`';
  const newText = isTemplate
    ? `\`${parts.map((part) => (part.kind === 'text' ? part.text : `\${${part.expression}}`)).join('')}\``
    : parts.length === 1 && first?.kind === 'text'
      ? `${quote}${first.text}${quote}`
      : parts.map((part) => (part.kind === 'text' ? `${quote}${part.text}${quote}` : part.expression)).join(' + ');
  return { file: path, start: node.startIndex, end: node.endIndex, newText };
}
