/** Written questions, with the tables that whoever answers them must have seen. */
export interface Question {
  readonly text: string;
  /** Physical names. */
  readonly tables: readonly string[];
}

/** About the example shop (27 tables). Plain words, synonyms and names as people use them; few name the tables. */
export const shopQuestions: readonly Question[] = [
  { text: 'How do orders and payments hang together?', tables: ['orders', 'payments'] },
  { text: 'Which customers have never bought anything?', tables: ['customers', 'orders'] },
  { text: 'Where do we keep what is left in each warehouse?', tables: ['stock_levels', 'warehouses'] },
  { text: 'How can we oversell a variant?', tables: ['stock_levels', 'product_variants'] },
  { text: 'Who changed the status of an order, and when?', tables: ['order_status_changes', 'orders'] },
  { text: 'Which vouchers were used on an order?', tables: ['coupon_redemptions', 'coupons', 'orders'] },
  { text: 'How are products sorted into categories?', tables: ['products', 'categories', 'product_categories'] },
  { text: 'Is the category tree deep?', tables: ['categories', 'categories_closure'] },
  { text: 'What does the basket of a shopper hold?', tables: ['carts', 'cart_items'] },
  { text: 'Add a gift message to each line of an order', tables: ['order_lines'] },
  { text: 'Which personal data do we have of customers?', tables: ['customers', 'customer_addresses'] },
  { text: 'Can a refund be larger than what was paid?', tables: ['refunds', 'payments'] },
  { text: 'Why is the list of reviews for a product slow?', tables: ['reviews', 'products'] },
  { text: 'How is the price for business customers found?', tables: ['price_tiers', 'product_variants'] },
  { text: 'Which parcels are still under way?', tables: ['shipments'] },
  { text: 'Where are the pictures of a product?', tables: ['product_images', 'products'] },
  { text: 'daily revenue report', tables: ['daily_sales'] },
  { text: 'What ends up in the audit trail?', tables: ['audit_entries'] },
  { text: 'saved cards of a customer', tables: ['payment_methods', 'customers'] },
  { text: 'Write the repository for StockMovement', tables: ['stock_movements', 'stock_levels'] },
  { text: 'OrderLine needs an index on variant_id', tables: ['order_lines', 'product_variants'] },
  { text: 'Which manufacturers have no products?', tables: ['brands', 'products'] },
  { text: 'shipping addresses', tables: ['customer_addresses'] },
  { text: 'What happens to the lines when an order is deleted?', tables: ['orders', 'order_lines'] },
  { text: 'Which columns hold the money of an order?', tables: ['orders'] },
  { text: 'Explain the reserved and on hand quantities', tables: ['stock_levels'] },
  { text: 'Do we store card numbers?', tables: ['payment_methods'] },
  { text: 'Average star rating per brand', tables: ['reviews', 'products', 'brands'] },
  { text: 'Which sku is in which cart?', tables: ['product_variants', 'cart_items'] },
  {
    text: 'How often was a coupon redeemed by the same customer?',
    tables: ['coupon_redemptions', 'coupons', 'customers'],
  },
];

/** In a workspace of 1,000 tables: the shop's among 973 generated ones that are called alike (`order_40`, `customer_41`). */
export const haystackQuestions: readonly Question[] = [
  { text: 'What does shipment_234 refer to?', tables: ['shipment_234', 'payment_233', 'address_78'] },
  { text: 'Which index does the table invoice_405 need?', tables: ['invoice_405', 'shipment_404'] },
  { text: 'Explain Ticket909 and what it belongs to', tables: ['ticket_909', 'address_908'] },
  { text: 'Why is Customer501Service.search slow?', tables: ['customer_501'] },
  { text: 'Add a column to product_712 and to order_710', tables: ['product_712', 'order_710'] },
  { text: 'Is review_96 joined with coupon_97?', tables: ['review_96', 'coupon_97'] },
  { text: 'what is payment_333', tables: ['payment_333'] },
  { text: 'DTOs for Address848', tables: ['address_848'] },
  { text: 'Which stock levels are below their reorder point?', tables: ['stock_levels'] },
  { text: 'Where do we keep what is left in each warehouse?', tables: ['stock_levels', 'warehouses'] },
  { text: 'Which vouchers were redeemed? See coupon_redemptions', tables: ['coupon_redemptions', 'coupons'] },
  { text: 'What does the basket hold?', tables: ['carts', 'cart_items'] },
  { text: 'How is the category tree stored?', tables: ['categories', 'categories_closure'] },
  { text: 'Which brands have no products?', tables: ['brands', 'products'] },
  { text: 'Who changed the status of an order? order_status_changes', tables: ['order_status_changes', 'orders'] },
  { text: 'Where are the images of a product?', tables: ['product_images', 'products'] },
  { text: 'What is written to the audit entries?', tables: ['audit_entries'] },
  { text: 'Can a refund be larger than its payment?', tables: ['refunds', 'payments'] },
  { text: 'price tiers of a variant', tables: ['price_tiers', 'product_variants'] },
  { text: 'Which customers saved which payment methods?', tables: ['payment_methods', 'customers'] },
];
