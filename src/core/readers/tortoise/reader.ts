/** Reads models of Tortoise, its settings, and its queries in Python. */
import type { FileFacts } from '../../schema/code.ts';
import type { Fragment, Part, ReadResult, Reader, SourceFile } from '../reader.ts';
import { emptyFacts } from '../shared/emptyFacts.ts';
import type { PyModule } from '../shared/python/declarations.ts';
import { modulesOfImports } from '../shared/python/declarations.ts';
import { mayHoldPythonFacts, readPythonFacts } from '../shared/python/facts.ts';
import { readModule } from '../shared/python/readModule.ts';
import { purposeOf } from '../../schema/filePurpose.ts';
import { syntaxProblems } from '../shared/syntaxProblem.ts';
import { readDataSources } from './dataSources.ts';
import { detect, isTortoise } from './detect.ts';
import { link } from './link.ts';
import { asksModels, mayHoldQueries, readQueries } from './queries.ts';

export const tortoiseReader: Reader<PyModule> = { id: 'tortoise', version: 8, detect, part, read, link, modules };

/** Files that do not speak of Tortoise only hold names that its models may use, unless they ask models for rows. */
function part(_path: string, text: string): Part {
  if (isTortoise(text)) return 'asks';
  return asksModels(text) ? 'joins' : 'waits';
}

function read(file: SourceFile): ReadResult<PyModule> {
  const fragment: Fragment<PyModule> = {
    reader: 'tortoise',
    file: file.path,
    mappings: readModule(file),
    facts: { ...factsOf(file), dataSources: readDataSources(file.text, file.lines) },
  };
  return { fragment, problems: isTortoise(file.text) ? syntaxProblems(file) : [] };
}

/** No application code is reached through a test, and what tests ask is not what makes an application slow. */
function factsOf(file: SourceFile): FileFacts {
  const asks = mayHoldQueries(file.text);
  if (purposeOf(file.path) === 'test' || !(asks || mayHoldPythonFacts(file.path, file.text)))
    return emptyFacts(file.path);
  const facts = readPythonFacts(file);
  return asks ? readQueries(file, facts) : facts;
}

function modules({ mappings }: Fragment<PyModule>): readonly string[] {
  return modulesOfImports(mappings.imports);
}
