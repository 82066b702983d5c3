/** Look-ups in attributes and their arguments. */
import type { Argument, AttributeDeclaration, Value } from './declarations.ts';

interface Attributed {
  readonly attributes: readonly AttributeDeclaration[];
}

export function attribute(of: Attributed, name: string): AttributeDeclaration | undefined {
  return of.attributes.find((each) => each.name === name);
}

/** By its name, or the first without one where `position` says that it may stand so. */
export function argument(
  args: readonly Argument[] | undefined,
  name: string,
  position: 'named' | 'first' = 'named',
): Value | undefined {
  const found = args?.find((each) => each.name === name);
  return (found ?? (position === 'first' ? args?.find((each) => each.name === null) : undefined))?.value;
}

/** Text of a string argument; null where it is none. */
export function textOf(value: Value | undefined): string | null {
  return value?.kind === 'string' ? value.value : null;
}

export function nameOf(value: Value | undefined): string | null {
  return value?.kind === 'name' ? value.value : null;
}

/** Name in the database: `@map`, `@@map`. */
export function mappedName(of: Attributed & { readonly name: string }): string {
  return textOf(argument(attribute(of, 'map')?.arguments, 'name', 'first')) ?? of.name;
}

/** Of `raw("…")` or a string the text. */
export function rawText(value: Value | undefined): string | null {
  if (value?.kind === 'call' && value.value === 'raw') return textOf(value.arguments[0]?.value);
  return textOf(value);
}

/** A column of a key or index: `email`, `email(sort: Desc, length: 10, ops: raw("gin_trgm_ops"))`. */
export interface KeyPart {
  readonly field: string;
  readonly descending: boolean;
  readonly sorted: boolean;
}

/** `[a, b(sort: Desc)]`, or a single field without brackets. */
export function keyParts(value: Value | undefined): readonly KeyPart[] {
  const items = value?.kind === 'list' ? value.items : value === undefined ? [] : [value];
  return items.flatMap((item): KeyPart[] => {
    if (item.kind !== 'name' && item.kind !== 'call') return [];
    const sort = item.kind === 'call' ? nameOf(argument(item.arguments, 'sort')) : null;
    return [{ field: item.value, descending: sort === 'Desc', sorted: sort !== null }];
  });
}

export function fieldNames(value: Value | undefined): readonly string[] {
  return keyParts(value).map(({ field }) => field);
}
