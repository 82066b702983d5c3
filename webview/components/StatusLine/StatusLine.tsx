import type { DiagramModel, DiagramSeverity } from '../../../src/core/diagram/model.ts';
import { t } from '../../l10n.ts';
import { IconButton } from '../../ui/Button.tsx';
import { Icon, SeverityIcon } from '../../ui/icons.tsx';
import './StatusLine.css';

export interface StatusLineProps {
  readonly model: DiagramModel | null;
  /** 1 = natural size; null before the first picture. */
  readonly zoom: number | null;
  readonly busy: boolean;
  readonly notice: string | null;
  readonly onDismiss: () => void;
}

export function StatusLine({ model, zoom, busy, notice, onDismiss }: StatusLineProps) {
  return (
    <footer className="status-line">
      {model === null ? null : (
        <>
          <span>{model.tables.length === 1 ? t('1 table') : t('{0} tables', model.tables.length)}</span>
          <span>{model.edges.length === 1 ? t('1 relation') : t('{0} relations', model.edges.length)}</span>
          <Findings model={model} />
        </>
      )}
      <span className="status-notice" role="status">
        {notice ?? (busy ? t('Arranging…') : '')}
      </span>
      {notice === null ? null : (
        <IconButton label={t('Dismiss')} onClick={onDismiss}>
          <Icon name="close" />
        </IconButton>
      )}
      {zoom === null ? null : <span className="status-zoom">{t('{0} %', Math.round(zoom * 100))}</span>}
    </footer>
  );
}

const severities: readonly DiagramSeverity[] = ['error', 'warning', 'info'];

function Findings({ model }: { readonly model: DiagramModel }) {
  return severities.map((severity) => {
    const count = model.tables.reduce(
      (sum, table) => sum + table.findings.filter((finding) => finding.severity === severity).length,
      0,
    );
    if (count === 0) return null;
    const label = { error: t('{0} errors', count), warning: t('{0} warnings', count), info: t('{0} hints', count) };
    return (
      <span key={severity} className="status-findings" title={label[severity]}>
        <SeverityIcon severity={severity} label={null} />
        <span aria-hidden="true">{count}</span>
        <span className="visually-hidden">{label[severity]}</span>
      </span>
    );
  });
}
