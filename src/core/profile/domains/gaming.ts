import type { Domain } from './domain.ts';

export const gaming: Domain = {
  id: 'gaming',
  label: 'gaming',
  names: ['online game', 'video game', 'gaming platform', 'game backend'],
  words: ['player', 'match', 'leaderboard', 'guild', 'achievement', 'quest', 'loot'],
};
