import { fileURLToPath } from 'node:url';
import { djangoReader } from '../../../../src/core/readers/django/reader.ts';
import { describeBrokenInput } from '../../../support/pythonReaderTests.ts';
import { pythonFiles } from '../../../support/readPython.ts';

const fixtures = fileURLToPath(new URL('../../../conformance/fixtures/django-migrations', import.meta.url));
/** Without the models, which have a test of their own. */
const files = pythonFiles(fixtures).filter(([path]) => /(?:settings|\/\d\w+)\.py$/.test(path));

describeBrokenInput('Migrations of Django', djangoReader, files, 'migrations');
