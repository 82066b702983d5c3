import type { MouseEvent, ReactNode, Ref } from 'react';

export interface ButtonProps {
  readonly children: ReactNode;
  readonly appearance?: 'primary' | 'secondary';
  readonly disabled?: boolean;
  readonly onClick: () => void;
}

export function Button({ children, appearance = 'secondary', disabled = false, onClick }: ButtonProps) {
  return (
    <vscode-button appearance={appearance} disabled={disabled} onClick={onClick}>
      {children}
    </vscode-button>
  );
}

export interface IconButtonProps {
  /** Name for screen readers, and the tooltip. */
  readonly label: string;
  readonly children: ReactNode;
  readonly pressed?: boolean;
  readonly expanded?: boolean;
  readonly popup?: 'menu';
  readonly disabled?: boolean;
  readonly ref?: Ref<HTMLElement>;
  readonly onClick: (event: MouseEvent<HTMLElement>) => void;
}

export function IconButton({
  label,
  children,
  pressed,
  expanded,
  popup,
  disabled = false,
  ref,
  onClick,
}: IconButtonProps) {
  return (
    <vscode-button
      ref={ref}
      appearance="icon"
      title={label}
      aria-label={label}
      aria-pressed={pressed}
      aria-expanded={expanded}
      aria-haspopup={popup}
      disabled={disabled}
      onClick={onClick}
    >
      {children}
    </vscode-button>
  );
}
