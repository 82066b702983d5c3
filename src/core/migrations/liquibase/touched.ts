/** Which tables a change log creates, with those it includes, whatever their conditions. */
import type { Dialect } from '../../schema/model.ts';
import { replayLogs } from './replay.ts';
import type { LogFile } from './files.ts';

/** Lower case. */
export function changesOf(
  root: LogFile,
  files: readonly LogFile[],
  dialect: Dialect,
): { readonly created: ReadonlySet<string> } {
  const { schema } = replayLogs([root], files, dialect);
  return { created: new Set(schema.tables.map(({ name }) => name.toLowerCase())) };
}
