import type { Domain } from './domain.ts';

export const contentManagement: Domain = {
  id: 'content-management',
  label: 'content management',
  names: ['cms', 'content management', 'publishing platform', 'blog platform', 'news site', 'media library'],
  words: ['article', 'editor', 'revision', 'publication', 'tag', 'author', 'draft', 'translation'],
};
