import { wordsOf } from '../../schema/words.ts';

/**
 * The path of a new entity's file, named after it as `path` is after `entity`: `order-item.entity.ts` → `wish-list.entity.ts`, `OrderItem.java` →
 * `WishList.java`. Null where the file is named after something else.
 */
export function fileNameLike(path: string, entity: string, name: string): string | null {
  const slash = path.lastIndexOf('/') + 1;
  const file = path.slice(slash);
  const folder = path.slice(0, slash);
  for (const spell of spellings)
    for (const [own, next] of [
      [entity, name],
      [withoutSuffix(entity), withoutSuffix(name)],
    ] as const) {
      const stem = spell(own);
      if (stem !== '' && file.startsWith(stem) && /^(?:[.\-_]|s?\.)/u.test(file.slice(stem.length)))
        return folder + spell(next) + file.slice(stem.length);
    }
  return null;
}

function withoutSuffix(name: string): string {
  return /.(?:Entity|Model)$/u.test(name) ? name.replace(/(?:Entity|Model)$/u, '') : name;
}

const spellings: readonly ((name: string) => string)[] = [
  (name) => name,
  (name) => wordsOf(name).join('-'),
  (name) => wordsOf(name).join('_'),
  (name) => name.charAt(0).toLowerCase() + name.slice(1),
  (name) => name.toLowerCase(),
];
