/** Change logs in YAML and in JSON, which is YAML as well: maps are elements, their scalars attributes. */
import type { LineIndex } from '../../syntax/lineIndex.ts';
import { yamlEntries } from '../../syntax/yaml.ts';
import type { ChangeLog, ChangeNode } from './model.ts';
import { changeLogOf } from './readItems.ts';

interface Scalar {
  readonly is: 'scalar';
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

interface Branch {
  readonly is: 'map' | 'list';
  readonly members: Map<string, Tree>;
}

type Tree = Scalar | Branch;

export function readYamlLog(text: string, lines: LineIndex): ChangeLog {
  const root: Branch = { is: 'map', members: new Map() };
  for (const { key, value, start, end } of yamlEntries(text))
    put(root, segmentsOf(key), { is: 'scalar', value, start, end });
  const log = root.members.get('databaseChangeLog');
  if (!log || log.is === 'scalar') return changeLogOf([]);
  return changeLogOf(childrenOf(log, lines));
}

/** `changeSet.changes[0].createTable` → `changeSet`, `changes`, `[0]`, `createTable`. */
function segmentsOf(key: string): readonly string[] {
  return key.match(/\[\d+\]|[^.[\]]+/g) ?? [];
}

function put(branch: Branch, [first, ...rest]: readonly string[], scalar: Scalar): void {
  if (first === undefined) return;
  const [next] = rest;
  if (next === undefined) {
    branch.members.set(first, scalar);
    return;
  }
  const known = branch.members.get(first);
  const inner: Branch =
    known && known.is !== 'scalar' ? known : { is: next.startsWith('[') ? 'list' : 'map', members: new Map() };
  branch.members.set(first, inner);
  put(inner, rest, scalar);
}

/** Lists that stand for themselves; all others (`changes`, `columns`) are only how YAML holds several elements. */
const kept: ReadonlySet<string> = new Set(['preConditions', 'rollback', 'and', 'or', 'not']);

function childrenOf(branch: Branch, lines: LineIndex): readonly ChangeNode[] {
  return [...branch.members].flatMap(([name, inner]): readonly ChangeNode[] => {
    if (name.startsWith('[')) return inner.is === 'scalar' ? [] : named(inner, lines);
    if (inner.is === 'list' && !kept.has(name)) return childrenOf(inner, lines);
    return inner.is === 'scalar' ? [] : [nodeOf(name, inner, lines)];
  });
}

/** `- column: { … }`, `- sql: DROP …`; scalars beside the element are left to the list. */
function named(item: Branch, lines: LineIndex): readonly ChangeNode[] {
  return [...item.members].flatMap(([name, inner]): readonly ChangeNode[] => [nodeOf(name, inner, lines)]);
}

function nodeOf(name: string, inner: Tree, lines: LineIndex): ChangeNode {
  const [start, end] = spanOf(inner);
  const range = lines.range(start, end);
  const attributes: Record<string, string> = {};
  if (inner.is !== 'scalar')
    for (const [key, member] of inner.members) {
      if (member.is === 'scalar' && !key.startsWith('[')) attributes[key] = member.value;
      else if (member.is === 'scalar' && inner.is === 'list' && Object.keys(attributes).length === 0)
        attributes.value = member.value;
    }
  return {
    name,
    attributes,
    children: inner.is === 'scalar' ? [] : childrenOf(inner, lines),
    text: inner.is === 'scalar' ? inner.value : (attributes.sql ?? attributes.selectQuery ?? ''),
    at: [range.line, range.column, range.endLine, range.endColumn],
  };
}

/** From the first of its scalars to the end of that. */
function spanOf(tree: Tree): readonly [number, number] {
  if (tree.is === 'scalar') return [tree.start, tree.end];
  const [first] = tree.members.values();
  return first ? spanOf(first) : [0, 0];
}
