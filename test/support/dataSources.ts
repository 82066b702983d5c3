/** Data sources for tests, with only what the test is about stated. */
import type { DataSource } from '../../src/core/schema/code.ts';

export function aDataSource(file: string, stated: Partial<DataSource> = {}): DataSource {
  return {
    dialect: null,
    synchronize: null,
    migrationsRun: null,
    dropSchema: null,
    tls: null,
    poolSize: null,
    timeoutMs: null,
    passwordInFile: false,
    namingStrategy: null,
    entityPrefix: null,
    namespace: null,
    entities: [],
    migrations: [],
    at: { file, line: 1, column: 1, endLine: 1, endColumn: 1 },
    ...stated,
  };
}
