import { fileURLToPath } from 'node:url';
import { sqlalchemyReader } from '../../../../src/core/readers/sqlalchemy/reader.ts';
import { describeBrokenInput } from '../../../support/pythonReaderTests.ts';
import { pythonFiles } from '../../../support/readPython.ts';

const fixtures = fileURLToPath(new URL('../../../conformance/fixtures/alembic', import.meta.url));

describeBrokenInput(
  'Alembic',
  sqlalchemyReader,
  pythonFiles(fixtures).filter(([path]) => path.startsWith('versions/')),
  'migrations',
);
