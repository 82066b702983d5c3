import { useLayoutEffect, useRef } from 'react';
import type { ValueElement } from './toolkit.ts';

export interface DropdownOption {
  readonly value: string;
  readonly label: string;
}

export interface DropdownProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly DropdownOption[];
  readonly className?: string;
  readonly onChange: (value: string) => void;
}

export function Dropdown({ label, value, options, className, onChange }: DropdownProps) {
  const element = useRef<ValueElement>(null);
  // The element takes a value only once it has seen its options, which it does after they are attached.
  useLayoutEffect(() => {
    const frame = requestAnimationFrame(() => {
      if (element.current !== null) element.current.value = value;
    });
    return () => {
      cancelAnimationFrame(frame);
    };
  }, [value, options]);
  return (
    <vscode-dropdown
      ref={element}
      className={className}
      aria-label={label}
      title={label}
      // Above, the list would be cut off by what it scrolls in.
      position="below"
      onChange={() => {
        const next = element.current?.value;
        if (next !== undefined && next !== '' && next !== value) onChange(next);
      }}
    >
      {options.map((option) => (
        <vscode-option key={option.value} value={option.value}>
          {option.label}
        </vscode-option>
      ))}
    </vscode-dropdown>
  );
}
