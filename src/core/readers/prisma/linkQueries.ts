import type { FileFacts } from '../../schema/code.ts';
import type { LinkedSchema } from './link.ts';
export function linkQueries(files: readonly FileFacts[], _schemas: readonly LinkedSchema[]): readonly FileFacts[] {
  return files;
}
