/** Tortoise itself: its schema generators need no server. */
import { tortoiseReader } from '../../../src/core/readers/tortoise/reader.ts';
import { pythonOracle } from './pythonScripts.ts';

/** Indexes of the special cases are PostgreSQL's. */
export const tortoiseOracle = pythonOracle('Tortoise', 'tortoise', tortoiseReader, false);
