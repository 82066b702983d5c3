/** Properties of object literals, operators in brackets included. */
import type { Scope } from '../shared/typescript/scope.ts';
import { pathOf, stringValue, unwrap } from '../shared/typescript/syn.ts';
import type { Syn } from '../shared/typescript/syn.ts';

/** Key of a property: its name, or the path in brackets (`[Op.gt]` → `Op.gt`). */
export interface Entry {
  readonly key: string;
  readonly computed: boolean;
  readonly value: Syn;
  readonly keyNode: Syn;
}

export interface Entries {
  readonly list: readonly Entry[];
  /** Something in it could not be read. */
  readonly open: boolean;
}

/** Properties of an object literal, those spread in from constants of the file included. */
export function entriesOf(node: Syn, scope: Scope, depth = 0): Entries {
  const list: Entry[] = [];
  let open = false;
  for (const kid of node.kids) {
    const [keyNode, value] = kid.kids;
    if (kid.type === 'pair' && keyNode && value) {
      const inner = keyNode.type === 'computed_property_name' ? keyNode.kids[0] : undefined;
      const key = inner
        ? (stringValue(inner, scope.text) ?? pathOf(inner, scope.text))
        : keyNode.type === 'string'
          ? stringValue(keyNode, scope.text)
          : scope.text.slice(keyNode.start, keyNode.end);
      if (key === null) open = true;
      else list.push({ key, computed: inner !== undefined && stringValue(inner, scope.text) === null, value, keyNode });
    } else if (kid.type === 'shorthand_property_identifier')
      list.push({ key: scope.text.slice(kid.start, kid.end), computed: false, value: kid, keyNode: kid });
    else if (kid.type === 'spread_element' && keyNode) {
      open = true;
      const inner = unwrap(keyNode);
      const branches = /^(?:binary|ternary)_expression$/.test(inner.type)
        ? inner.kids.slice(1).map(unwrap)
        : [scope.literal(keyNode)];
      for (const branch of branches)
        if (branch.type === 'object' && depth < 4) list.push(...entriesOf(branch, scope, depth + 1).list);
    } else if (kid.type !== 'method_definition') open = true;
  }
  return { list, open };
}
