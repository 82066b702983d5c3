import type { Domain } from './domain.ts';

export const internetOfThings: Domain = {
  id: 'internet-of-things',
  label: 'Internet of Things',
  names: ['iot', 'internet of things', 'telemetry platform', 'smart home', 'industrial automation'],
  words: ['device', 'sensor', 'telemetry', 'firmware', 'gateway', 'measurement', 'mqtt', 'time series'],
};
