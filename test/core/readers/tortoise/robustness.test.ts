import { fileURLToPath } from 'node:url';
import { tortoiseReader } from '../../../../src/core/readers/tortoise/reader.ts';
import { describeBrokenInput } from '../../../support/pythonReaderTests.ts';
import { pythonFiles } from '../../../support/readPython.ts';

const fixtures = fileURLToPath(new URL('../../../conformance/fixtures', import.meta.url));

describeBrokenInput('Tortoise', tortoiseReader, pythonFiles(`${fixtures}/tortoise`));
