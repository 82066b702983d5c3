/** Taking hold of a table with the mouse or a pen and putting it elsewhere. A finger pans, wherever it begins. */

export interface DragEvents {
  /** The table under the pointer, where it can be moved. */
  readonly grab: (event: PointerEvent) => number | null;
  /** How far from where it was, in CSS pixels of the screen. */
  readonly drag: (table: number, dx: number, dy: number) => void;
  readonly drop: (table: number, dx: number, dy: number) => void;
  readonly cancel: (table: number) => void;
}

export interface TableDrag {
  /** A table is held: the same press must not pan. */
  readonly holds: () => boolean;
  dispose(): void;
}

/** Less is a click. */
const leastDistance = 4;

export function createTableDrag(element: HTMLElement, events: DragEvents): TableDrag {
  let held: { readonly table: number; readonly x: number; readonly y: number; readonly pointer: number } | null = null;
  let moving = false;
  const listening = new AbortController();
  const { signal } = listening;

  const end = (how: (table: number) => void) => {
    if (held === null) return;
    const { table, pointer } = held;
    const moved = moving;
    held = null;
    moving = false;
    if (element.hasPointerCapture(pointer)) element.releasePointerCapture(pointer);
    element.classList.remove('moving');
    if (moved) how(table);
  };

  element.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0 || event.ctrlKey || event.shiftKey || event.pointerType === 'touch') return;
      const table = events.grab(event);
      held = table === null ? null : { table, x: event.clientX, y: event.clientY, pointer: event.pointerId };
    },
    { signal, capture: true },
  );
  element.addEventListener(
    'pointermove',
    (event) => {
      if (held?.pointer !== event.pointerId) return;
      const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
      if (!moving && Math.hypot(dx, dy) < leastDistance) return;
      if (!moving) {
        moving = true;
        element.setPointerCapture(event.pointerId);
        element.classList.add('moving');
      }
      events.drag(held.table, dx, dy);
    },
    { signal },
  );
  element.addEventListener(
    'pointerup',
    (event) => {
      if (held?.pointer !== event.pointerId) return;
      const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
      const moved = moving;
      end((table) => events.drop(table, dx, dy));
      if (!moved) return;
      // The click that follows a drag is none.
      const swallow = (click: MouseEvent) => {
        click.stopImmediatePropagation();
      };
      element.addEventListener('click', swallow, { capture: true, once: true });
      setTimeout(() => element.removeEventListener('click', swallow, { capture: true }));
    },
    { signal },
  );
  element.addEventListener('pointercancel', () => end(events.cancel), { signal });
  window.addEventListener(
    'keydown',
    (event) => {
      if (!moving || event.key !== 'Escape') return;
      event.stopPropagation();
      end(events.cancel);
    },
    { signal, capture: true },
  );

  return {
    holds: () => held !== null,
    dispose: () => listening.abort(),
  };
}
