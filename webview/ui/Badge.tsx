import type { ReactNode } from 'react';

export function Badge({ children }: { readonly children: ReactNode }) {
  return <vscode-badge>{children}</vscode-badge>;
}

/** Turns while something is under way; `label` says what. */
export function ProgressRing({ label }: { readonly label: string }) {
  return <vscode-progress-ring aria-label={label} />;
}
