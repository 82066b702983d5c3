/** Classes and their fields, as far as linking follows them. */
import type { SourceRange } from './source.ts';

/** What a class builds on: `class OrderRepository extends Repository<Order>`. */
export interface ClassFact {
  readonly name: string;
  /** As written, with type arguments; null = none. */
  readonly extends: string | null;
  readonly implements: readonly string[];
  readonly decorators: readonly string[];
  readonly exported: boolean;
  /** It has all transactions of the project rolled back on every exception. */
  readonly rollsBackOnAll?: true;
  readonly at: SourceRange;
}

/**
 * A field of a class or a constant of the module whose type is known, stated or by its initializer:
 * `private orders: Repository<Order>`, `export const orders = dataSource.getRepository(Order)`; resolves `this.orders.load()`.
 */
export interface FieldFact {
  /** Class; '' = a constant of the module. */
  readonly owner: string;
  readonly name: string;
  readonly type: string;
}
