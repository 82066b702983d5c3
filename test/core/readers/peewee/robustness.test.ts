import { fileURLToPath } from 'node:url';
import { peeweeReader } from '../../../../src/core/readers/peewee/reader.ts';
import { describeBrokenInput } from '../../../support/pythonReaderTests.ts';
import { pythonFiles } from '../../../support/readPython.ts';

const fixtures = fileURLToPath(new URL('../../../conformance/fixtures', import.meta.url));

describeBrokenInput('Peewee', peeweeReader, pythonFiles(`${fixtures}/peewee`));
