/** Transactions that are tried again. */
import type { Imports } from '../../shared/imports.ts';
import type { ProjectPlan } from '../../shared/project.ts';

export function transactionText({ dialect }: ProjectPlan, imports: Imports): string {
  imports.use('typeorm', 'QueryFailedError');
  imports.useType('typeorm', 'DataSource', 'EntityManager');
  imports.use('node:timers/promises', 'setTimeout as delay');
  const levels =
    dialect === 'sqlite'
      ? `'READ UNCOMMITTED' | 'SERIALIZABLE'`
      : `'READ COMMITTED' | 'REPEATABLE READ' | 'SERIALIZABLE'`;
  return `export type IsolationLevel = ${levels};

const maxAttempts = 3;

/** Serialization failures, deadlocks and busy databases, as PostgreSQL, MySQL and SQLite call them. */
const transient = ['40001', '40P01', 'ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'SQLITE_BUSY'];

/** Runs the work in a transaction of its own, and once more where it got in the way of another one. */
export async function runInTransaction<T>(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<T>,
  isolation?: IsolationLevel,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await (isolation ? dataSource.transaction(isolation, work) : dataSource.transaction(work));
    } catch (error) {
      if (attempt === maxAttempts || !isTransient(error)) {
        throw error;
      }
      await delay(2 ** attempt * 10 * Math.random());
    }
  }
}

function isTransient(error: unknown): boolean {
  if (!(error instanceof QueryFailedError)) {
    return false;
  }
  const { code } = error.driverError as { code?: string };
  return code !== undefined && transient.includes(code);
}
`;
}
