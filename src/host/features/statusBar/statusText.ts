/** What the status bar says. Pure: the translator is given. */
import type { StatusSummary } from '../../../protocol/server.ts';
import type { WorkspaceState } from '../../contributions.ts';

export interface StatusText {
  /** With codicons. */
  readonly text: string;
  readonly tooltip: string;
  /** For screen readers. */
  readonly label: string;
}

type Translate = (message: string, ...args: (string | number)[]) => string;

/** Null = there is nothing to say, so no room is taken. */
export function statusText(state: WorkspaceState, status: StatusSummary | null, t: Translate): StatusText | null {
  if (state === 'stopped') {
    const label = t('Data Engineer: the server has stopped');
    return { text: '$(database) $(error)', tooltip: label, label };
  }
  if (state === 'starting') {
    const label = t('Data Engineer: reading the workspace…');
    return { text: '$(database) $(sync~spin)', tooltip: label, label };
  }
  if (status === null || state === 'empty') return null;
  const { error, warning, info } = status.findings;
  const counts = [
    error > 0 ? `$(error) ${error}` : '',
    warning > 0 ? `$(warning) ${warning}` : '',
    error + warning === 0 && info > 0 ? `$(info) ${info}` : '',
  ].filter((part) => part !== '');
  const summary = t('{0} errors, {1} warnings, {2} hints', error, warning, info);
  const projects = status.projects.map(({ label, tables, relations }) =>
    t('{0}: {1} tables, {2} relations', label, tables, relations),
  );
  return {
    text: ['$(database)', ...(counts.length === 0 ? ['$(check)'] : counts)].join(' '),
    tooltip: ['Data Engineer', summary, ...projects].join('\n'),
    label: `Data Engineer: ${summary}`,
  };
}
