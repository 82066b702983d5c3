/** Code of functions that runs only where a value is there, is missing, or is of a class, and what runs where something has failed. */
import type { Branch } from '../../../schema/code.ts';
import type { LineIndex } from '../../../syntax/lineIndex.ts';
import type { TreeNode } from '../../../syntax/treeNode.ts';
import { nodesOfType } from './nodes.ts';
import { textOf } from './outline.ts';
import type { PyFunctionSpan, PyOutline } from './outline.ts';

/** What a condition looks at, and what it asks of it. */
interface Test {
  readonly name: string;
  readonly present: boolean;
  /** Its value decides, and not only whether there is one: `if notify`. */
  readonly truth: boolean;
  readonly types: readonly string[] | null;
}

export function readBranches(outline: PyOutline, lines: LineIndex): readonly Branch[] {
  const { root, functions } = outline;
  const set = firstAssignments(outline);
  const branches: Branch[] = [];
  const add = (node: TreeNode | null, branch: Omit<Branch, 'at'>): void => {
    if (node) branches.push({ ...branch, at: lines.range(node.startIndex, node.endIndex) });
  };
  const replacing = (id: number): Omit<Branch, 'at'> => ({
    function: id,
    parameter: null,
    member: '',
    present: false,
  });
  for (const handler of nodesOfType(root, 'except_clause')) {
    const id = outline.functionOf(handler);
    if (id !== null) add(handler, { ...replacing(id), seldom: true });
  }
  for (const type of ['if_statement', 'elif_clause'])
    for (const node of nodesOfType(root, type)) {
      const id = outline.functionOf(node);
      const span = id === null ? undefined : functions[id];
      const condition = node.childForFieldName('condition');
      if (id === null || !span || !condition) continue;
      const body = node.childForFieldName('consequence');
      if (/^not\b[^]{0,400}\.exists\(\)$/.test(textOf(condition, outline.text) ?? '')) add(body, replacing(id));
      if (body && isFirstOfKey(condition, body, outline.text)) add(body, { ...replacing(id), seldom: true });
      const tests = testsOf(condition, outline.text);
      for (const test of tests) {
        const assigned = set.get(`${String(id)} ${test.name}`) ?? Number.POSITIVE_INFINITY;
        const branch = ofParameter(test, span, id);
        if (branch && assigned > node.startIndex) {
          add(body, branch);
          // What stands behind `else` runs where the only condition does not hold.
          if (tests.length === 1 && condition.type !== 'boolean_operator')
            add(elseOf(node), { ...branch, present: !branch.present });
        } else if (!test.present && test.types === null && assigned < node.startIndex) add(body, replacing(id));
      }
    }
  return branches;
}

/** `if key not in known: known[key] = …` */
function isFirstOfKey(condition: TreeNode, body: TreeNode, text: string): boolean {
  const written = (textOf(condition, text) ?? '').replace(/\s+/g, ' ');
  const [, key, known] = /^([\w.[\]'"]{1,80}) not in ([\w.[\]'"]{1,80})$/.exec(written) ?? [];
  if (key === undefined || known === undefined) return false;
  const inner = (textOf(body, text) ?? '').replace(/\s+/g, '');
  return inner.includes(`${known}[${key}]=`);
}

function ofParameter(
  { name, present, truth, types }: Test,
  span: PyFunctionSpan,
  id: number,
): Omit<Branch, 'at'> | null {
  const parameter = span.parameters.findIndex((each) => each.name === name);
  const given = span.parameters[parameter];
  if (!given) return null;
  return {
    function: id,
    parameter,
    member: '',
    present,
    ...(truth ? { truth: true as const } : {}),
    ...(types ? { types } : {}),
    ...(given.default === null || /^(?:none|false)$/.test(given.default.type) ? {} : { byDefault: true as const }),
  };
}

/** The `else` right behind the `if`, with no `elif` in between. */
function elseOf(node: TreeNode): TreeNode | null {
  const other = node.childForFieldName('alternative');
  return other?.type === 'else_clause' ? other : null;
}

/** `if order`, `if not order`, `if order is None and notify`, `if isinstance(event, Order)`; of alternatives (`or`) none holds for certain. */
function testsOf(condition: TreeNode, text: string): readonly Test[] {
  const inner =
    condition.type === 'parenthesized_expression' && condition.firstNamedChild ? condition.firstNamedChild : condition;
  if (inner.type === 'boolean_operator') {
    const [left, right] = [inner.childForFieldName('left'), inner.childForFieldName('right')];
    if (!left || !right || textOf(inner.childForFieldName('operator'), text) !== 'and') return [];
    return [...testsOf(left, text), ...testsOf(right, text)];
  }
  const written = textOf(inner, text) ?? '';
  if (written.length > 300) return [];
  const plain = /^(not\s+)?([A-Za-z_]\w*)$/.exec(written);
  if (plain?.[2] !== undefined) return [{ name: plain[2], present: plain[1] === undefined, truth: true, types: null }];
  const none = /^([A-Za-z_]\w*)\s+is\s+(not\s+)?None$/.exec(written);
  if (none?.[1] !== undefined) return [{ name: none[1], present: none[2] !== undefined, truth: false, types: null }];
  const kind = /^(not\s+)?isinstance\(\s*([A-Za-z_]\w*)\s*,\s*\(?([\w.,\s]+?)\)?\s*\)$/.exec(written);
  if (kind?.[2] === undefined) return [];
  const types = (kind[3] ?? '').split(',').flatMap((each) => /(\w+)\s*$/.exec(each)?.[1] ?? []);
  // A constant may stand for any number of classes.
  if (types.some((type) => /^[A-Z][A-Z0-9_]*$/.test(type))) return [];
  return [{ name: kind[2], present: kind[1] === undefined, truth: false, types }];
}

/** Where each name of a function is first set in it, by `<function> <name>`. */
function firstAssignments(outline: PyOutline): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const node of nodesOfType(outline.root, 'assignment')) {
    const left = node.childForFieldName('left');
    const id = left?.type === 'identifier' ? outline.functionOf(node) : null;
    const key = `${String(id)} ${textOf(left, outline.text) ?? ''}`;
    if (id !== null) found.set(key, Math.min(found.get(key) ?? Number.POSITIVE_INFINITY, node.startIndex));
  }
  return found;
}
