import type { Domain } from './domain.ts';

export const logistics: Domain = {
  id: 'logistics',
  label: 'logistics',
  names: ['logistics', 'supply chain', 'freight', 'fleet management', 'warehouse management', 'last-mile delivery'],
  words: ['shipment', 'warehouse', 'carrier', 'route', 'parcel', 'tracking number', 'pallet', 'dispatch', 'driver'],
};
