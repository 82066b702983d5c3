export enum OrderStatus {
  Pending = 'pending',
  Paid = 'paid',
  Packed = 'packed',
  Shipped = 'shipped',
  Completed = 'completed',
  Cancelled = 'cancelled',
}
