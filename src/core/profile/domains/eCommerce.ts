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
};
