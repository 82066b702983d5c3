import type { DataSource } from '../../schema/code.ts';
import type { SourceFile } from '../reader.ts';

/** Connection settings that a file states: `new DataSource({…})`, `TypeOrmModule.forRoot({…})`, `ormconfig.json`… */
export function readDataSources(_file: SourceFile): readonly DataSource[] {
  return [];
}
