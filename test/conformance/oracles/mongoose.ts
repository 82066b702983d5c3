/** Mongoose itself, with `@nestjs/mongoose` and Typegoose: models are loaded without a connection and asked for their paths and indexes. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mongooseReader } from '../../../src/core/readers/mongoose/reader.ts';
import { describeModels } from '../../core/readers/mongoose/oracle.ts';
import { loadSyntax } from '../../core/readers/typeorm/read.ts';
import { readTextsOf } from '../../support/compileFolder.ts';
import { readTexts } from '../../support/readTexts.ts';
import { describeModel } from '../described.ts';
import type { Described } from '../described.ts';
import type { Case, Oracle } from '../oracle.ts';
import type { Table } from '../../../src/core/schema/model.ts';

const domain = fileURLToPath(new URL('../fixtures/domain/mongoose', import.meta.url));
const fixtures = fileURLToPath(new URL('../fixtures/mongoose', import.meta.url));

export const mongooseOracle: Oracle = {
  orm: 'Mongoose',
  unavailable: () => Promise.resolve(null),
  async cases() {
    const syntax = await loadSyntax();
    const folders = [
      { name: 'domain', folder: domain },
      ...readdirSync(fixtures)
        .sort()
        .map((name) => ({ name, folder: join(fixtures, name) })),
    ];
    return folders.map(({ name, folder }): Case => ({
      name,
      kind: name === 'domain' ? 'domain' : 'special',
      source: 'paths, references and indexes of Mongoose 9',
      expected: describeModels(folder),
      actual: describeCollections(
        readTexts(mongooseReader, readTextsOf(folder), syntax).link({ dialect: 'mongodb' }).tables,
      ),
    }));
  },
};

/** MongoDB checks neither references nor enumerations; what the schema says of references is compared all the same. */
function describeCollections(tables: readonly Table[]): Described {
  const enforced = tables.map((table) => ({
    ...table,
    foreignKeys: table.foreignKeys.map((key) => ({ ...key, enforced: true })),
  }));
  return describeModel(enforced, [], { enums: false, typeOf: ({ type }) => (type === 'enum' ? 'string' : type) });
}
