/** Peewee itself: its schema manager needs no connection. */
import { peeweeReader } from '../../../src/core/readers/peewee/reader.ts';
import { pythonOracle } from './pythonScripts.ts';

/** Fields of the special cases are PostgreSQL's. */
export const peeweeOracle = pythonOracle('Peewee', 'peewee', peeweeReader, false);
