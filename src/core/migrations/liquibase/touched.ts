/** Which tables a change log creates, with those it includes. */
import type { Dialect } from '../../schema/model.ts';
import { replayLogs } from './replay.ts';
import type { LogFile } from './files.ts';

/** Lower case. */
export function createdBy(root: LogFile, files: readonly LogFile[], dialect: Dialect): ReadonlySet<string> {
  const { schema } = replayLogs([root], files, dialect);
  return new Set(schema.tables.map(({ name }) => name.toLowerCase()));
}
