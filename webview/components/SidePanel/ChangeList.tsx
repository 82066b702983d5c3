import type { DiagramChanges } from '../../../src/core/diagram/model.ts';
import { changeSigns } from '../../../src/core/layout/metrics.ts';
import { t } from '../../l10n.ts';
import { changeText } from '../../state/describe.ts';
import { Section } from './sections.tsx';

/** What has changed since an earlier state, a sentence each; a click leads to its table. */
export function ChangeList({
  changes,
  onTable,
}: {
  readonly changes: DiagramChanges;
  readonly onTable: (id: string) => void;
}) {
  return (
    <Section title={t('Changes since {0}', changes.since)} count={changes.entries.length}>
      {changes.entries.length === 0 ? <p className="side-none">{t('Nothing has changed.')}</p> : null}
      <ul>
        {changes.entries.map(({ kind, table, words }, index) => (
          <li key={index}>
            <button
              type="button"
              className="side-row side-change"
              disabled={table === null}
              onClick={() => {
                if (table !== null) onTable(table);
              }}
            >
              <span className={`side-sign change-${kind}`} aria-hidden="true">
                {changeSigns[kind]}
              </span>
              <span>
                <span className="visually-hidden">{changeText(kind)}: </span>
                {words}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
