/** Writing rows: in bulk, conditionally, softly. */
import type { Imports } from '../../shared/imports.ts';
import type { ProjectPlan } from '../../shared/project.ts';
import { supportPath } from './paths.ts';

export function writesText(project: ProjectPlan, imports: Imports): string {
  imports.use('typeorm', 'IsNull');
  imports.useType('typeorm', 'FindOptionsWhere', 'ObjectLiteral', 'Repository');
  imports.useFile(supportPath(project, 'errors'), 'NotFoundError', 'StaleVersionError');
  imports.useFile(supportPath(project, 'driverErrors'), 'inDomainTerms');
  return `/** What one statement takes: more rows are written by several. */
const maxParameters = ${maxParameters(project)};

type Values<Row extends ObjectLiteral> = Parameters<Repository<Row>['update']>[1];

export async function insertRows<Row extends ObjectLiteral>(rows: Repository<Row>, values: Row[]): Promise<void> {
  for (const chunk of chunksOf(rows, values)) {
    await inDomainTerms(rows.metadata, () => rows.insert(chunk));
  }
}

/** Inserts rows, or updates those that the unique key is taken by. */
export async function upsertRows<Row extends ObjectLiteral>(
  rows: Repository<Row>,
  values: object[],
  conflictPaths: string[],
): Promise<void> {
  for (const chunk of chunksOf(rows, values)) {
    await inDomainTerms(rows.metadata, () => rows.upsert(chunk as Values<Row>[], conflictPaths));
  }
}

/** One statement, so nothing can come between the check of the version and the change. */
export async function updateRow<Row extends ObjectLiteral>(
  rows: Repository<Row>,
  key: FindOptionsWhere<Row>,
  changes: object,
  expectedVersion?: number,
): Promise<void> {
  const where = livingRow(rows, key, expectedVersion);
  const isChanged = Object.values(changes).some((value) => value !== undefined);
  const isFound = isChanged
    ? (await inDomainTerms(rows.metadata, () => rows.update(where, changes as Values<Row>))).affected !== 0
    : await rows.existsBy(where);
  if (!isFound) {
    throw await reasonOfMiss(rows, key, expectedVersion);
  }
}

/** Marks the row as deleted where the entity has a column for that. */
export async function removeRow<Row extends ObjectLiteral>(
  rows: Repository<Row>,
  key: FindOptionsWhere<Row>,
  expectedVersion?: number,
): Promise<void> {
  const where = livingRow(rows, key, expectedVersion);
  const { affected } = await inDomainTerms(rows.metadata, () =>
    rows.metadata.deleteDateColumn ? rows.softDelete(where) : rows.delete(where),
  );
  if (affected === 0) {
    throw await reasonOfMiss(rows, key, expectedVersion);
  }
}

export async function restoreRow<Row extends ObjectLiteral>(
  rows: Repository<Row>,
  key: FindOptionsWhere<Row>,
): Promise<void> {
  const { affected } = await inDomainTerms(rows.metadata, () => rows.restore(key));
  if (affected === 0) {
    throw await reasonOfMiss(rows, key);
  }
}

function livingRow<Row extends ObjectLiteral>(
  { metadata }: Repository<Row>,
  key: FindOptionsWhere<Row>,
  expectedVersion: number | undefined,
): FindOptionsWhere<Row> {
  const { deleteDateColumn, versionColumn } = metadata;
  return {
    ...key,
    ...(deleteDateColumn && { [deleteDateColumn.propertyName]: IsNull() }),
    ...(versionColumn && expectedVersion !== undefined && { [versionColumn.propertyName]: expectedVersion }),
  };
}

async function reasonOfMiss<Row extends ObjectLiteral>(
  rows: Repository<Row>,
  key: FindOptionsWhere<Row>,
  expectedVersion?: number,
): Promise<Error> {
  const id = Object.values(key).join('/');
  const isStale = expectedVersion !== undefined && (await rows.existsBy(key));
  return isStale ? new StaleVersionError(rows.metadata.name, id) : new NotFoundError(rows.metadata.name, id);
}

function* chunksOf<Row extends ObjectLiteral, Value>({ metadata }: Repository<Row>, values: Value[]): Generator<Value[]> {
  const size = Math.floor(maxParameters / metadata.columns.length);
  for (let start = 0; start < values.length; start += size) {
    yield values.slice(start, start + size);
  }
}
`;
}

/** Statement parameters an engine takes at most, and so rows × columns of one INSERT. */
function maxParameters({ dialect }: ProjectPlan): string {
  // https://www.sqlite.org/limits.html (SQLITE_MAX_VARIABLE_NUMBER since 3.32); PostgreSQL and MySQL count them in 16 bits.
  return dialect === 'sqlite' || dialect === null ? '32_766' : dialect === 'mssql' ? '2_100' : '65_535';
}
