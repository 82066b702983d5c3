import { liquibaseReader } from '../../../../src/core/readers/liquibase/reader.ts';
import { changeLogs } from '../../../conformance/oracles/liquibase.ts';
import { brokenReaderTests } from '../../../support/brokenReaderTests.ts';
import { loadSyntax } from '../typeorm/read.ts';

brokenReaderTests({ name: 'Liquibase', reader: liquibaseReader, loadSyntax, groups: [changeLogs()] });
