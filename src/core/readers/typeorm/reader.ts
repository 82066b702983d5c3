/** Reads TypeORM entities, queries and settings out of TypeScript and JavaScript. */
import type { FileFacts } from '../../schema/code.ts';
import type { Fragment, ReadResult, Reader, SourceFile } from '../reader.ts';
import type { Declarations } from '../shared/typescript/declarations.ts';
import { syntaxProblems } from '../shared/syntaxProblem.ts';
import { emptyFacts, readFacts } from '../shared/typescript/facts.ts';
import { readDeclarations } from '../shared/typescript/readDeclarations.ts';
import { readDataSources } from './dataSources.ts';
import { detect, relevanceOf } from './detect.ts';
import { link } from './link.ts';
import { readQueries } from './queries.ts';

export const typeormReader: Reader<Declarations> = { id: 'typeorm', version: 3, detect, read, link, modules };

function read(file: SourceFile): ReadResult<Declarations> {
  const relevance = relevanceOf(file.path, file.text);
  const fragment: Fragment<Declarations> = {
    reader: 'typeorm',
    file: file.path,
    mappings: readDeclarations(file),
    // Nothing but declarations was found in it, so there is no need to look for facts again.
    facts: relevance === 'declarations' ? emptyFacts(file.path) : factsOf(file),
  };
  // In other files an error is the editor's business: nothing of ours is lost there.
  return { fragment, problems: relevance === 'typeorm' ? syntaxProblems(file) : [] };
}

function factsOf(file: SourceFile): FileFacts {
  return { ...readQueries(file, readFacts(file)), dataSources: readDataSources(file) };
}

function modules({ mappings }: Fragment<Declarations>): readonly string[] {
  return [...mappings.imports, ...mappings.exports].flatMap(({ module }) => module ?? []);
}
