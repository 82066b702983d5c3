/** Reads TypeORM entities, queries and settings out of TypeScript and JavaScript. */
import type { FileFacts } from '../../schema/code.ts';
import type { Fragment, Part, ReadResult, Reader, SourceFile } from '../reader.ts';
import type { Declarations } from '../shared/typescript/declarations.ts';
import { syntaxProblems } from '../shared/syntaxProblem.ts';
import { emptyFacts } from '../shared/emptyFacts.ts';
import { leavesFacts, readFacts } from '../shared/typescript/facts.ts';
import { readDeclarations } from '../shared/typescript/readDeclarations.ts';
import { mayHoldDataSources, readDataSources } from './dataSources.ts';
import { detect, mayHoldEntities, relevanceOf } from './detect.ts';
import { link } from './link.ts';
import { readMigration } from './migrationSteps.ts';
import { mayHoldQueries, readQueries } from './queries.ts';

export const typeormReader: Reader<Declarations> = { id: 'typeorm', version: 10, detect, part, read, link, modules };

function part(path: string, text: string): Part {
  if (mayHoldEntities(path, text)) return 'asks';
  if (relevanceOf(path, text) === 'declarations') return 'waits';
  return leavesFacts(path, text) || mayHoldQueries(text) || mayHoldDataSources(path, text) ? 'stands' : 'waits';
}

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
  const migration = readMigration(file);
  return {
    ...readQueries(file, readFacts(file)),
    dataSources: readDataSources(file),
    ...(migration ? { migration } : {}),
  };
}

function modules({ mappings }: Fragment<Declarations>): readonly string[] {
  return [...mappings.imports, ...mappings.exports].flatMap(({ module }) => module ?? []);
}
