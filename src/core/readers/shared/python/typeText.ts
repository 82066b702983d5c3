/** Types of parameters and attributes in the words that the model has for every language. */
import type { TreeNode } from '../../../syntax/treeNode.ts';

const plain: Readonly<Record<string, string>> = {
  str: 'string',
  bytes: 'string',
  int: 'number',
  float: 'number',
  Decimal: 'number',
  bool: 'boolean',
  date: 'Date',
  datetime: 'Date',
  'datetime.datetime': 'Date',
  'datetime.date': 'Date',
  timedelta: 'Date',
  UUID: 'number',
  'uuid.UUID': 'number',
  Any: 'any',
};

/**
 * `Optional[Order]`, `Order | None`, `Annotated[Order, …]`, `"Order"` are `Order`; `str` is `string`; `list[Order]` is `list<Order>`. A UUID
 * holds no more of a caller's text than a number does.
 */
export function typeText(type: TreeNode | null, text: string): string | null {
  if (!type) return null;
  const written = text.slice(type.startIndex, type.endIndex).replace(/\s+/g, ' ').trim();
  return written.length > 200 ? null : simplify(written, 0);
}

function simplify(written: string, depth: number): string {
  const type = written.replace(/^(["'])(.*)\1$/, '$2').trim();
  if (depth > 6) return type;
  const wrapped = /^(?:typing\.)?(?:Optional|Annotated|Final|ClassVar|Required|NotRequired|Mapped)\[(.*)\]$/.exec(
    type,
  )?.[1];
  if (wrapped !== undefined) return simplify(firstOf(wrapped), depth + 1);
  const literal = /^(?:typing\.)?Literal\[(.*)\]$/.exec(type)?.[1];
  if (literal !== undefined)
    return literal
      .split(',')
      .map((each) => each.trim())
      .join(' | ');
  const parts = type.split('|').map((each) => each.trim());
  if (parts.length > 1) {
    const others = parts.filter((each) => each !== 'None');
    if (others.length === 1) return simplify(others[0] ?? '', depth + 1);
  }
  return Object.hasOwn(plain, type) ? (plain[type] ?? type) : type.replaceAll('[', '<').replaceAll(']', '>');
}

function firstOf(list: string): string {
  let depth = 0;
  for (let at = 0; at < list.length; at++) {
    const char = list[at];
    if (char === '[' || char === '(') depth++;
    else if (char === ']' || char === ')') depth--;
    else if (char === ',' && depth === 0) return list.slice(0, at);
  }
  return list;
}
