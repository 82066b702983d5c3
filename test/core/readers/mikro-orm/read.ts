/** Reads a set of texts with the MikroORM reader as the workspace does, without a workspace. */
import { mikroOrmReader } from '../../../../src/core/readers/mikro-orm/reader.ts';
import type { LinkContext, LinkResult } from '../../../../src/core/readers/reader.ts';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import { readTexts } from '../../../support/readTexts.ts';

export function readMikroOrm(
  files: Readonly<Record<string, string>>,
  syntax: Syntax,
  context: Partial<LinkContext> = {},
): LinkResult {
  return readTexts(mikroOrmReader, new Map(Object.entries(files)), syntax).link(context);
}
