/** Sequences, which are not modelled: what they are called tells them from tables. */

/**
 * As PostgreSQL names the sequence of a `serial` or identity column (`orders_id_seq`; a number follows where that is taken). Its `ALTER TABLE … RENAME`
 * takes sequences, too (https://www.postgresql.org/docs/current/sql-altertable.html).
 */
export function isSequenceName(name: string): boolean {
  return /_seq\d*$/i.test(name);
}
