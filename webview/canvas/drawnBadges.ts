import type { Badge, DiagramColumn } from '../../src/core/diagram/model.ts';

/** Order of importance: on the canvas the first stands before the name, the others after it. */
const badgeOrder: readonly Badge[] = ['pk', 'fk', 'unique', 'index', 'secret', 'pan', 'phi', 'pii'];

/** The marks worth drawing: a primary key is unique and indexed anyway, a unique column indexed. */
export function drawnBadges(column: DiagramColumn): readonly Badge[] {
  const has = (badge: Badge) => column.badges.includes(badge);
  return badgeOrder.filter(
    (badge) => has(badge) && !(badge === 'unique' && has('pk')) && !(badge === 'index' && (has('pk') || has('unique'))),
  );
}
