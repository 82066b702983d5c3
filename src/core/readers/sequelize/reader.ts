/** Reads Sequelize models (`define`, `init`, sequelize-typescript, decorators of version 7), associations, queries and settings. */
import type { FileFacts } from '../../schema/code.ts';
import { languageOf } from '../../syntax/syntax.ts';
import { emptyFacts } from '../shared/emptyFacts.ts';
import { syntaxProblems } from '../shared/syntaxProblem.ts';
import { leavesFacts, readFacts } from '../shared/typescript/facts.ts';
import type { Fragment, Part, ReadResult, Reader, SourceFile } from '../reader.ts';
import { readMappings } from './declarations.ts';
import { readDataSources } from './dataSources.ts';
import { detect, relevanceOf } from './detect.ts';
import { link } from './link.ts';
import type { Mappings } from './model.ts';
import { readQueries } from './queries.ts';

export const sequelizeReader: Reader<Mappings> = { id: 'sequelize', version: 5, detect, part, read, link, modules };

function part(path: string, text: string): Part {
  const relevance = relevanceOf(path, text);
  if (relevance === 'sequelize') return 'asks';
  if (relevance === 'declarations') return 'waits';
  // Of plain JavaScript this reader tells the functions and endpoints as well, whosever they are.
  return relevance === 'queries' && languageOf(path) === 'typescript' ? 'joins' : 'stands';
}

function read(file: SourceFile): ReadResult<Mappings> {
  const relevance = relevanceOf(file.path, file.text);
  const fragment: Fragment<Mappings> = {
    reader: 'sequelize',
    file: file.path,
    mappings: readMappings(file, relevance === 'sequelize' || relevance === 'queries'),
    facts: relevance === 'declarations' ? emptyFacts(file.path) : factsOf(file, relevance !== 'code'),
  };
  return { fragment, problems: relevance === 'sequelize' ? syntaxProblems(file) : [] };
}

function factsOf(file: SourceFile, hasQueries: boolean): FileFacts {
  const facts = readFacts(file, hasQueries || leavesFacts(file.path, file.text));
  return hasQueries ? { ...readQueries(file, facts), dataSources: readDataSources(file) } : facts;
}

function modules({ mappings }: Fragment<Mappings>): readonly string[] {
  const { imports, exports } = mappings.declarations;
  return [...imports, ...exports, ...mappings.aliases].flatMap(({ module }) => module ?? []);
}
