/** Writes a change of code by the writer of the ORM that the code uses. */
import type { SourceFile } from '../readers/reader.ts';
import type { CodeChange } from '../schema/codeChange.ts';
import { bindValues } from './bindValues.ts';
import type { CodeWriters } from './codeWriter.ts';
import { djangoQueries } from './django/queries.ts';
import { drizzleQueries } from './drizzle/queries.ts';
import { efcoreQueries } from './efcore/queries.ts';
import { jpaQueries } from './jpa/queries.ts';
import { mikroOrmQueries } from './mikro-orm/queries.ts';
import { mongooseQueries } from './mongoose/queries.ts';
import { prismaQueries } from './prisma/queries.ts';
import { sequelizeQueries } from './sequelize/queries.ts';
import { sqlalchemyQueries } from './sqlalchemy/queries.ts';
import { typeormQueries } from './typeorm/queries.ts';
import { setConnection } from './setConnection.ts';
import { refuse } from './shared/refusals.ts';
import type { WriteResult } from './writer.ts';

/** By the id of the reader. */
const byOrm: Readonly<Record<string, CodeWriters>> = {
  django: djangoQueries,
  drizzle: drizzleQueries,
  efcore: efcoreQueries,
  jpa: jpaQueries,
  'mikro-orm': mikroOrmQueries,
  mongoose: mongooseQueries,
  prisma: prismaQueries,
  sequelize: sequelizeQueries,
  sqlalchemy: sqlalchemyQueries,
  typeorm: typeormQueries,
};

/** @param file that of the change, `change.at.file` */
export function writeCode(change: CodeChange, file: SourceFile): WriteResult {
  if (change.kind === 'bindValues') return bindValues(change, file);
  if (change.kind === 'setConnection') return setConnection(change, file);
  const writers: CodeWriters = byOrm[change.orm] ?? {};
  // Each kind has a writer for its own changes; the compiler cannot tell which of the union goes with which.
  const write = writers[change.kind] as ((change: CodeChange, file: SourceFile) => WriteResult) | undefined;
  return write?.(change, file) ?? refuse('This is not written into the source yet; make the change by hand.');
}
