import type { Dialect } from '../schema/model.ts';
import { engines } from './registry.ts';

/**
 * An identifier as SQL text of the engine, its case kept: `"order"`, `` `order` ``, `[order]`.
 * The closing quote inside the name is doubled. Without a dialect, standard SQL's double quotes.
 */
export function quoteIdentifier(name: string, dialect: Dialect | null): string {
  const [open, close] = dialect === null ? (['"', '"'] as const) : engines[dialect].quotes;
  return close === '' ? name : open + name.replaceAll(close, close + close) + close;
}

/** `"sales"."order"`; the namespace is left out where it is null. */
export function quoteTable(name: string, namespace: string | null, dialect: Dialect | null): string {
  return (namespace === null ? '' : `${quoteIdentifier(namespace, dialect)}.`) + quoteIdentifier(name, dialect);
}
