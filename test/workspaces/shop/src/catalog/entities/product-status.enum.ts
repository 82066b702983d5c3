export enum ProductStatus {
  Draft = 'draft',
  Active = 'active',
  Discontinued = 'discontinued',
}
