import type { Generator } from './generator.ts';

/** All generators; the first that matches a profile serves it. */
export const generators: readonly Generator[] = [];
