/** Reads Drizzle's schemas, relations, settings and queries out of TypeScript and JavaScript. */
import type { Fragment, ReadResult, Reader, SourceFile } from '../reader.ts';
import { emptyFacts } from '../shared/emptyFacts.ts';
import { syntaxProblems } from '../shared/syntaxProblem.ts';
import { constantPlaces } from '../shared/typescript/constantPlaces.ts';
import { readFacts } from '../shared/typescript/facts.ts';
import { readDeclarations } from '../shared/typescript/readDeclarations.ts';
import { casingIn, readDataSources } from './dataSources.ts';
import { detect, holdsDrizzle, holdsQueries, holdsSchema, part } from './detect.ts';
import { link } from './link.ts';
import type { DrizzleMappings } from './model.ts';
import { readQueries } from './queries.ts';

export const drizzleReader: Reader<DrizzleMappings> = { id: 'drizzle', version: 5, detect, part, read, link, modules };

function read(file: SourceFile): ReadResult<DrizzleMappings> {
  const { path, text } = file;
  const own = holdsDrizzle(text);
  const schema = holdsSchema(text);
  const facts = holdsQueries(text) ? readQueries(file, readFacts(file, true)) : emptyFacts(path);
  return {
    fragment: {
      reader: 'drizzle',
      file: path,
      mappings: {
        declarations: readDeclarations(file, true),
        places: schema ? constantPlaces(file) : {},
        schema,
        casing: own ? casingIn(text) : null,
      },
      facts: own ? { ...facts, dataSources: readDataSources(file) } : facts,
    },
    problems: own && schema ? syntaxProblems(file) : [],
  };
}

function modules({ mappings }: Fragment<DrizzleMappings>): readonly string[] {
  const { imports, exports } = mappings.declarations;
  return [...imports, ...exports].flatMap(({ module }) => module ?? []);
}
