/** Queries of EF Core: LINQ in method syntax. */
import type { SourceFile } from '../../readers/reader.ts';
import type { TextEdit } from '../../schema/source.ts';
import type { SyntaxNode } from '../../syntax/syntax.ts';
import type { CodeChangeOf, CodeWriters } from '../codeWriter.ts';
import { callAfter, callBefore, chainAt, linkNamed, nodeAt, startOf } from '../shared/code/chain.ts';
import type { Chain } from '../shared/code/chain.ts';
import { loopAt, moveBehind } from '../shared/code/collect.ts';
import { readAtOnce } from '../shared/code/readAtOnce.ts';
import type { ByKey, KeysOf } from '../shared/code/readAtOnce.ts';
import { insertAt } from '../shared/indexWriter.ts';
import { refuse } from '../shared/refusals.ts';
import { partsOf } from '../shared/style.ts';
import type { WriteResult } from '../writer.ts';
import { using } from './csharpSource.ts';

export const efcoreQueries: CodeWriters = {
  orderQuery,
  loadRelation,
  writeAtOnce,
  readAtOnce: (change, file) => readAtOnce(change, file, (chain) => byKey(chain, change.property, file), keysInCsharp),
};

/** Links after which the rows are no longer those of the entity. */
const others: ReadonlySet<string> = new Set(
  'Select SelectMany GroupBy Join GroupJoin Cast OfType Union Concat Distinct Zip'.split(' '),
);

/** The name that lambdas of the chain give to a row, else the first letter of the entity. */
function rowName({ links }: Chain, entity: string): string {
  const lambda = links.flatMap((link) => link.arguments).map((each) => /^(\w+)\s*=>/u.exec(each.text)?.[1]);
  return (
    lambda.find((name) => name !== undefined) ??
    entity
      .replace(/^.*[.+]/u, '')
      .slice(0, 1)
      .toLowerCase()
  );
}

function orderQuery(change: CodeChangeOf<'orderQuery'>, file: SourceFile): WriteResult {
  const chain = chainAt(file, change.at);
  const { path, text } = file;
  const page = chain?.links.findIndex(({ name }) => name === 'Skip' || name === 'Take') ?? -1;
  const first = chain?.links[page];
  if (!chain || !first) return refuse('The query is put together in several places: sort it there.');
  const before = chain.links.slice(0, page);
  if (before.some(({ name }) => others.has(name)))
    return refuse('The query makes other rows before it is cut into pages: sort it there.');
  const row = rowName({ ...chain, links: before }, change.entity);
  const calls = (begin: string): readonly string[] =>
    change.properties.map(
      (property, at) =>
        `.${at === 0 ? begin : 'ThenBy'}${change.descending ? 'Descending' : ''}(${row} => ${row}.${property})`,
    );
  const sort = before.findLast(({ name }) => /^(?:OrderBy|ThenBy)(?:Descending)?$/u.test(name));
  if (sort) {
    const at = sort.node.endIndex;
    return {
      ok: true,
      edits: [
        insertAt(
          path,
          at,
          calls('ThenBy')
            .map((call) => callAfter(text, at, call))
            .join(''),
        ),
      ],
    };
  }
  // Rows that come in a variable may be sorted already, and sorting again would forget that.
  if (change.sorted || !isSet(chain)) return refuse('The query is put together in several places: sort it there.');
  const at = startOf(first, text);
  return {
    ok: true,
    edits: [
      insertAt(
        path,
        at,
        calls('OrderBy')
          .map((call) => callBefore(text, at, call))
          .join(''),
      ),
    ],
  };
}

/** It begins at a member of the context, or with `Set<Order>()`. */
function isSet({ root, links }: Chain): boolean {
  return root !== null && (root.type === 'member_access_expression' || links[0]?.name === 'Set');
}

function loadRelation(change: CodeChangeOf<'loadRelation'>, file: SourceFile): WriteResult {
  const { path, text } = file;
  const node = nodeAt(file, change.at);
  const chain = chainAt(file, change.at);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const imports = usings(file, eol);
  if (node && !chain && node.type === 'member_access_expression') {
    const row = change.entity
      .replace(/^.*[.+]/u, '')
      .slice(0, 1)
      .toLowerCase();
    return {
      ok: true,
      edits: [...imports, insertAt(path, node.endIndex, `.Include(${row} => ${row}.${change.relation})`)],
    };
  }
  if (!chain || !isSet(chain)) return refuse('The query is put together in several places: load the relation there.');
  if (chain.links.some(({ name }) => others.has(name)))
    return refuse('The query makes other rows: load the relation where the rows are made.');
  const row = rowName(chain, change.entity);
  const call = `.Include(${row} => ${row}.${change.relation})`;
  const own = linkNamed(chain, 'Set');
  const at = own && own === chain.links[0] ? own.node.endIndex : (chain.root?.endIndex ?? chain.node.startIndex);
  return { ok: true, edits: [...imports, insertAt(path, at, callAfter(text, at, call))] };
}

function usings(file: SourceFile, eol: '\n' | '\r\n'): readonly TextEdit[] {
  const { path, text } = file;
  return using({ path, text, eol, root: file.parsed().root }, 'Microsoft.EntityFrameworkCore');
}

/** Entities wait in memory until they are saved, so saving can wait as well. */
function writeAtOnce(change: CodeChangeOf<'writeAtOnce'>, file: SourceFile): WriteResult {
  const chain = chainAt(file, change.at);
  const loop = loopAt(file, change.loop);
  if (!chain || !loop || !/^SaveChanges(?:Async)?$/u.test(chain.links.at(-1)?.name ?? ''))
    return refuse('Only plain loops are rewritten: save once by hand.');
  return moveBehind(file, loop, chain.node);
}

const keysInCsharp: KeysOf = (iterable, element, key) =>
  key === element ? iterable : `${iterable}.Select(${element} => ${key})`;

/** `db.Customers.Find(…)` and `FirstOrDefault(c => c.Id == …)`, which yield null where there is no row. */
function byKey(chain: Chain, property: string, file: SourceFile): ByKey | string {
  const [link, ...more] = chain.links;
  const [given, ...others] = link?.arguments ?? [];
  const isAsync = link?.name.endsWith('Async') === true;
  if (!chain.root || !link || more.length > 0 || !given || others.length > 0 || !isSet(chain))
    return 'The query asks for more than a key: read the rows at once by hand.';
  const key = keyOf(link.name.replace(/Async$/u, ''), given, property);
  if (!key) return 'The query asks for more than a key: read the rows at once by hand.';
  const root = chain.root.text;
  const eol = file.text.includes('\r\n') ? '\r\n' : '\n';
  return {
    key,
    constant: [chain.root],
    imports: isAsync ? usings(file, eol) : [],
    before: ({ map, keys }) =>
      `var ${map} = ${isAsync ? 'await ' : ''}${root}.Where(row => ${keys}.Contains(row.${property})).ToDictionary${isAsync ? 'Async' : ''}(row => row.${property});`,
    lookUp: (map, value) => `${map}.GetValueOrDefault(${value})`,
  };
}

function keyOf(name: string, given: SyntaxNode, property: string): SyntaxNode | null {
  const value = given.type === 'argument' ? (partsOf(given)[0] ?? given) : given;
  if (name === 'Find') return value;
  if (!/^(?:First|Single)OrDefault$/u.test(name) || value.type !== 'lambda_expression') return null;
  const row = value.childForFieldName('parameters')?.text;
  const body = value.childForFieldName('body');
  const [left, right] = [body?.childForFieldName('left'), body?.childForFieldName('right')];
  const isEqual = body?.type === 'binary_expression' && body.childForFieldName('operator')?.text === '==';
  return isEqual && right && left?.text === `${row ?? ''}.${property}` ? right : null;
}
