/** Steps of the verification, timed, and their table. */

export interface Step {
  readonly project: string;
  readonly title: string;
  readonly ms: number;
  readonly detail: string;
  /** Null = passed. */
  readonly failure: string | null;
}

/** What is wrong, in words; no stack is wanted. */
export class StepFailure extends Error {}

export async function attempt(project: string, title: string, work: () => Promise<string>): Promise<Step> {
  const started = performance.now();
  const done = (detail: string, failure: string | null): Step => ({
    project,
    title,
    ms: performance.now() - started,
    detail,
    failure,
  });
  try {
    return done(await work(), null);
  } catch (error) {
    if (error instanceof StepFailure) return done('', error.message);
    return done('', error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

export function printTable(steps: readonly Step[]): void {
  const rows = steps.map(({ project, title, ms, detail, failure }) => [
    failure === null ? '✔' : '✖',
    project,
    title,
    `${(ms / 1000).toFixed(1)} s`,
    (failure ?? detail).split('\n', 1)[0]?.slice(0, 110) ?? '',
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  console.log('');
  for (const row of rows)
    console.log(
      row
        .map((cell, column) => (column === 3 ? cell.padStart(widths[3] ?? 0) : cell.padEnd(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    );
}
