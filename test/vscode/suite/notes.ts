/**
 * Measurements that tests leave for the report. Test files are bundled apart from the index, so the list is kept where
 * both find it.
 */
const store = globalThis as { dataEngineerTestNotes?: string[] };

export function note(line: string): void {
  (store.dataEngineerTestNotes ??= []).push(line);
}

export function notes(): readonly string[] {
  return store.dataEngineerTestNotes ?? [];
}
