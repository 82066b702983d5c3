import type { Domain } from './domain.ts';

export const eCommerce: Domain = {
  id: 'e-commerce',
  label: 'e-commerce',
  names: ['e-commerce', 'ecommerce', 'online shop', 'web shop', 'webshop', 'online store', 'storefront', 'marketplace'],
  words: [
    'cart',
    'checkout',
    'catalogue',
    'catalog',
    'sku',
    'product variant',
    'inventory',
    'order',
    'coupon',
    'shipping',
    'refund',
  ],
  expects: [
    {
      label: 'products',
      table: /^(?:products?|items?|articles?|goods|skus?|variants?|product_variants?|catalog(?:ue)?_items?)$/u,
      why: 'What is sold has to be named by a row that orders and stock refer to.',
    },
    {
      label: 'orders',
      table: /^(?:orders?|purchases?|sales_?orders?|bookings?|checkouts?)$/u,
      why: 'An order is the promise that everything else (payment, shipping, refund) refers to.',
    },
    {
      label: 'prices kept with the lines of orders',
      table: /(?:order|purchase|checkout|cart|booking)s?_?(?:lines?|items?|details?|products?|positions?|entries)$/u,
      column: /(?:price|amount|total|cost)/u,
      why: 'The price of a product changes; what was agreed on must not change with it.',
    },
    {
      label: 'payments',
      table: /(?:payments?|transactions?|charges?|invoices?)$/u,
      why: 'An order may be paid in several tries and parts, and refunded: that is no column of the order.',
    },
    {
      label: 'stock',
      table:
        /(?:stocks?|inventor(?:y|ies)|stock_(?:items?|levels?|movements?|locations?)|warehouse\w*|reservations?)$|^(?:products?|skus?|(?:product_)?variants?|items?)$/u,
      column: /(?:stock|quantity|qty|inventory|available|on_hand|reserved)/u,
      why: 'Without a count that is checked as it is taken, the last piece is sold twice.',
    },
  ],
};
