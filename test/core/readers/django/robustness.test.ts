import { fileURLToPath } from 'node:url';
import { djangoReader } from '../../../../src/core/readers/django/reader.ts';
import { describeBrokenInput } from '../../../support/pythonReaderTests.ts';
import { pythonFiles } from '../../../support/readPython.ts';

const fixtures = fileURLToPath(new URL('../../../conformance/fixtures', import.meta.url));

describeBrokenInput('Django', djangoReader, pythonFiles(`${fixtures}/django`));
