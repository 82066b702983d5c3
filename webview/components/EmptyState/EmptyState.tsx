import { t } from '../../l10n.ts';
import { ProgressRing } from '../../ui/Badge.tsx';
import './EmptyState.css';

export interface EmptyStateProps {
  readonly loading: boolean;
  /** The host's words; empty: our own. */
  readonly message: string;
}

export function EmptyState({ loading, message }: EmptyStateProps) {
  return (
    <div className="empty-state" role="status">
      {loading ? (
        <ProgressRing label={t('Reading the schema')} />
      ) : (
        <>
          <svg width="72" height="56" viewBox="0 0 72 56" aria-hidden="true">
            <g fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" strokeDasharray="3 3">
              <path d="M2 4h24v22H2zM2 10h24M46 30h24v22H46zM46 36h24M26 18h10v26h10" />
            </g>
          </svg>
          <h2>{t('No tables to show')}</h2>
          <p>{message === '' ? t('This project defines no tables, or none could be read.') : message}</p>
        </>
      )}
    </div>
  );
}
