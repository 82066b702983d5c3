import * as vscode from 'vscode';
import type { TypeSpec } from '../../../core/writers/entityChange.ts';

/**
 * The menu of a webview gives the focus back to it when it closes, which would close the question that it has led to; and answers
 * given so far are not lost where somebody looks something up.
 */
export const patient = { ignoreFocusOut: true } as const;

/** Lengths of texts, and digits of decimals; other types have no size to ask for. */
export async function askSize(spec: TypeSpec, title: string): Promise<TypeSpec | undefined> {
  if (spec.length !== null) {
    const entered = await vscode.window.showInputBox({
      title,
      ...patient,
      prompt: vscode.l10n.t('Most characters'),
      value: String(spec.length),
      validateInput: (text) => (/^[1-9]\d{0,4}$/u.test(text) ? null : vscode.l10n.t('A whole number above 0.')),
    });
    return entered === undefined ? undefined : { ...spec, length: Number(entered) };
  }
  if (spec.precision === null || spec.scale === null) return spec;
  const entered = await vscode.window.showInputBox({
    title,
    ...patient,
    prompt: vscode.l10n.t('Digits, and how many of them behind the point'),
    value: `${spec.precision},${spec.scale}`,
    validateInput: (text) => (sizesOf(text) === null ? vscode.l10n.t('Two whole numbers, as 12,2.') : null),
  });
  const sizes = entered === undefined ? null : sizesOf(entered);
  return sizes === null ? undefined : { ...spec, precision: sizes[0], scale: sizes[1] };
}

function sizesOf(text: string): readonly [precision: number, scale: number] | null {
  const [, precision, scale] = /^\s*(\d{1,2})\s*[,.]\s*(\d{1,2})\s*$/u.exec(text) ?? [];
  const found = [Number(precision), Number(scale)] as const;
  return precision !== undefined && found[0] >= 1 && found[1] <= found[0] ? found : null;
}
