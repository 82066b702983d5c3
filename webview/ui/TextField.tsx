import { useImperativeHandle, useRef } from 'react';
import type { KeyboardEvent, ReactNode, Ref } from 'react';
import type { ValueElement } from './toolkit.ts';

export interface TextFieldHandle {
  /** Focuses the field and selects its text. */
  focus(): void;
}

export interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  /** An icon inside the field, at its start. */
  readonly start?: ReactNode;
  readonly end?: ReactNode;
  readonly handle?: Ref<TextFieldHandle>;
  readonly onInput: (value: string) => void;
  readonly onKeyDown?: (event: KeyboardEvent<HTMLElement>) => void;
  readonly onFocus?: () => void;
}

export function TextField({
  label,
  value,
  placeholder,
  start,
  end,
  handle,
  onInput,
  onKeyDown,
  onFocus,
}: TextFieldProps) {
  const element = useRef<ValueElement>(null);
  useImperativeHandle(handle, () => ({
    focus: () => {
      const input = element.current?.shadowRoot?.querySelector('input');
      input?.focus();
      input?.select();
    },
  }));
  return (
    <vscode-text-field
      ref={element}
      aria-label={label}
      placeholder={placeholder}
      value={value}
      onInput={() => {
        onInput(element.current?.value ?? '');
      }}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
    >
      {start === undefined ? null : <span slot="start">{start}</span>}
      {end === undefined ? null : <span slot="end">{end}</span>}
    </vscode-text-field>
  );
}
