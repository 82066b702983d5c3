import { expressTypeorm } from './express/generator.ts';
import type { Generator } from './generator.ts';
import { nestjsTypeorm } from './nestjs/generator.ts';

/** All generators; the first that matches a profile serves it. */
export const generators: readonly Generator[] = [nestjsTypeorm, expressTypeorm];
