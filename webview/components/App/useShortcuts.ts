import { useEffect, useEffectEvent } from 'react';

export interface Shortcuts {
  readonly search: () => void;
  readonly undo: () => void;
  readonly redo: () => void;
}

/** Keys that work wherever the focus is: before VS Code, which has its own search and undo for every editor. */
export function useShortcuts({ search, undo, redo }: Shortcuts): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    const act =
      key === 'f' && !event.shiftKey
        ? search
        : isTyping(event)
          ? null
          : (key === 'z' && event.shiftKey) || (key === 'y' && !event.shiftKey)
            ? redo
            : key === 'z'
              ? undo
              : null;
    if (act === null) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event);
    window.addEventListener('keydown', listener, true);
    return () => {
      window.removeEventListener('keydown', listener, true);
    };
  }, []);
}

/** A text field takes back what was typed into it. */
function isTyping(event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}
