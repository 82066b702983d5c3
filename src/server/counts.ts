/** Numbers with their nouns, each form a text of its own for the translators. */
import * as l10n from '@vscode/l10n';

export function columnCount(count: number): string {
  return count === 1 ? l10n.t('1 column') : l10n.t('{0} columns', count);
}

export function relationCount(count: number): string {
  return count === 1 ? l10n.t('1 relation') : l10n.t('{0} relations', count);
}

export function tableCount(count: number): string {
  return count === 1 ? l10n.t('1 table') : l10n.t('{0} tables', count);
}
