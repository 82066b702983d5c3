import * as crypto from 'node:crypto';

/** Came with Node 20.12: half the time of a hash object, which thousands of small texts show. */
// eslint-disable-next-line n/no-unsupported-features/node-builtins -- Where it is missing, a hash object does.
const atOnce = crypto.hash as typeof crypto.hash | undefined;

/** Names a text. */
export function hashOf(text: string): string {
  return atOnce ? atOnce('sha256', text, 'base64url') : crypto.createHash('sha256').update(text).digest('base64url');
}
