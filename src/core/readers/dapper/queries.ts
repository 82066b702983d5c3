/** Queries of Dapper: SQL handed to extension methods of a connection, and the methods of Dapper.Contrib. */
import type { FileFacts, Query, Transaction } from '../../schema/code.ts';
import type { TreeNode } from '../../syntax/treeNode.ts';
import type { SourceFile } from '../reader.ts';
import { csChainOf } from '../shared/csharp/chain.ts';
import type { Link } from '../shared/csharp/chain.ts';
import { csFunctionAt, csLoopAt, csOutlineOf } from '../shared/csharp/outline.ts';
import type { CsOutline } from '../shared/csharp/outline.ts';
import { namesIn } from '../shared/csharp/names.ts';
import { constantsIn, csSqlOf } from '../shared/csharp/sqlText.ts';
import type { CsSql } from '../shared/csharp/sqlText.ts';
import { applyStatement } from '../shared/sql/applyStatement.ts';
import { fieldsOfDraft } from '../shared/csharp/draftFields.ts';
import { newDraft } from '../shared/typescript/queryDraft.ts';
import type { Draft } from '../shared/typescript/queryDraft.ts';
import { assignmentBefore } from '../shared/typescript/scan.ts';

const sqlMethod =
  /^(?:Query(?:First|FirstOrDefault|Single|SingleOrDefault|Multiple|Unbuffered)?|Execute|ExecuteScalar|ExecuteReader)(?:Async)?$/u;

/** Of Dapper.Contrib, on a connection. */
const contrib: Readonly<Record<string, readonly [Query['operation'], Query['rows']]>> = {
  Get: ['select', 'one'],
  GetAll: ['select', 'many'],
  Insert: ['insert', 'none'],
  Update: ['update', 'none'],
  Delete: ['delete', 'none'],
  DeleteAll: ['delete', 'none'],
};

interface Reading {
  readonly file: SourceFile;
  readonly outline: CsOutline;
  readonly constantOf: (name: string) => string | null;
}

export function readDapperQueries(file: SourceFile, facts: FileFacts): FileFacts {
  const outline = csOutlineOf(file.parsed());
  const reading: Reading = { file, outline, constantOf: constantsIn(file.text) };
  const transactions: Transaction[] = outline.calls
    .filter(({ method }) => /^BeginTransaction(?:Async)?$/u.test(method))
    .map((call) => ({
      api: call.method,
      isolation: /IsolationLevel\.(\w+)/u.exec(file.text.slice(call.argsStart, call.end))?.[1] ?? null,
      client: null,
      function: call.function,
      body: call.function,
      at: file.lines.range(call.start, call.end),
    }));
  const queries: Query[] = [];
  for (const call of outline.calls) {
    const chain =
      sqlMethod.test(call.method) || Object.hasOwn(contrib, plain(call.method))
        ? csChainOf(call.node, file.text)
        : null;
    const link = chain?.links.at(-1);
    if (!chain || !link || (chain.root === '' && chain.links.length < 2)) continue;
    const draft = sqlMethod.test(link.name)
      ? sqlDraft(link, call.start, reading)
      : isConnection(chain.root, file.text)
        ? contribDraft(link)
        : null;
    if (!draft) continue;
    const read = fieldsOfDraft(draft);
    const assignment = assignmentBefore(file.text, call.start);
    const owner = csFunctionAt(outline, call.start);
    const transaction = transactions.findIndex(
      (each) =>
        each.body !== null && each.body === owner && file.lines.offset(each.at.line, each.at.column) < call.start,
    );
    queries.push({
      ...read,
      uses: namesIn(link.args, file.text),
      result: assignment.target,
      awaited: assignment.awaited || !link.name.endsWith('Async'),
      function: owner,
      loop: csLoopAt(outline, call.start),
      transaction: transaction === -1 ? null : transaction,
      inTransactionClient: transaction !== -1,
      at: file.lines.range(call.start, call.end),
    });
  }
  return { ...facts, queries, transactions };
}

function plain(name: string): string {
  return name.replace(/Async$/u, '');
}

function isConnection(root: string, text: string): boolean {
  const last = root.slice(root.lastIndexOf('.') + 1);
  return (
    /^\w+$/u.test(last) &&
    (/conn|^_?db$|database|session/iu.test(last) ||
      new RegExp(`\\b(?:I?DbConnection|\\w*Connection)\\s+${last}\\b`, 'u').test(text))
  );
}

function sqlDraft(link: Link, offset: number, reading: Reading): Draft | null {
  const sql = link.args[0] ? sqlOf(link.args[0], offset, reading, 0) : null;
  if (
    !sql ||
    !/\b(?:SELECT|INSERT|UPDATE|DELETE|MERGE|EXEC|EXECUTE|CALL|WITH|CREATE|ALTER|DROP|TRUNCATE|REPLACE)\b/iu.test(
      sql.sql,
    )
  )
    return null;
  const isScalar = link.name.startsWith('ExecuteScalar');
  const draft = newDraft(link.name, 'raw', 'none');
  draft.sql = sql.raw;
  applyStatement(sql.sql, sql.raw.at, draft);
  if (/^Query(?:First|Single)/u.test(link.name) || isScalar) draft.rows = 'one';
  const type = /^(?:\w+\.)*([A-Z]\w*)$/u.exec(link.types)?.[1];
  if (type !== undefined && draft.table === null) draft.entity = type;
  // Rows of a class of the project take the columns that it has members for.
  if (type !== undefined && !/^(?:String|Int\d+|Guid|DateTime\w*|Decimal|Boolean|Object)$/u.test(type))
    draft.asEntities = true;
  return draft;
}

/** The text itself, a constant, a variable of the function before the call, or what a `CommandDefinition` holds. */
function sqlOf(node: TreeNode, offset: number, reading: Reading, depth: number): CsSql | null {
  const { file, outline, constantOf } = reading;
  const { text, lines } = file;
  // Of a name, what the function itself declares comes first: many have a `sql` of their own.
  const direct = (): CsSql | null => csSqlOf(node, text, lines, false, constantOf);
  if (node.type !== 'identifier' || depth > 3) {
    const found = direct();
    if (found || depth > 3) return found;
  }
  if (node.type === 'object_creation_expression') {
    const first = node.namedChildren.find(({ type }) => type === 'argument_list')?.firstNamedChild?.lastNamedChild;
    return first ? sqlOf(first, offset, reading, depth + 1) : null;
  }
  if (node.type !== 'identifier') return null;
  const name = text.slice(node.startIndex, node.endIndex);
  if (!/^\w+$/u.test(name)) return null;
  const owner = csFunctionAt(outline, offset);
  const around = owner === null ? outline.root : outline.functions[owner]?.node;
  const from = around?.startIndex ?? 0;
  const declared = [
    ...text.slice(from, offset).matchAll(new RegExp(`\\b(?:var|string|const\\s+string)\\s+${name}\\s*=\\s*`, 'gu')),
  ].at(-1);
  if (!declared) return direct();
  const start = from + declared.index + declared[0].length;
  let value = outline.root.descendantForIndex(start, start + 1);
  for (
    let above = value.parent;
    above?.startIndex === start && !/declarator|equals/u.test(above.type);
    above = value.parent
  )
    value = above;
  return sqlOf(value, offset, reading, depth + 1);
}

function contribDraft(link: Link): Draft | null {
  const known = contrib[plain(link.name)];
  if (!known) return null;
  const [operation, rows] = known;
  const type = /^(?:\w+\.)*([A-Z]\w*)$/u.exec(link.types)?.[1] ?? null;
  const changes = operation !== 'select';
  if (type === null && (!changes || link.args.length === 0)) return null;
  const draft = newDraft(link.name, operation, rows);
  draft.entity = type;
  return draft;
}
