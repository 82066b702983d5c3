/** Types as C# writes them, JSON-safe. */
import type { TreeNode } from '../../../syntax/treeNode.ts';

export interface TypeRef {
  /** As written without type arguments: `List`, `System.Guid`, `int`. A tuple is `()`. */
  readonly name: string;
  readonly args: readonly TypeRef[];
  /** `?` behind it. */
  readonly nullable: boolean;
  /** Number of `[]` behind it. */
  readonly rank: number;
}

export function plainType(name: string, args: readonly TypeRef[] = []): TypeRef {
  return { name, args, nullable: false, rank: 0 };
}

/** Last part of the name: `Guid` of `System.Guid`. */
export function simpleName({ name }: TypeRef): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

const deepest = 20;

export function typeOf(node: TreeNode | null, text: string, depth = 0): TypeRef {
  const written = node ? text.slice(node.startIndex, node.endIndex) : '';
  if (!node || depth > deepest) return plainType(written.slice(0, 200));
  switch (node.type) {
    case 'nullable_type':
      return { ...typeOf(node.childForFieldName('type') ?? node.firstNamedChild, text, depth + 1), nullable: true };
    case 'array_type': {
      const element = typeOf(node.childForFieldName('type') ?? node.firstNamedChild, text, depth + 1);
      return { ...element, rank: element.rank + 1 };
    }
    case 'generic_name': {
      const list = node.namedChildren.find(({ type }) => type === 'type_argument_list');
      const end = list?.startIndex ?? node.endIndex;
      return plainType(text.slice(node.startIndex, end).trim(), argumentsOf(list, text, depth));
    }
    case 'qualified_name':
    case 'alias_qualified_name': {
      const last = node.lastNamedChild;
      if (last?.type !== 'generic_name') return plainType(withoutGlobal(written));
      const inner = typeOf(last, text, depth + 1);
      return { ...inner, name: withoutGlobal(text.slice(node.startIndex, last.startIndex) + inner.name) };
    }
    case 'tuple_type':
      return plainType('()');
    case 'ref_type':
    case 'scoped_type':
      return typeOf(node.lastNamedChild, text, depth + 1);
    default:
      return plainType(withoutGlobal(written.slice(0, 200)));
  }
}

export function argumentsOf(list: TreeNode | null | undefined, text: string, depth = 0): readonly TypeRef[] {
  return list ? list.namedChildren.map((child) => typeOf(child, text, depth + 1)) : [];
}

/** Half typed, a name may end with the dot that something is to follow, or be nothing but that. */
function withoutGlobal(name: string): string {
  return name
    .replace(/^global::/u, '')
    .replace(/\s+/gu, '')
    .replace(/^\.+|\.+$/gu, '');
}

/** As source text again: `List<Post>?`. */
export function typeText({ name, args, nullable, rank }: TypeRef): string {
  const list = args.length > 0 ? `<${args.map(typeText).join(', ')}>` : '';
  return `${name}${list}${'[]'.repeat(rank)}${nullable ? '?' : ''}`;
}

/** Reads what `typeText` writes, and types in strings; null where it is no type. */
export function parseType(source: string): TypeRef | null {
  let at = 0;
  const read = (depth: number): TypeRef | null => {
    const name = /^[\s]*([\w.@:]+)\s*/u.exec(source.slice(at));
    if (!name || depth > deepest) return null;
    at += name[0].length;
    const args: TypeRef[] = [];
    if (source[at] === '<') {
      do {
        at++;
        const arg = read(depth + 1);
        if (!arg) return null;
        args.push(arg);
      } while (source[at] === ',');
      if (source[at] !== '>') return null;
      at++;
    }
    let rank = 0;
    let nullable = false;
    for (;;) {
      const suffix = /^\s*(\[\s*\]|\?)\s*/u.exec(source.slice(at));
      if (!suffix) break;
      at += suffix[0].length;
      if (suffix[1] === '?') nullable = true;
      else rank++;
    }
    return { name: withoutGlobal(name[1] ?? ''), args, nullable, rank };
  };
  const type = read(0);
  return type && source.slice(at).trim() === '' ? type : null;
}
