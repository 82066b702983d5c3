/** Resources of test/workspaces/shop, written by hand from its entities. */
import type { Body, Resource } from '../resource.ts';
import { resource } from '../resource.ts';

const missing = '00000000-0000-4000-8000-000000000000';
const now = '2026-03-01T12:00:00.000Z';
const generated = [
  ['id', missing],
  ['createdAt', now],
  ['updatedAt', now],
] as const;
const softDeleted = [...generated, ['deletedAt', now]] as const;
const id = (row: Body) => row.id ?? null;
const numbered = (n: number) => String(n).padStart(6, '0');
const long = (length: number) => 'x'.repeat(length);
const euros = (amount: string) => ({ amount, currency: 'EUR' });
const address = {
  recipient: 'Ada Example',
  street: '1 Main Street',
  addition: null,
  postalCode: '12345',
  city: 'Springfield',
  countryCode: 'DE',
};

const brand = resource({
  name: 'Brand',
  path: '/v1/brands',
  body: (n) => ({ name: `Brand ${numbered(n)}`, slug: `brand-${numbered(n)}`, websiteUrl: null }),
  change: { websiteUrl: 'https://example.org/' },
  invalid: [
    ['name', long(121)],
    ['slug', 1],
    ['websiteUrl', long(501)],
  ],
  required: ['name', 'slug'],
  forbidden: [...generated, ['products', []]],
  text: 'websiteUrl',
  unique: ['slug'],
  textFilter: 'slug',
  sorts: ['createdAt', 'slug'],
});

const warehouse = resource({
  name: 'Warehouse',
  path: '/v1/warehouses',
  body: (n) => ({ code: `W-${numbered(n)}`, name: `Warehouse ${numbered(n)}`, address, active: true }),
  change: { active: false, address: { ...address, city: 'Shelbyville', addition: 'Back door' } },
  otherChange: { name: 'Renamed' },
  invalid: [
    ['code', long(17)],
    ['address', 'Main Street'],
    ['address', { ...address, countryCode: 'DEU' }],
    ['address', { ...address, surprise: 1 }],
    ['active', 'yes'],
  ],
  required: ['code', 'name', 'address'],
  forbidden: generated,
  text: 'name',
  unique: ['code'],
  textFilter: 'code',
  typedFilter: ['active', 'true', 'maybe'],
  sorts: ['createdAt', 'code'],
});

const coupon = resource({
  name: 'Coupon',
  path: '/v1/coupons',
  body: (n) => ({
    code: `C-${numbered(n)}`,
    percent: 10,
    amount: '12.5',
    usageLimit: 3,
    validFrom: now,
    validUntil: null,
  }),
  change: { percent: null, validUntil: '2027-01-01T00:00:00.000Z' },
  otherChange: { amount: null, usageLimit: 5 },
  invalid: [
    ['code', long(41)],
    ['percent', 40_000],
    ['amount', '1.234'],
    ['amount', '12345678901.00'],
    ['usageLimit', '3'],
    ['validFrom', 'soon'],
  ],
  required: ['code', 'validFrom'],
  forbidden: generated,
  sorts: ['createdAt'],
});

const product = resource({
  name: 'Product',
  path: '/v1/products',
  body: async (n, parent) => ({
    name: `Product ${numbered(n)}`,
    slug: `product-${numbered(n)}`,
    description: null,
    status: 'draft',
    tags: ['new', `it's "quoted", {braced}`],
    brandId: id(await parent('Brand')),
  }),
  change: { status: 'active', tags: [] },
  otherChange: { brandId: null },
  invalid: [
    ['name', long(201)],
    ['status', 'lost'],
    ['tags', 'new'],
    ['tags', [1]],
    ['brandId', 'nobody'],
  ],
  required: ['name', 'slug'],
  forbidden: [...softDeleted, ['brand', { id: missing }], ['variants', []]],
  text: 'description',
  unique: ['slug'],
  reference: ['brandId', missing],
  textFilter: 'slug',
  typedFilter: ['status', 'draft', 'lost'],
  sorts: ['createdAt', 'slug'],
  include: ['variants', 1],
  isSoftDeleted: true,
});

const productVariant = resource({
  name: 'ProductVariant',
  path: '/v1/product-variants',
  body: async (n, parent) => ({
    sku: `SKU-${numbered(n)}`,
    gtin: null,
    title: `Variant ${numbered(n)}`,
    attributes: { colour: 'green' },
    weightGrams: 100,
    price: euros('19.99'),
    productId: id(await parent('Product')),
  }),
  change: { price: euros('5.05'), attributes: {} },
  otherChange: { weightGrams: 7 },
  invalid: [
    ['price', '19.99'],
    ['price', { amount: '1.234', currency: 'EUR' }],
    ['price', { amount: '1', currency: 'EURO' }],
    ['weightGrams', 1.5],
    ['productId', 'none'],
  ],
  checked: [['weightGrams', -1]],
  required: ['sku', 'title', 'price', 'productId'],
  forbidden: softDeleted,
  text: 'title',
  unique: ['sku'],
  reference: ['productId', missing],
  textFilter: 'sku',
  sorts: ['createdAt', 'sku'],
  include: ['product', 0],
  isSoftDeleted: true,
});

const stockLevel = resource({
  name: 'StockLevel',
  path: '/v1/stock-levels',
  key: ['warehouseId', 'variantId'],
  unknownKey: `${missing}/${missing}`,
  malformedKey: `${missing}/none`,
  body: async (n, parent) => ({
    warehouseId: id(await parent('Warehouse')),
    variantId: id(await parent('ProductVariant', n)),
    onHand: 5,
    reserved: 0,
    reorderPoint: 1,
  }),
  change: { onHand: 6 },
  otherChange: { reserved: 2 },
  invalid: [
    ['onHand', 3_000_000_000],
    ['onHand', 'five'],
  ],
  checked: [['reserved', -1]],
  required: ['warehouseId', 'variantId'],
  forbidden: [['updatedAt', now]],
  unique: ['warehouseId', 'variantId'],
  reference: ['variantId', missing],
  typedFilter: ['warehouseId', '', 'none'],
  include: ['warehouse', 0],
});

const order = resource({
  name: 'Order',
  path: '/v1/orders',
  body: async (n, parent) => ({
    number: `2026-${numbered(n)}`,
    customerId: id(await parent('Customer')),
    status: 'pending',
    total: euros('105.1'),
    shippingCost: euros('4.9'),
    billing: address,
    delivery: { ...address, addition: 'c/o' },
    placedAt: now,
    note: null,
  }),
  change: { status: 'paid', total: euros('106') },
  invalid: [
    ['number', long(17)],
    ['status', 'lost'],
    ['total', { amount: 'ten', currency: 'EUR' }],
    ['customerId', 'nobody'],
    ['placedAt', 'soon'],
  ],
  required: ['number', 'customerId', 'total', 'billing', 'delivery', 'placedAt'],
  forbidden: [...generated, ['version', 3]],
  hidden: ['passwordHash', 'password_hash'],
  text: 'note',
  unique: ['number'],
  reference: ['customerId', missing],
  textFilter: 'number',
  typedFilter: ['status', 'pending', 'lost'],
  sorts: ['placedAt', 'createdAt', 'number'],
  include: ['customer', 0],
  isVersioned: true,
});

const review = resource({
  name: 'Review',
  path: '/v1/reviews',
  body: async (n, parent) => ({
    productId: id(await parent('Product')),
    customerId: id(await parent('Customer')),
    rating: 1 + (n % 5),
    title: `Review ${numbered(n)}`,
    body: 'Works as described.',
    published: false,
  }),
  change: { published: true, title: 'Changed my mind' },
  otherChange: { customerId: null },
  invalid: [
    ['rating', 2.5],
    ['title', long(141)],
    ['productId', 'none'],
  ],
  checked: [['rating', 6]],
  required: ['productId', 'rating', 'title', 'body'],
  forbidden: softDeleted,
  hidden: ['passwordHash'],
  text: 'body',
  reference: ['productId', missing],
  typedFilter: ['published', 'false', 'maybe'],
  sorts: ['createdAt'],
  include: ['customer', 0],
  isSoftDeleted: true,
});

/** Those whose layers are new beside the shop's own services and controllers. */
export const shop: readonly Resource[] = [brand, warehouse];

/** The entities alone: nothing stands in the way of any layer. */
export const bareShop: readonly Resource[] = [
  brand,
  warehouse,
  coupon,
  product,
  productVariant,
  stockLevel,
  order,
  review,
];
