export enum MovementKind {
  Receipt = 'receipt',
  Reservation = 'reservation',
  Release = 'release',
  Shipment = 'shipment',
  Correction = 'correction',
}
