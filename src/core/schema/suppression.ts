/** A comment that switches rules off: `// data-engineer-disable-next-line rule-id -- reason`. */
export interface Suppression {
  readonly scope: 'line' | 'next-line' | 'file';
  /** First and last line it covers, counted from 1: decorators above a declaration are covered with it. */
  readonly line: number;
  readonly endLine: number;
  /** Rule ids or codes as written. */
  readonly rules: readonly string[] | 'all';
  readonly reason: string | null;
}
