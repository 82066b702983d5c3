export enum CustomerGroup {
  Retail = 'retail',
  Business = 'business',
  Wholesale = 'wholesale',
}
