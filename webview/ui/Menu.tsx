import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { IconButton } from './Button.tsx';
import { Icon } from './icons.tsx';
import './Menu.css';

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  /** `radio`: one of its group; `check`: on or off. Otherwise the item does something. */
  readonly choice?: 'radio' | 'check';
  readonly checked?: boolean;
  readonly disabled?: boolean;
  /** Begins a group: a line above it. */
  readonly first?: boolean;
}

export interface MenuProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly items: readonly MenuItem[];
  readonly disabled?: boolean;
  readonly onSelect: (id: string) => void;
}

const gap = 4;

/** Below the button and flush with its right side where the page has the room; else wherever all of it is in sight. */
function placeBeside(button: HTMLElement, list: HTMLElement): void {
  const { left, right, top, bottom } = button.getBoundingClientRect();
  const { width, height } = list.getBoundingClientRect();
  const beside = right - width >= gap ? right - width : left;
  const below = bottom + gap + height <= window.innerHeight ? bottom + gap : top - gap - height;
  list.style.left = `${Math.max(gap, Math.min(beside, window.innerWidth - width - gap))}px`;
  list.style.top = `${Math.max(gap, Math.min(below, window.innerHeight - height - gap))}px`;
}

/** An icon button that opens a menu below it; the toolkit has none. Keyboard as in the ARIA menu button pattern. */
export function Menu({ label, icon, items, disabled = false, onSelect }: MenuProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLElement>(null);

  useLayoutEffect(() => {
    if (open && root.current !== null && list.current !== null) placeBeside(root.current, list.current);
  }, [open]);
  useEffect(() => {
    if (!open) return;
    list.current?.querySelector<HTMLElement>('[role^=menuitem]')?.focus();
    const outside = (event: Event) => {
      if (event.target instanceof Node && root.current?.contains(event.target) !== true) setOpen(false);
    };
    const blurred = () => {
      setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    window.addEventListener('blur', blurred);
    return () => {
      document.removeEventListener('pointerdown', outside);
      window.removeEventListener('blur', blurred);
    };
  }, [open]);

  const hasChoices = items.some(({ choice }) => choice !== undefined);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const keyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const entries = [...(list.current?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];
    const at = entries.findIndex((entry) => entry === document.activeElement);
    const target = {
      ArrowDown: (at + 1) % entries.length,
      ArrowUp: (at - 1 + entries.length) % entries.length,
      Home: 0,
      End: entries.length - 1,
    }[event.key];
    if (target !== undefined) entries[target]?.focus();
    else if (event.key === 'Escape') close();
    else if (event.key === 'Tab') setOpen(false);
    else return;
    if (event.key !== 'Tab') event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className="menu" ref={root}>
      <IconButton
        ref={button}
        label={label}
        popup="menu"
        expanded={open}
        disabled={disabled}
        onClick={() => {
          setOpen(!open);
        }}
      >
        {icon}
      </IconButton>
      {open ? (
        <div className="menu-list" role="menu" aria-label={label} tabIndex={-1} ref={list} onKeyDown={keyDown}>
          {items.map((item) => (
            <button
              key={item.id}
              type="button"
              className={item.first === true ? 'menu-first' : undefined}
              role={
                item.choice === undefined ? 'menuitem' : `menuitem${item.choice === 'radio' ? 'radio' : 'checkbox'}`
              }
              aria-checked={item.choice === undefined ? undefined : item.checked === true}
              aria-disabled={item.disabled === true ? true : undefined}
              tabIndex={-1}
              onClick={() => {
                if (item.disabled === true) return;
                close();
                onSelect(item.id);
              }}
            >
              {hasChoices ? (
                <span className="menu-mark">{item.checked === true ? <Icon name="check" /> : null}</span>
              ) : null}
              <span className="menu-label">{item.label}</span>
              {item.description === undefined ? null : <span>{item.description}</span>}
            </button>
          ))}
        </div>
      ) : null}
    </div>
  );
}
