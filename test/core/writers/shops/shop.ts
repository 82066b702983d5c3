/** The same little shop in every ORM that entities are edited of: customers, coupons that stand alone, orders. */

export interface Shop {
  readonly orm: string;
  readonly note: string;
  readonly files: Readonly<Record<string, string>>;
  readonly orders: string;
  readonly customers: string;
  /** Refers to nothing, and nothing to it. */
  readonly coupons: string;
  /** Columns of orders: a text, a decimal, a nullable text, the key of the relation. */
  readonly status: string;
  readonly total: string;
  readonly remark: string;
  readonly key: string;
  readonly relation: string;
  readonly payer: string;
  readonly paid: string;
  readonly coupon: string;
  readonly couponOrders: string;
  /** Columns of the indexes of orders that are declared. */
  readonly indexes?: readonly (readonly string[])[];
  /** Kinds of edits that are refused, by what is said. */
  readonly refused?: Readonly<Record<string, RegExp>>;
}

/** Names as most languages write them. */
export const camel = {
  ...{ orders: 'orders', customers: 'customers', coupons: 'coupons', status: 'status', total: 'total' },
  ...{ remark: 'remark', key: 'customer_id', relation: 'customer', payer: 'payer', paid: 'paidOrders' },
  ...{ coupon: 'coupon', couponOrders: 'orders' },
};
export const snake = { ...camel, paid: 'paid_orders' };
