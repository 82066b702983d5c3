import type { Domain } from './domain.ts';

export const hospitality: Domain = {
  id: 'hospitality',
  label: 'hospitality',
  names: ['hospitality', 'hotel', 'travel booking', 'booking platform', 'restaurant', 'airline'],
  words: ['reservation', 'booking', 'guest', 'room', 'availability', 'itinerary', 'check-in', 'table booking'],
};
