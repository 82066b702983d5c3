/** What calls of the query runner are handed, as JavaScript values; no code of the project is run. */

/** Something that cannot be told without running the code. */
export const unknown: PlainRecord = Object.freeze({});

export type Plain = string | number | boolean | null | undefined | readonly Plain[] | PlainRecord;

export interface PlainRecord {
  readonly [key: string]: Plain;
}

export function isRecord(value: Plain): value is PlainRecord {
  return typeof value === 'object' && value !== null && value !== unknown && !Array.isArray(value);
}
