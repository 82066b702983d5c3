/** Code of which at most one piece runs: the branches of a condition, the cases of a switch, and what follows an early way out. */
import type { FileFacts } from '../../schema/code.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { ParsedText } from '../../syntax/syntax.ts';
import { TreeNode } from '../../syntax/treeNode.ts';
import type { SourceFile } from '../reader.ts';

/** Grammars of C#, Java, Kotlin, Python and TypeScript. */
const conditions: ReadonlySet<string> = new Set([
  'if_statement',
  'if_expression',
  'conditional_expression',
  'ternary_expression',
]);
const cases: ReadonlySet<string> = new Set([
  'switch_section',
  'switch_expression_arm',
  'switch_case',
  'switch_default',
  'switch_block_statement_group',
  'switch_rule',
  'case_clause',
  'when_entry',
]);
const leaving = /^(?:return|throw|raise|continue|break|yield)_(?:statement|expression)$/u;

/** Groups of ranges; only those of which several hold a query, or the same call. */
export function alternativesIn(
  file: SourceFile,
  { queries, calls }: Pick<FileFacts, 'queries' | 'calls'>,
): readonly (readonly SourceRange[])[] {
  if (file.language === null) return [];
  const { lines } = file;
  const offset = ({ line, column }: SourceRange): number => lines.offset(line, column);
  const marks = [
    ...queries.flatMap(({ at, loads }) =>
      [at, ...loads.map((load) => load.at)].map((each) => [offset(each), ''] as const),
    ),
    ...repeated(calls).map(({ at, callee }) => [offset(at), callee] as const),
  ];
  if (marks.length < 2) return [];
  return groupsIn(file.parsed())
    .filter((arms) => {
      const seen = new Map<string, number>();
      return marks.some(([at, what]) => {
        const arm = arms.findIndex(([start, end]) => start <= at && at < end);
        if (arm === -1) return false;
        const first = seen.get(what) ?? arm;
        seen.set(what, first);
        return first !== arm;
      });
    })
    .map((arms) => arms.map(([start, end]) => lines.range(start, end)));
}

type Arms = readonly (readonly [number, number])[];

const known = new WeakMap<ParsedText, readonly Arms[]>();

/** All of a tree, by offsets: several readers read one file. */
function groupsIn(parsed: ParsedText): readonly Arms[] {
  const before = known.get(parsed);
  if (before) return before;
  const { table } = parsed.tree;
  const groups: Arms[] = [];
  for (let index = 0; index < table.size; index++) {
    if (table.named[index] !== 1) continue;
    const type = table.names.types[table.type[index] ?? 0] ?? '';
    if (conditions.has(type)) groups.push(armsOf(new TreeNode(table, index)));
    else if (cases.has(type)) {
      const parent = new TreeNode(table, index).parent;
      const own = parent?.namedChildren.filter(({ type: each }) => cases.has(each)) ?? [];
      if (own[0]?.index === index) groups.push(own.map(({ startIndex, endIndex }) => [startIndex, endIndex]));
    }
  }
  known.set(parsed, groups);
  return groups;
}

function repeated(calls: FileFacts['calls']): FileFacts['calls'] {
  const times = new Map<string, number>();
  for (const { callee } of calls) times.set(callee, (times.get(callee) ?? 0) + 1);
  return calls.filter(({ callee }) => (times.get(callee) ?? 0) > 1);
}

function armsOf(node: TreeNode): Arms {
  const parts = node.namedChildren;
  // Python writes the condition between the two, and names none of the three.
  const unnamed = node.type === 'conditional_expression' && node.childForFieldName('consequence') === null;
  const first = unnamed ? parts[0] : (node.childForFieldName('consequence') ?? parts[1]);
  const others = unnamed
    ? parts.slice(2)
    : parts.filter(
        ({ startIndex, type }) => first !== undefined && startIndex >= first.endIndex && !type.includes('comment'),
      );
  if (!first) return [];
  const rest = others.length === 0 && leaves(first) ? restAfter(node) : null;
  return [
    [first.startIndex, first.endIndex],
    ...others.map((each) => [each.startIndex, each.endIndex] as const),
    ...(rest ? [rest] : []),
  ];
}

/** Its last statement goes elsewhere. */
function leaves(node: TreeNode): boolean {
  if (leaving.test(node.type)) return true;
  const last = node.lastNamedChild;
  return last !== null && /block$|^(?:control_structure_body|statements)$/u.test(node.type) && leaves(last);
}

function restAfter(node: TreeNode): readonly [number, number] | null {
  const { parent } = node;
  return parent && node.type === 'if_statement' ? [node.endIndex, parent.endIndex] : null;
}
