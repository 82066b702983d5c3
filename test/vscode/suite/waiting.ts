/** Waiting for what VS Code does in its own time: polls, and says what was missing when it gives up. */
import * as vscode from 'vscode';

const stepMs = 100;

/**
 * Polls until `probe` gives something other than null, undefined, false or an empty array.
 * @param what ends the sentence "waited N s for …"
 */
export async function until<T>(what: string, probe: () => T | Promise<T>, timeoutMs = 15_000): Promise<NonNullable<T>> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const value = await probe();
    const there = Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined && value !== false;
    if (there) return value as NonNullable<T>;
    if (Date.now() > end) throw new Error(`Waited ${timeoutMs / 1000} s for ${what}`);
    await pause(stepMs);
  }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((fulfil) => setTimeout(fulfil, milliseconds));
}

/** The extension's own diagnostics of one file that have this rule as their code. */
export function diagnosticsOf(uri: vscode.Uri, rule: string): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter((diagnostic) => ruleOf(diagnostic) === rule);
}

export function ruleOf(diagnostic: vscode.Diagnostic): string {
  const { code } = diagnostic;
  return String(typeof code === 'object' ? code.value : code);
}

/** Every diagnostic of the extension in the window, with its file. */
export function allDiagnostics(): { uri: vscode.Uri; diagnostic: vscode.Diagnostic }[] {
  return vscode.languages
    .getDiagnostics()
    .flatMap(([uri, list]) => list.map((diagnostic) => ({ uri, diagnostic })))
    .filter(({ diagnostic }) => diagnostic.source?.toLowerCase().replaceAll(/[ -]/g, '') === 'dataengineer');
}
