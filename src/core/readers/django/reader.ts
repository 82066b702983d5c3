/** Reads Django models, settings, and the queries of its managers in Python. */
import type { Fragment, Part, ReadResult, Reader, SourceFile } from '../reader.ts';
import { emptyFacts } from '../shared/emptyFacts.ts';
import { modulesOfImports } from '../shared/python/declarations.ts';
import { readModule } from '../shared/python/readModule.ts';
import { syntaxProblems } from '../shared/syntaxProblem.ts';
import type { DjangoMappings } from './declarations.ts';
import { detect, isDjango } from './detect.ts';
import { readFieldClasses } from './fieldClasses.ts';
import { link } from './link.ts';

export const djangoReader: Reader<DjangoMappings> = { id: 'django', version: 1, detect, part, read, link, modules };

/** Files that do not speak of Django only hold names that its models may use. */
function part(_path: string, text: string): Part {
  return isDjango(text) ? 'asks' : 'waits';
}

function read(file: SourceFile): ReadResult<DjangoMappings> {
  const fragment: Fragment<DjangoMappings> = {
    reader: 'django',
    file: file.path,
    mappings: { module: readModule(file), fieldClasses: readFieldClasses(file.parsed().tree, file.text) },
    facts: emptyFacts(file.path),
  };
  return { fragment, problems: isDjango(file.text) ? syntaxProblems(file) : [] };
}

function modules({ mappings }: Fragment<DjangoMappings>): readonly string[] {
  return modulesOfImports(mappings.module.imports);
}
