/** How names get in and out of a module, as statements of its program: imports are declarations, exports are members of `exports`. */
import type { TreeNode } from '../../../syntax/treeNode.ts';
import type { Entry, Expression, Statement } from './program.ts';
import { className } from './program.ts';
import { unescape } from './readValues.ts';

/** The reader of everything else. */
interface Parts {
  readonly slice: (node: TreeNode | null) => string;
  readonly field: (node: TreeNode, name: string) => TreeNode | null;
  readonly coded: (node: TreeNode | null) => readonly TreeNode[];
  readonly expression: (node: TreeNode | null) => Expression;
  readonly keyOf: (node: TreeNode) => string | Expression;
  readonly statement: (node: TreeNode) => readonly Statement[];
}

interface ModuleReader {
  readonly classOf: (node: TreeNode) => Expression;
  readonly enumOf: (node: TreeNode) => Expression;
  readonly importsOf: (node: TreeNode) => readonly Statement[];
  readonly exportsOf: (node: TreeNode) => readonly Statement[];
}

const exportsName: Expression = { is: 'name', name: 'exports' };

export function createModuleReader({ slice, field, coded, expression, keyOf, statement }: Parts): ModuleReader {
  /** Methods and fields as the entries of an object: what is followed makes one instance of a class at most. Its own name stands at `className`. */
  function classOf(node: TreeNode): Expression {
    const own: Entry = { key: className, value: { is: 'literal', value: slice(field(node, 'name')) } };
    const members = coded(field(node, 'body')).flatMap((member): Entry[] => {
      const name = field(member, 'name') ?? field(member, 'property');
      if (!name || slice(name) === 'constructor') return [];
      if (member.type === 'method_definition') return [{ key: keyOf(name), value: expression(member) }];
      const value = field(member, 'value');
      return value ? [{ key: keyOf(name), value: expression(value) }] : [];
    });
    return { is: 'object', entries: [own, ...members] };
  }

  function enumOf(node: TreeNode): Expression {
    let next = 0;
    const entries = coded(field(node, 'body')).flatMap((member): Entry[] => {
      const name = field(member, 'name') ?? member;
      const stated = field(member, 'value');
      const value = stated ? expression(stated) : { is: 'literal' as const, value: next };
      if (value.is === 'literal' && typeof value.value === 'number') next = value.value + 1;
      return [{ key: keyOf(name), value }];
    });
    return { is: 'object', entries };
  }

  function importsOf(node: TreeNode): readonly Statement[] {
    const module = unescape(slice(field(node, 'source')).slice(1, -1));
    const declare = (local: string, name: string): Statement => ({
      is: 'declare',
      target: { is: 'name', name: local },
      value: { is: 'import', module, name },
    });
    const clause = coded(node).find(({ type }) => type === 'import_clause');
    return coded(clause ?? null).flatMap((part): readonly Statement[] => {
      if (part.type === 'identifier') return [declare(slice(part), 'default')];
      if (part.type === 'namespace_import') return [declare(slice(part.firstNamedChild), '*')];
      return coded(part).map((each) =>
        declare(slice(field(each, 'alias') ?? field(each, 'name')), slice(field(each, 'name'))),
      );
    });
  }

  function exportsOf(node: TreeNode): readonly Statement[] {
    const give = (name: string, value: Expression): Statement => ({
      is: 'do',
      value: {
        is: 'assign',
        operator: '=',
        target: { is: 'place', object: exportsName, key: { is: 'literal', value: name } },
        value,
      },
    });
    const declaration = field(node, 'declaration');
    if (declaration) {
      const read = statement(declaration);
      const names = read.flatMap((each) =>
        each.is === 'declare' && each.target.is === 'name' ? [each.target.name] : [],
      );
      if (/^export\s+default\b/.test(slice(node).slice(0, 40)))
        return [...read, ...names.map((name) => give('default', { is: 'name', name }))];
      return [...read, ...names.map((name) => give(name, { is: 'name', name }))];
    }
    const value = field(node, 'value');
    if (value) return [give('default', expression(value))];
    const from = field(node, 'source');
    const module = from ? unescape(slice(from).slice(1, -1)) : null;
    const clause = coded(node).find(({ type }) => type === 'export_clause');
    return coded(clause ?? null).map((each) => {
      const name = slice(field(each, 'name'));
      const shown = field(each, 'alias');
      return give(shown ? slice(shown) : name, module === null ? { is: 'name', name } : { is: 'import', module, name });
    });
  }

  return { classOf, enumOf, importsOf, exportsOf };
}
