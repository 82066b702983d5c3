/** Reads MikroORM's entities, settings and queries out of TypeScript and JavaScript. */
import type { Fragment, ReadResult, Reader, SourceFile } from '../reader.ts';
import { emptyFacts } from '../shared/emptyFacts.ts';
import { syntaxProblems } from '../shared/syntaxProblem.ts';
import { constantPlaces } from '../shared/typescript/constantPlaces.ts';
import { readFacts } from '../shared/typescript/facts.ts';
import { readDeclarations } from '../shared/typescript/readDeclarations.ts';
import { readDataSources, usesTsMorph } from './dataSources.ts';
import { detect, holdsMikroOrm, holdsQueries, part } from './detect.ts';
import { link } from './link.ts';
import type { MikroOrmMappings } from './model.ts';
import { readQueries } from './queries.ts';

export const mikroOrmReader: Reader<MikroOrmMappings> = {
  id: 'mikro-orm',
  version: 7,
  detect,
  part,
  read,
  link,
  modules,
};

function read(file: SourceFile): ReadResult<MikroOrmMappings> {
  const { path, text } = file;
  const own = holdsMikroOrm(text);
  const facts = holdsQueries(text) ? readQueries(file, readFacts(file, true)) : emptyFacts(path);
  return {
    fragment: {
      reader: 'mikro-orm',
      file: path,
      mappings: {
        declarations: readDeclarations(file, true),
        places: own ? constantPlaces(file) : {},
        entities: own,
        tsMorph: own && usesTsMorph(text),
      },
      facts: own ? { ...facts, dataSources: readDataSources(file) } : facts,
    },
    problems: own ? syntaxProblems(file) : [],
  };
}

function modules({ mappings }: Fragment<MikroOrmMappings>): readonly string[] {
  const { imports, exports } = mappings.declarations;
  return [...imports, ...exports].flatMap(({ module }) => module ?? []);
}
