/** Reads Django models, settings, and the queries of its managers in Python. */
import type { FileFacts } from '../../schema/code.ts';
import type { Fragment, Part, ReadResult, Reader, SourceFile } from '../reader.ts';
import { emptyFacts } from '../shared/emptyFacts.ts';
import { madeOn, readPythonFacts, mayHoldPythonFacts } from '../shared/python/facts.ts';
import { purposeOf } from '../../schema/filePurpose.ts';
import { modulesOfImports } from '../shared/python/declarations.ts';
import { readModule } from '../shared/python/readModule.ts';
import { syntaxProblems } from '../shared/syntaxProblem.ts';
import type { DjangoMappings } from './declarations.ts';
import { readDataSources } from './dataSources.ts';
import { detect, isDjango } from './detect.ts';
import { readFieldClasses } from './fieldClasses.ts';
import { link } from './link.ts';
import { mayHoldQueries, readQueries } from './queries.ts';
import { mayHoldSerializers, withSerializers } from './serializers.ts';

export const djangoReader: Reader<DjangoMappings> = {
  id: 'django',
  version: 10,
  replays: true,
  detect,
  part,
  read,
  link,
  modules,
};

/** Files that do not speak of Django only hold names that its models may use. */
function part(_path: string, text: string): Part {
  return isDjango(text) ? 'asks' : 'waits';
}

function read(file: SourceFile): ReadResult<DjangoMappings> {
  const module = readModule(file);
  const fragment: Fragment<DjangoMappings> = {
    reader: 'django',
    file: file.path,
    mappings: { module, fieldClasses: readFieldClasses(file.parsed().tree, file.text) },
    facts: { ...factsOf(file), ...madeOn(file.text), dataSources: readDataSources(file, module) },
  };
  return { fragment, problems: isDjango(file.text) ? syntaxProblems(file) : [] };
}

/** No application code is reached through a test, and what tests ask is not what makes an application slow. */
function factsOf(file: SourceFile): FileFacts {
  const asks = mayHoldQueries(file.text);
  const shows = mayHoldSerializers(file.text);
  if (purposeOf(file.path) === 'test' || !(asks || shows || mayHoldPythonFacts(file.path, file.text)))
    return emptyFacts(file.path);
  const facts = readPythonFacts(file);
  return withSerializers(file, asks ? readQueries(file, facts) : facts);
}

function modules({ mappings }: Fragment<DjangoMappings>): readonly string[] {
  return modulesOfImports(mappings.module.imports);
}
