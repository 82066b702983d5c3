/** Reads a set of texts with the Drizzle reader as the workspace does, without a workspace. */
import type { Fragment, LinkResult } from '../../../../src/core/readers/reader.ts';
import { drizzleReader } from '../../../../src/core/readers/drizzle/reader.ts';
import type { DrizzleMappings } from '../../../../src/core/readers/drizzle/model.ts';
import { createResolver } from '../../../../src/core/readers/shared/moduleResolution.ts';
import type { Dialect } from '../../../../src/core/schema/model.ts';
import { languageOf } from '../../../../src/core/syntax/syntax.ts';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import { sourceFile } from '../../../../src/core/workspace/fileState.ts';

export function readDrizzle(
  files: Readonly<Record<string, string>>,
  syntax: Syntax,
  dialect: Dialect | null = null,
): LinkResult {
  const fragments = Object.entries(files)
    .filter(([path, text]) => drizzleReader.detect(path, text))
    .map(([path, text]): Fragment<DrizzleMappings> => {
      const parsed = syntax.parse(languageOf(path) ?? 'typescript', text);
      const { fragment } = drizzleReader.read(sourceFile(path, text, () => parsed));
      parsed.dispose();
      // Through JSON, as the cache on disk keeps it.
      return JSON.parse(JSON.stringify(fragment)) as typeof fragment;
    });
  const resolve = createResolver({ files: new Set(Object.keys(files)), tsconfigs: [], packages: [] });
  return drizzleReader.link(fragments, {
    root: '',
    dialect,
    dataSources: fragments.flatMap(({ facts }) => facts.dataSources),
    resolve,
  });
}
