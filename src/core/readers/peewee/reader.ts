/** Reads models of Peewee, its settings, and its queries in Python. */
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
import { detect, isPeewee } from './detect.ts';
import { link } from './link.ts';
import { mayBeMigration, withMigratedIndexes } from './migrations.ts';
import { asksModels, mayHoldQueries, readQueries } from './queries.ts';

export const peeweeReader: Reader<PyModule> = { id: 'peewee', version: 9, detect, part, read, link, modules };

/** Files that do not speak of Peewee only hold names that its models may use, unless they ask models for rows. */
function part(_path: string, text: string): Part {
  if (isPeewee(text)) return 'asks';
  return asksModels(text) ? 'joins' : 'waits';
}

function read(file: SourceFile): ReadResult<PyModule> {
  const fragment: Fragment<PyModule> = {
    reader: 'peewee',
    file: file.path,
    mappings: readModule(file),
    facts: { ...factsOf(file), dataSources: readDataSources(file.text, file.lines) },
  };
  return { fragment, problems: isPeewee(file.text) ? syntaxProblems(file) : [] };
}

/** No application code is reached through a test, and what tests ask is not what makes an application slow. */
function factsOf(file: SourceFile): FileFacts {
  const asks = mayHoldQueries(file.text);
  if (mayBeMigration(file.text)) return withMigratedIndexes(file, asks ? queriesOf(file) : emptyFacts(file.path));
  if (purposeOf(file.path) === 'test' || !(asks || mayHoldPythonFacts(file.path, file.text)))
    return emptyFacts(file.path);
  return asks ? queriesOf(file) : readPythonFacts(file);
}

function queriesOf(file: SourceFile): FileFacts {
  return readQueries(file, readPythonFacts(file));
}

function modules({ mappings }: Fragment<PyModule>): readonly string[] {
  return modulesOfImports(mappings.imports);
}
