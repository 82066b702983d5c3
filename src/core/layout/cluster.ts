/** Parts of a module that is too large to be read, or laid out, as one. */

export interface Link {
  readonly a: string;
  readonly b: string;
}

/**
 * Groups of at most `limit` members. Ties of members with few others come first: what hangs on one table alone stays
 * with it, and hubs, which tie everything to everything, decide last. Members without ties share groups of their own.
 * The order of members decides between equals, so that the same diagram is always cut the same way.
 */
export function cluster(
  members: readonly string[],
  links: readonly Link[],
  limit: number,
): readonly (readonly string[])[] {
  const index = new Map(members.map((member, position) => [member, position]));
  const inside = links.filter(({ a, b }) => a !== b && index.has(a) && index.has(b));
  const degree = new Map<string, number>();
  for (const { a, b } of inside) {
    degree.set(a, (degree.get(a) ?? 0) + 1);
    degree.set(b, (degree.get(b) ?? 0) + 1);
  }
  const groups = new Map(members.map((member) => [member, [member]]));
  const join = (a: string, b: string) => {
    const [into, other] = [groups.get(a), groups.get(b)];
    if (into === undefined || other === undefined || into === other || into.length + other.length > limit) return;
    into.push(...other);
    for (const member of other) groups.set(member, into);
  };
  const strength = ({ a, b }: Link) => (degree.get(a) ?? 0) * (degree.get(b) ?? 0);
  for (const { a, b } of [...inside].sort((x, y) => strength(x) - strength(y))) join(a, b);
  const loose = members.filter((member) => !degree.has(member));
  for (let at = 0; at < loose.length; at++) {
    const [before, member] = [loose[at - 1], loose[at]];
    if (before !== undefined && member !== undefined) join(before, member);
  }
  return [...new Set(groups.values())]
    .map((group) => group.sort((a, b) => (index.get(a) ?? 0) - (index.get(b) ?? 0)))
    .sort((a, b) => b.length - a.length);
}
