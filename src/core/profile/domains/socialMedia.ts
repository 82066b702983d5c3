import type { Domain } from './domain.ts';

export const socialMedia: Domain = {
  id: 'social-media',
  label: 'social media',
  names: ['social network', 'social media', 'community platform', 'dating app', 'chat app', 'messaging app'],
  words: ['follower', 'post', 'comment', 'like', 'feed', 'friend', 'timeline', 'direct message', 'hashtag'],
};
