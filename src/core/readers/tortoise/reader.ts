/** Reads models of Tortoise, its settings, and its queries in Python. */
import type { Fragment, Part, ReadResult, Reader, SourceFile } from '../reader.ts';
import { emptyFacts } from '../shared/emptyFacts.ts';
import type { PyModule } from '../shared/python/declarations.ts';
import { modulesOfImports } from '../shared/python/declarations.ts';
import { readModule } from '../shared/python/readModule.ts';
import { syntaxProblems } from '../shared/syntaxProblem.ts';
import { detect, isTortoise } from './detect.ts';
import { link } from './link.ts';

export const tortoiseReader: Reader<PyModule> = { id: 'tortoise', version: 1, detect, part, read, link, modules };

/** Files that do not speak of Tortoise only hold names that its models may use. */
function part(_path: string, text: string): Part {
  return isTortoise(text) ? 'asks' : 'waits';
}

function read(file: SourceFile): ReadResult<PyModule> {
  const fragment: Fragment<PyModule> = {
    reader: 'tortoise',
    file: file.path,
    mappings: readModule(file),
    facts: emptyFacts(file.path),
  };
  return { fragment, problems: isTortoise(file.text) ? syntaxProblems(file) : [] };
}

function modules({ mappings }: Fragment<PyModule>): readonly string[] {
  return modulesOfImports(mappings.imports);
}
