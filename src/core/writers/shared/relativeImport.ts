/** The module name by which one file of TypeScript imports another. */

/** `../customers/customer.entity`, with the ending that the file's other relative imports have. */
export function relativeModule(from: string, to: string, text: string): string {
  const source = from.split('/').slice(0, -1);
  const target = to.split('/');
  let shared = 0;
  while (shared < source.length && shared < target.length - 1 && source[shared] === target[shared]) shared++;
  const up = source.length - shared;
  const path = [...Array.from({ length: up }, () => '..'), ...target.slice(shared)].join('/');
  const stem = (up === 0 ? `./${path}` : path).replace(/\.[cm]?[jt]sx?$/u, '');
  const ending = /(?:from|require\()\s*['"]\.{1,2}\/[^'"]*?(\.(?:[cm]?[jt]s))['"]/u.exec(text)?.[1] ?? '';
  return stem + ending;
}
